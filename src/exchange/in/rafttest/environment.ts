import type { ServerId } from "../../../base/units.ts";
import { type MembershipChange, membershipChange } from "../../../raft/configuration.ts";
import { compact, firstIndex, lastIndex, slice } from "../../../raft/log.ts";
import { hasReady } from "../../../raft/ready.ts";
import { rules } from "../../../raft/rules/index.ts";
import type { RaftMessage, Refusal } from "../../../raft/types.ts";
import { Cluster, type Flight } from "../../ticks/cluster.ts";
import { messageNames } from "../../ticks/names.ts";
import { carriedSnapshot, type Node, readyNode, stepNode, textCommand, tickNode } from "../../ticks/node.ts";
import { type Cfg, type NodeSetup, newNode } from "../../ticks/setup.ts";
import { beforeReady, entryText, messageText, progressTexts, readyText, type Singly, stateText } from "./describe.ts";
import type { Directive } from "./script.ts";

/** What a directive prints, in lines; or why it cannot be carried out here. */
export type Printed = { readonly lines: readonly string[] } | { readonly unsupported: string };

/** Something that happened to a server, after which it is as it is now. */
export interface Happening {
  readonly kind: "start" | "ready" | "receive" | "tick" | "client" | "disk";
  readonly text: string;
  readonly received: RaftMessage | null;
  /** What it put on the network. */
  readonly sent: readonly RaftMessage[];
}
/** Hears of all that happens, as it happens. */
export interface Onlooker {
  did(node: Node, what: Happening): void;
  dropped(message: RaftMessage, text: string): void;
}

/**
 * The cluster that an interaction test of etcd/raft acts on (rafttest/interaction_env.go), as our engine's: profile
 * `etcd`, logical ticks, a network by hand. What etcd's logger prints is not printed.
 */
export class Environment {
  readonly cluster = new Cluster();
  readonly singly: Singly = new WeakSet<MembershipChange>();
  private isQuiet = false;

  constructor(private readonly onlooker: Onlooker | null = null) {
    this.cluster.auto = false;
  }

  perform(directive: Directive): Printed {
    const act = commands[directive.command];
    if (act === undefined) return { unsupported: directive.command };
    const printed = act(this, directive);
    if ("unsupported" in printed) return printed;
    // An error is printed even where nothing else is.
    const shown = this.isQuiet ? printed.lines.filter((line) => line.startsWith("raft")) : printed.lines;
    return { lines: shown.length === 0 ? ["ok"] : shown };
  }

  private get nodes(): Node[] {
    return [...this.cluster.nodes.values()].sort((a, b) => a.id - b.id);
  }
  node(id: ServerId): Node {
    const node = this.cluster.nodes.get(id);
    if (node === undefined) throw new Impossible(`there is no server ${id}`);
    return node;
  }

  setLevel(level: string): void {
    this.isQuiet = level.toUpperCase() === "NONE";
  }
  /** While something is done at another level. */
  atLevel(level: string | undefined, act: () => Printed): Printed {
    const before = this.isQuiet;
    if (level !== undefined) this.setLevel(level);
    const printed = act();
    const silent = this.isQuiet;
    this.isQuiet = before;
    return silent && !("unsupported" in printed) ? { lines: [] } : printed;
  }

  addNodes(count: number, setup: Omit<NodeSetup, "id">): Printed {
    const first = this.cluster.nodes.size + 1;
    if (first + count - 1 > mostServers) return { unsupported: `add-nodes (more than ${mostServers} servers)` };
    for (let id = first; id < first + count; id++) {
      const node = newNode({ cfg: {}, timeouts: {}, oldSnapshots: false }, { ...setup, id });
      this.cluster.nodes.set(id, node);
      this.onlooker?.did(node, { kind: "start", text: "starts", received: null, sent: [] });
    }
    return { lines: [] };
  }

  /** Does something to a server, and tells of it. */
  private doing<T>(node: Node, what: Omit<Happening, "sent">, act: () => T): T {
    const before = new Set(this.cluster.flights);
    const outcome = act();
    const sent = this.cluster.flights.filter((flight) => !before.has(flight)).map(({ message }) => message);
    this.onlooker?.did(node, { ...what, sent });
    return outcome;
  }

  /** `text`: what somebody asks of it. */
  step(id: ServerId, input: Parameters<typeof stepNode>[1], text: string): string[] {
    const node = this.node(id);
    const received = input.kind === "message" ? input.message : null;
    const kind = received === null ? "client" : "receive";
    return errorOf(this.doing(node, { kind, text, received }, () => stepNode(node, input)));
  }

  change(id: ServerId, change: MembershipChange, isSingle: boolean, text: string): string[] {
    if (isSingle) this.singly.add(change);
    return this.step(id, { kind: "propose", proposals: [{ command: null, change }] }, text);
  }

  propose(id: ServerId, data: string): string[] {
    const proposals = [{ command: textCommand(data), change: null }];
    return this.step(id, { kind: "propose", proposals }, `is asked to append ${JSON.stringify(data)}`);
  }

  tick(id: ServerId, count: number): string[] {
    const node = this.node(id);
    const text = count === 1 ? "one tick passes" : `${count} ticks pass`;
    this.doing(node, { kind: "tick", text, received: null }, () => {
      for (let i = 0; i < count; i++) tickNode(node);
    });
    return [];
  }

  setTimeout(id: ServerId, ticks: number): void {
    const node = this.node(id);
    node.timeout = ticks;
    node.server.timeout = ticks;
  }

  ready(id: ServerId): string[] {
    const node = this.node(id);
    const before = beforeReady(node.server);
    let lines: string[] | null = null;
    const flights = new Set(this.cluster.flights);
    readyNode(node, this.cluster.send, (ready) => {
      lines = readyText(ready, node.server, before, this.singly);
    });
    if (lines === null) return ["<empty Ready>"];
    const sent = this.cluster.flights.filter((flight) => !flights.has(flight)).map(({ message }) => message);
    const text = `handles Ready: ${inOneLine((lines as string[]).slice(1))}`;
    this.onlooker?.did(node, { kind: "ready", text, received: null, sent });
    return lines;
  }

  deliver(to: ServerId, type: RaftMessage["type"] | null, drop: boolean): string[] {
    const isMeant = ({ message }: Flight) => message.to === to && (type === null || message.type === type);
    const meant = this.cluster.flights.filter(isMeant);
    this.cluster.flights = this.cluster.flights.filter((flight) => !isMeant(flight));
    return meant.flatMap(({ message }) => {
      const [first = "", ...rest] = messageText(message, this.singly);
      const text = inOneLine([first, ...rest]);
      if (!drop) return [first, ...rest, ...this.step(to, { kind: "message", message }, text)];
      this.onlooker?.dropped(message, `dropped: ${text}`);
      return [`dropped: ${first}`, ...rest];
    });
  }

  stabilize(only: readonly ServerId[]): string[] {
    const nodes = only.length === 0 ? this.nodes : only.map((id) => this.node(id));
    const lines: string[] = [];
    const under = (title: string, more: readonly string[]) => lines.push(title, ...more.map((line) => `  ${line}`));
    for (let rounds = 0, moved = true; moved; rounds++) {
      if (rounds === mostRounds) throw new Impossible(`they do not come to rest within ${mostRounds} rounds`);
      moved = false;
      for (const { id, server, options } of nodes) {
        if (!hasReady(server, options, rules)) continue;
        under(`> ${id} handling Ready`, this.ready(id));
        moved = true;
      }
      for (const { id } of nodes) {
        if (!this.cluster.flights.some(({ message }) => message.to === id)) continue;
        under(`> ${id} receiving messages`, this.deliver(id, null, false));
        moved = true;
      }
    }
    return lines;
  }

  log(id: ServerId): string[] {
    const { log } = this.node(id).disk;
    const [first, last] = [firstIndex(log), lastIndex(log)];
    if (last < first) return [`log is empty: first index=${first}, last index=${last}`];
    return slice(log, first, last).map((entry) => entryText(entry, this.singly));
  }

  /** Entries up to there are discarded. */
  compact(id: ServerId, index: number): string[] {
    const node = this.node(id);
    const { disk, server, applied } = node;
    if (index <= disk.log.base) return ["requested index is unavailable due to compaction"];
    if (index > applied) return [`compact ${index} is out of bound`];
    this.doing(node, { kind: "disk", text: `discards its log up to ${index}`, received: null }, () => {
      compact(disk.log, index);
      compact(server.log, index);
    });
    return this.log(id);
  }

  sendSnapshot(from: ServerId, to: ServerId): string[] {
    const node = this.node(from);
    const snapshot = carriedSnapshot(node);
    const message: RaftMessage = { type: "InstallSnapshot", from, to, term: node.server.term, snapshot };
    const text = messageText(message, this.singly);
    this.doing(node, { kind: "disk", text: `sends a snapshot: ${inOneLine(text)}`, received: null }, () =>
      this.cluster.send(message),
    );
    return text;
  }

  states(): string[] {
    return this.nodes.map(stateText);
  }
}

/** The script asks for what cannot be had: a server that there is not, say. */
export class Impossible extends Error {}

const mostServers = 9;
const mostRounds = 1000;

const inOneLine = (lines: readonly string[]): string => lines.map((line) => line.trim()).join("; ");

function errorOf(refused: Refusal | null): string[] {
  if (refused === null) return [];
  return [refused === "unknown peer" ? "raft: cannot step as peer not found" : "raft proposal dropped"];
}

// ---- commands ------------------------------------------------------------------------------------------------

type Act = (environment: Environment, directive: Directive) => Printed;
const printing = (act: (environment: Environment, directive: Directive) => readonly string[]): Act => {
  return (environment, directive) => ({ lines: act(environment, directive) });
};
const ids = ({ args }: Directive): number[] =>
  args.flatMap(({ key, values }) => (values.length === 0 && /^\d+$/.test(key) ? [Number(key)] : []));
const first = (directive: Directive): number => ids(directive)[0] ?? 0;
const values = ({ args }: Directive, name: string): readonly string[] =>
  args.filter(({ key }) => key === name).flatMap((arg) => arg.values);
function numbers(directive: Directive, name: string): number[] {
  return values(directive, name).map((value) => {
    if (!/^\d{1,15}$/.test(value)) throw new Impossible(`${name}=${value}`);
    return Number(value);
  });
}

const commands: Readonly<Record<string, Act>> = {
  _breakpoint: printing(() => []),
  "add-nodes": addNodes,
  campaign: printing((on, of) => on.step(first(of), { kind: "campaign" }, "is told to campaign")),
  compact: printing((on, of) => on.compact(first(of), ids(of)[1] ?? 0)),
  "deliver-msgs": deliver,
  "forget-leader": printing((on, of) => {
    on.step(first(of), { kind: "forgetLeader" }, "is told to forget its leader");
    return [];
  }),
  "log-level": printing((on, { args }) => {
    on.setLevel(args[0]?.key ?? "");
    return [];
  }),
  "process-ready": printing((on, of) => {
    const all = ids(of);
    if (all.length === 1) return on.ready(all[0]!);
    return all.flatMap((id) => [`> ${id} handling Ready`, ...on.ready(id).map((line) => `  ${line}`)]);
  }),
  propose: printing((on, of) => on.propose(first(of), of.args[1]?.key ?? "")),
  "propose-conf-change": changeMembers,
  "raft-log": printing((on, of) => on.log(first(of))),
  "raft-state": printing((on) => on.states()),
  "report-unreachable": printing((on, of) => {
    const peer = ids(of)[1] ?? 0;
    on.step(first(of), { kind: "unreachable", peer }, `is told that ${peer} cannot be reached`);
    return [];
  }),
  "send-snapshot": printing((on, of) => on.sendSnapshot(first(of), ids(of)[1] ?? 0)),
  "set-randomized-election-timeout": printing((on, of) => {
    on.setTimeout(first(of), numbers(of, "timeout")[0] ?? 0);
    return [];
  }),
  stabilize: (on, of) => on.atLevel(values(of, "log-level")[0], () => ({ lines: on.stabilize(ids(of)) })),
  status: printing((on, of) => progressTexts(on.node(first(of)))),
  "tick-election": printing((on, of) => on.tick(first(of), on.node(first(of)).options.electionTimeoutMin)),
  "tick-heartbeat": printing((on, of) => on.tick(first(of), on.node(first(of)).options.heartbeatInterval)),
  "transfer-leadership": printing((on, of) => {
    const to = numbers(of, "to")[0] ?? 0;
    on.step(numbers(of, "from")[0] ?? 0, { kind: "transfer", to }, `is told to hand its leadership to ${to}`);
    return [];
  }),
};

function addNodes(on: Environment, directive: Directive): Printed {
  const known = [
    ...["voters", "learners", "inflight", "index", "content", "prevote", "checkquorum", "read-only"],
    ...["max-committed-size-per-ready", "disable-conf-change-validation", "step-down-on-removal"],
  ];
  const strange = directive.args.find(({ key }) => !known.includes(key) && !/^\d+$/.test(key));
  if (strange !== undefined) return { unsupported: `add-nodes ${strange.key}` };
  const isOn = (name: string): boolean => values(directive, name)[0] === "true";
  const index = numbers(directive, "index")[0] ?? 0;
  const voters = numbers(directive, "voters");
  const learners = numbers(directive, "learners");
  const isEmpty =
    voters.length === 0 && learners.length === 0 && index === 0 && values(directive, "content").length === 0;
  if (!isEmpty && index <= 1) return { lines: ["index must be specified as > 1 due to bootstrap"] };
  const most = numbers(directive, "max-committed-size-per-ready")[0];
  const cfg: Cfg = {
    electionTick: 3,
    heartbeatTick: 1,
    maxInflightMsgs: numbers(directive, "inflight")[0] ?? 2_147_483_647,
    preVote: isOn("prevote"),
    checkQuorum: isOn("checkquorum"),
    disableConfChangeValidation: isOn("disable-conf-change-validation"),
    stepDownOnRemoval: isOn("step-down-on-removal"),
    readOnly: values(directive, "read-only")[0] === "lease-based" ? "lease" : "safe",
    ...(most === undefined ? {} : { maxCommittedSizePerReady: most }),
  };
  const setup = isEmpty ? {} : { voters, learners, snapIndex: index, snapTerm: 1 };
  return on.addNodes(first(directive), { ...setup, cfg });
}

function deliver(on: Environment, directive: Directive): Printed {
  const name = values(directive, "type")[0];
  const type = (Object.keys(messageNames) as RaftMessage["type"][]).find((each) => `Msg${messageNames[each]}` === name);
  if (name !== undefined && type === undefined) return { unsupported: `deliver-msgs type=${name}` };
  const before = on.cluster.flights.length;
  const lines = directive.args.flatMap(({ key, values: listed }) => {
    if (key === "drop") return listed.flatMap((id) => on.deliver(Number(id), type ?? null, true));
    return listed.length === 0 && /^\d+$/.test(key) ? on.deliver(Number(key), type ?? null, false) : [];
  });
  return { lines: lines.length === 0 && on.cluster.flights.length === before ? ["no messages"] : lines };
}

const changeTypes = { v: "add", r: "remove", l: "learner", u: "update" } as const;

function changeMembers(on: Environment, directive: Directive): Printed {
  const words = directive.input.join(" ").split(/\s+/).filter(Boolean);
  const changes = words.flatMap((word) => {
    const [, letter = "", id] = /^([vrlu])(\d{1,9})$/.exec(word) ?? [];
    return id === undefined ? [] : [{ type: changeTypes[letter as keyof typeof changeTypes], server: Number(id) }];
  });
  const transition = values(directive, "transition")[0] ?? "auto";
  if (
    changes.length < words.length ||
    (transition !== "auto" && transition !== "implicit" && transition !== "explicit")
  )
    return { unsupported: `propose-conf-change ${words.join(" ")} transition=${transition}` };
  const isSingle = values(directive, "v1")[0] === "true";
  const text = `is asked to change the members: ${words.join(" ")}`;
  return { lines: on.change(first(directive), membershipChange(changes, transition), isSingle, text) };
}
