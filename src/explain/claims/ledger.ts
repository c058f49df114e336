import type { LogIndex, Micros, ServerId } from "../../base/units.ts";
import type { RaftOptions } from "../../raft/options.ts";
import type { Happening } from "../../world/facts.ts";
import { linkOf } from "../../world/network.ts";
import { replicaOf } from "../../world/replicas.ts";
import type { MessageRef, Payload } from "../../world/state/messages.ts";
import type { World } from "../../world/types.ts";
import { all, holds, is, when } from "./claim.ts";

type Told<Kind extends Happening["kind"]> = Extract<Happening, { readonly kind: Kind }>;

interface Sending {
  readonly payload: Payload;
  readonly at: Micros;
  /** The link as it was then. */
  readonly up: boolean;
  readonly loses: boolean;
  readonly doubles: boolean;
  /** How many copies of it there are. */
  copies: number;
  /** Those of them, 0 being itself, of which the end has been told: received, or lost. */
  over: readonly number[];
}
/** The list at that place of a list of lists, which begins empty. */
function placeIn<Each>(lists: Each[][], at: number): Each[] {
  lists[at] ??= [];
  return lists[at];
}
const noneOver: readonly number[] = [];
interface Begun {
  readonly act: string;
  readonly by: number;
  readonly at: Micros;
}

/** What has been told of messages and faults so far: what happens to them later must go with it. */
export class Ledger {
  /** By sender, receiver and number. */
  private readonly sendings: Sending[][][] = [];
  /** What the newest message that arrived said. */
  private arrived: Payload | null = null;
  private readonly applied = new Map<string, LogIndex>();
  /** By server. */
  private readonly unwritten: number[] = [];
  private readonly begun: Begun[] = [];
  /** When each has crashed, as "S3 at 120000": of several faults that began so, each has its end. */
  private readonly crashes = new Set<string>();
  /** When each link was down last, by sender and receiver. */
  private readonly downAt: Micros[][] = [];
  /** Some link has begun to go up and down by itself. */
  private flaps = false;
  /** The message that was dropped or doubled by hand last. */
  private byHand = "";
  private seen = -1;
  /** By server: what it followed when this event began, and how often it had started. */
  private readonly followed: (RaftOptions | undefined)[] = [];
  private readonly starts: number[] = [];

  note(happening: Happening, world: World): void {
    switch (happening.kind) {
      case "sent": {
        const { ref, payload } = happening;
        const { up, settings, overlay } = linkOf(world, ref.from, ref.to);
        const loses = (overlay?.loss ?? settings.loss) > 0;
        const doubles = (overlay?.duplicate ?? settings.duplicate) > 0;
        placeIn(placeIn(this.sendings, ref.from), ref.to)[ref.ordinal] = {
          payload,
          at: world.now,
          up,
          loses,
          doubles,
          copies: 0,
          over: noneOver,
        };
        return;
      }
      case "duplicated": {
        const sending = this.sendingOf(happening.ref);
        if (sending !== undefined) sending.copies = happening.copy.copy;
        return;
      }
      case "stateApplied":
        this.applied.set(replica(happening), happening.index);
        return;
      case "restarted":
        this.applied.delete(replica(happening));
        return;
      case "received":
        this.arrived = happening.payload;
        return this.noteEnd(happening.ref);
      case "lost":
        return this.noteEnd(happening.ref);
      case "crashed":
        this.crashes.add(crashed(happening.server, world.now));
        return;
      case "acted": {
        const { act, ignored, by = 0 } = happening;
        if (ignored !== null) return;
        if ("for" in act) {
          const text = JSON.stringify(act);
          this.begun.push({ act: text, by, at: world.now });
          this.flaps ||= text.includes('"flap"');
        }
        this.byHand = act.do === "drop" || act.do === "duplicate" ? copyOf(act.message) : "";
      }
    }
  }

  /** Before anything of an event is held: which links are down. */
  look({ events, links, now, setup, machines }: World): void {
    if (events === this.seen) return;
    this.seen = events;
    if (setup.groups === 1)
      for (const machine of machines)
        if (machine !== undefined) this.unwritten[machine.id] = machine.disk.pending.length;
    for (const machine of machines)
      if (machine?.group === 1) {
        this.followed[machine.id] = machine.options;
        this.starts[machine.id] = machine.restarts;
      }
    // By number: this is done at every event.
    for (let from = 0; from < links.length; from++) {
      const row = links[from]!;
      for (let to = 0; to < row.length; to++) if (!row[to]!.up) placeIn(this.downAt, from)[to] = now;
    }
  }

  private sendingOf = ({ from, to, ordinal }: MessageRef): Sending | undefined => this.sendings[from]?.[to]?.[ordinal];

  private noteEnd(ref: MessageRef): void {
    const sending = this.sendingOf(ref);
    if (sending === undefined) return;
    sending.over = sending.over === noneOver ? [ref.copy] : [...sending.over, ref.copy];
  }

  /** It is what was sent, and its end was not told before. */
  underWay({ ref, payload }: Pick<Told<"lost">, "ref" | "payload">): string | null {
    const sending = this.sendingOf(ref);
    return all(
      is("what was sent", payload, sending?.payload),
      holds(sending?.over.includes(ref.copy) !== true, "it was received or lost before"),
      holds(ref.copy <= (sending?.copies ?? 0), "it was never doubled"),
    );
  }

  lostFor({ ref, reason }: Told<"lost">): string | null {
    const sending = this.sendingOf(ref);
    if (sending === undefined) return "it was never sent";
    const { up, loses, at } = sending;
    const cutAt = this.downAt[ref.from]?.[ref.to] ?? -1;
    return all(
      when(reason === "cut", () => holds(!up || cutAt >= at || this.flaps, "its link was never cut")),
      when(reason === "loss", () => all(holds(loses, "its link loses nothing"), holds(up, "its link was cut"))),
      when(reason === "dropped", () => is("what was dropped", copyOf(ref), this.byHand)),
    );
  }

  doubled({ ref, copy }: Told<"duplicated">): string | null {
    const sending = this.sendingOf(ref);
    const made = sending?.copies ?? 0;
    return all(
      is("which copy that is", copy.copy, made + 1),
      holds(ref.copy <= made, "what was doubled is no copy"),
      holds(sending?.doubles === true || this.byHand === copyOf(ref), "its link doubles nothing"),
    );
  }

  /** An answer has just come that names another server. */
  redirected({ request, from, to }: Told<"requestRedirected">): string | null {
    const reply = this.arrived?.type === "ClientReply" ? this.arrived : null;
    const leader = reply?.outcome.kind === "redirect" ? reply.outcome.leader : 0;
    return is("who named whom, to which request", [from, to, request], [reply?.from, leader, reply?.request]);
  }
  /** How many writes were under way at that server when this event began; with several groups nobody knows. */
  unwrittenAt = ({ server }: Pick<Told<"crashed">, "server">): number | undefined => this.unwritten[server];
  /** What it followed before this event. */
  followedBefore = (server: ServerId): RaftOptions | undefined => this.followed[server];
  startsNow = (server: ServerId, world: World): boolean => replicaOf(world, server)?.restarts !== this.starts[server];
  appliedBefore = (happening: Replica): LogIndex | undefined => this.applied.get(replica(happening));

  /** That fault did begin, so long ago. */
  endsNow({ act, by }: Told<"ended">, { now }: World): string | null {
    const span = "for" in act ? (act.for ?? 0) : 0;
    if (act.do === "crash")
      return holds(this.crashes.has(crashed(act.server, now - span)), "it did not crash so long ago");
    const text = JSON.stringify(act);
    return holds(
      this.begun.some((one) => one.act === text && one.by === by && one.at + span === now),
      "that did not begin so long ago",
    );
  }
}

const crashed = (server: ServerId, at: Micros): string => `S${server} at ${at}`;

type Replica = Pick<Told<"stateApplied">, "server" | "group">;
const replica = ({ server, group = 1 }: Replica): string => `${server} ${group}`;
const copyOf = ({ from, to, ordinal, copy }: MessageRef): string => `${from}>${to}#${ordinal}.${copy}`;
