import type { ServerId } from "../../base/units.ts";
import type { MembershipChange } from "../../raft/configuration.ts";
import type { RaftMessage } from "../../raft/types.ts";
import {
  appendNode,
  applyNode,
  isBusy,
  type Node,
  readyNode,
  saveSnapshot,
  startNode,
  stepNode,
  textCommand,
  tickNode,
} from "./node.ts";

export interface Flight {
  readonly id: number;
  readonly message: RaftMessage;
}
/** Which messages a command means. */
export interface Choice {
  readonly id?: number;
  readonly ids?: readonly number[];
  readonly from?: ServerId;
  readonly to?: ServerId;
  readonly type?: RaftMessage["type"];
  readonly n?: number;
}

/** Machines and a manual network, as the drive protocol has them. Commands return why they are impossible, or null. */
export class Cluster {
  readonly nodes = new Map<ServerId, Node>();
  flights: Flight[] = [];
  auto = true;
  private nextId = 1;
  private cuts = new Set<string>();

  get live(): Node[] {
    return [...this.nodes.values()].filter(({ up }) => up).sort((a, b) => a.id - b.id);
  }

  readonly send = (message: RaftMessage): void => {
    this.flights.push({ id: this.nextId++, message });
  };

  /** Does something to a live node, and lets it finish its work if that is automatic. */
  at(id: ServerId, act: (node: Node) => string | null): string | null {
    const node = this.nodes.get(id);
    if (node === undefined) return `there is no server ${id}`;
    if (!node.up) return `server ${id} is down`;
    const problem = act(node);
    if (this.auto) this.settle(node);
    return problem;
  }

  settle(node: Node): void {
    while (this.work(node));
  }

  /** One batch, one finished write, one applied page. False if there was nothing to do. */
  private work(node: Node): boolean {
    if (!node.up || !isBusy(node)) return false;
    const handed = readyNode(node, this.send);
    const written = appendNode(node, this.send);
    const applied = applyNode(node);
    return handed || written || applied;
  }

  tick(id: ServerId | undefined, n: number): string | null {
    for (let i = 0; i < n; i++) {
      const nodes = id === undefined ? this.live.map((node) => node.id) : [id];
      for (const each of nodes) {
        const problem = this.at(each, (node) => {
          tickNode(node);
          return null;
        });
        if (problem !== null) return problem;
      }
    }
    return null;
  }

  propose(id: ServerId, batch: readonly string[]): string | null {
    const proposals = batch.map((text) => ({ command: textCommand(text), change: null }));
    return this.at(id, (node) => stepNode(node, { kind: "propose", proposals }));
  }

  changeMembers(id: ServerId, change: MembershipChange): string | null {
    return this.at(id, (node) => stepNode(node, { kind: "propose", proposals: [{ command: null, change }] }));
  }

  compact(id: ServerId, discard: boolean): string | null {
    return this.at(id, (node) => saveSnapshot(node, discard));
  }

  // ---- the network ----

  private chosen(choice: Choice): Flight[] {
    const fits = this.flights.filter(
      ({ id, message }) =>
        (choice.id === undefined || id === choice.id) &&
        (choice.ids === undefined || choice.ids.includes(id)) &&
        (choice.from === undefined || message.from === choice.from) &&
        (choice.to === undefined || message.to === choice.to) &&
        (choice.type === undefined || message.type === choice.type),
    );
    const n = choice.n ?? choice.ids?.length ?? 1;
    return n < 0 ? fits : fits.slice(0, n);
  }

  private takeOut(flight: Flight): void {
    this.flights = this.flights.filter((other) => other !== flight);
  }

  deliver(choice: Choice): string | null {
    const chosen = this.chosen(choice);
    if (chosen.length === 0) return "no message in flight fits";
    const problems = chosen.map((flight) => this.deliverOne(flight));
    return problems.find((problem) => problem !== null) ?? null;
  }

  private deliverOne(flight: Flight): string | null {
    this.takeOut(flight);
    const { message } = flight;
    return this.at(message.to, (node) => stepNode(node, { kind: "message", message }));
  }

  drop(choice: Choice): string | null {
    const chosen = this.chosen(choice);
    for (const flight of chosen) this.takeOut(flight);
    return chosen.length === 0 ? "no message in flight fits" : null;
  }

  duplicate(choice: Choice): string | null {
    const chosen = this.chosen(choice);
    for (const { message } of chosen) this.send(message);
    return chosen.length === 0 ? "no message in flight fits" : null;
  }

  cut(links: readonly (readonly [ServerId, ServerId])[]): null {
    for (const [from, to] of links) this.cuts.add(`${from}>${to}`);
    return null;
  }

  partition(groups: readonly (readonly ServerId[])[]): null {
    this.cuts.clear();
    const groupOf = (id: ServerId): number => groups.findIndex((group) => group.includes(id));
    const ids = [...this.nodes.keys()];
    for (const from of ids) for (const to of ids) if (groupOf(from) !== groupOf(to)) this.cuts.add(`${from}>${to}`);
    return null;
  }

  heal(): null {
    this.cuts.clear();
    return null;
  }

  /** Work and deliver in turns until nothing moves. */
  stabilize(only: readonly ServerId[] | undefined): null {
    const taking = (id: ServerId): boolean => only === undefined || only.includes(id);
    for (let moved = true; moved; ) {
      moved = false;
      for (const node of this.live) if (taking(node.id) && this.work(node)) moved = true;
      for (const node of [...this.nodes.values()].sort((a, b) => a.id - b.id)) {
        if (!taking(node.id)) continue;
        for (const flight of this.flights.filter(({ message }) => message.to === node.id)) {
          moved = true;
          this.takeOut(flight);
          if (node.up && !this.cuts.has(`${flight.message.from}>${node.id}`)) {
            stepNode(node, { kind: "message", message: flight.message });
          }
        }
      }
    }
    return null;
  }

  // ---- machines ----

  crash(id: ServerId): string | null {
    const node = this.nodes.get(id);
    if (node === undefined || !node.up) return `server ${id} is not up`;
    node.up = false;
    return null;
  }

  restart(id: ServerId): string | null {
    const node = this.nodes.get(id);
    if (node === undefined || node.up) return `server ${id} is not down`;
    startNode(node);
    if (this.auto) this.settle(node);
    return null;
  }
}
