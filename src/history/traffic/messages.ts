import type { GroupId, Micros } from "../../base/units.ts";
import type { Fact } from "../../world/facts.ts";
import { progressOf } from "../../world/network.ts";
import type { MessageRef, Payload } from "../../world/state/messages.ts";
import type { World } from "../../world/types.ts";
import { Table } from "./table.ts";

/** Every kind of message, by the number that a table has for it. */
export const payloadTypes: readonly Payload["type"][] = [
  "RequestVote",
  "RequestVoteReply",
  "PreVote",
  "PreVoteReply",
  "AppendEntries",
  "AppendEntriesReply",
  "Heartbeat",
  "HeartbeatReply",
  "InstallSnapshot",
  "TimeoutNow",
  "TransferLeader",
  "Propose",
  "ReadIndex",
  "ReadIndexReply",
  "ClientRequest",
  "ClientReply",
];
const numberOf = new Map(payloadTypes.map((type, number) => [type, number] as const));

const linkNumber = (from: number, to: number): number => from * 16 + to;
export const linkEnds = (link: number): readonly [from: number, to: number] => [link >> 4, link & 15];

const underWay = 0;
const received = 1;
const lost = 2;
const saysNo = 1;
const saysYes = 2;

const passing: ReadonlySet<Fact["kind"]> = new Set(["sent", "duplicated", "received", "held", "lost"]);

/**
 * Every message of a run: when it was sent, when it came or vanished, and what it was; ascending by when it was sent.
 * `way`: how much of it a lost one had gone, in percent. `answer`: 0, or whether it says no (1) or yes (2). `copy` > 0: a duplicate, "sent" when it was made.
 */
export class Messages {
  readonly table = new Table({
    sentAt: Float64Array,
    endAt: Float64Array,
    sentIn: Uint32Array,
    endedIn: Uint32Array,
    ordinal: Uint32Array,
    copy: Uint16Array,
    term: Uint32Array,
    entries: Uint16Array,
    link: Uint8Array,
    kind: Uint8Array,
    fate: Uint8Array,
    answer: Uint8Array,
    way: Uint8Array,
    group: Uint8Array,
  });
  /** Rows of what is under way, by `nameOf`. */
  private readonly open = new Map<number, number>();
  /** As `open`, of those that were lost in the event that is being looked at. */
  private readonly vanished = new Map<number, number>();
  /** Names of what was under way before anybody looked, and until when any of it was. */
  private readonly strangers = new Set<number>();
  private strangersUntil: Micros = Number.NEGATIVE_INFINITY;
  /** The longest that any took. */
  longest: Micros = 0;

  /** Nothing of what is under way there has been seen, nor what was before, even if nothing is. */
  begin({ packets, now }: Pick<World, "packets" | "now">): void {
    this.strangersUntil = now;
    for (const { ref } of packets) this.strangers.add(nameOf(ref));
  }

  /** Whatever was under way at that time, or has been since, has been seen. */
  knowsSince(at: Micros): boolean {
    return this.strangers.size === 0 && this.strangersUntil < at;
  }

  /** It is known what became of all that were sent at that time or before. */
  settledUntil(at: Micros): boolean {
    for (const row of this.open.values()) return this.table.columns.sentAt[row]! > at;
    return true;
  }

  /** True if it was about a message. */
  note(fact: Fact): boolean {
    if (!passing.has(fact.kind)) return false;
    if (fact.kind === "sent") this.send(fact.ref, fact.payload, fact);
    else if (fact.kind === "duplicated") this.repeat(fact);
    else if (fact.kind === "lost") this.end(fact.ref, lost, fact);
    else if (fact.kind === "received" || fact.kind === "held") this.end(fact.ref, received, fact);
    return true;
  }

  private send(ref: MessageRef, payload: Payload, { at, event, group = 1 }: Fact): void {
    // One column after the other: there are hundreds of thousands, and a record for each would cost more than the rest.
    const row = this.table.next();
    const { columns } = this.table;
    columns.sentAt[row] = at;
    columns.endAt[row] = Number.POSITIVE_INFINITY;
    columns.sentIn[row] = event;
    columns.endedIn[row] = 0;
    columns.ordinal[row] = ref.ordinal;
    columns.copy[row] = ref.copy;
    columns.link[row] = linkNumber(ref.from, ref.to);
    columns.group[row] = group;
    columns.term[row] = "term" in payload ? payload.term : 0;
    columns.entries[row] = payload.type === "AppendEntries" ? payload.entries.length : 0;
    columns.kind[row] = numberOf.get(payload.type) ?? 0;
    columns.fate[row] = underWay;
    columns.answer[row] = answerOf(payload);
    columns.way[row] = 0;
    this.open.set(nameOf(ref), row);
  }

  private repeat({ ref, copy, at, event }: Fact & { readonly kind: "duplicated" }): void {
    const { columns } = this.table;
    const of = this.open.get(nameOf(ref));
    if (of === undefined) {
      this.strangers.add(nameOf(copy));
      return;
    }
    const same = (name: keyof typeof columns): number => columns[name][of]!;
    const row = this.table.add({
      ...{ sentAt: at, endAt: Number.POSITIVE_INFINITY, sentIn: event, endedIn: 0, fate: underWay },
      ...{ ordinal: copy.ordinal, copy: copy.copy, link: same("link"), group: same("group"), term: same("term") },
      ...{ entries: same("entries"), kind: same("kind"), answer: same("answer"), way: 0 },
    });
    this.open.set(nameOf(copy), row);
  }

  /** A message that waited for a paused server came once: when it got there. */
  private end(ref: MessageRef, fate: number, { at, event }: Fact): void {
    const row = this.open.get(nameOf(ref));
    if (row === undefined) {
      if (this.strangers.delete(nameOf(ref))) this.strangersUntil = at;
      return;
    }
    this.open.delete(nameOf(ref));
    const { columns } = this.table;
    columns.endAt[row] = at;
    columns.endedIn[row] = event;
    columns.fate[row] = fate;
    if (fate === lost) this.vanished.set(nameOf(ref), row);
    this.longest = Math.max(this.longest, at - columns.sentAt[row]!);
  }

  /** After an event: how far the lost ones had come. */
  look({ lost: gone }: Pick<World, "lost">): void {
    const { vanished, table } = this;
    if (vanished.size === 0) return;
    for (let i = gone.length - 1; i >= 0 && vanished.size > 0; i--) {
      const { packet, at } = gone[i]!;
      const row = vanished.get(nameOf(packet.ref));
      if (row === undefined) continue;
      vanished.delete(nameOf(packet.ref));
      table.columns.way[row] = Math.round(100 * progressOf(packet, at));
    }
    vanished.clear();
  }

  /** As if nothing had happened after that event. Not for who began in the midst of a run. */
  forget(event: number): void {
    const { table, open } = this;
    table.length = table.upTo("sentIn", event);
    open.clear();
    const { endAt, endedIn, fate, link, ordinal, copy } = table.columns;
    for (let row = 0; row < table.length; row++) {
      if (fate[row] !== underWay && endedIn[row]! <= event) continue;
      [endAt[row], endedIn[row], fate[row]] = [Number.POSITIVE_INFINITY, 0, underWay];
      const [from, to] = linkEnds(link[row]!);
      open.set(nameOf({ from, to, ordinal: ordinal[row]!, copy: copy[row]! }), row);
    }
  }

  /** Rows of the messages of a group that were on their way at any time of the stretch, ascending. */
  within(from: Micros, to: Micros, group: GroupId): number[] {
    const { table, open } = this;
    const { endAt, group: groups } = table.columns;
    const rows: number[] = [];
    const first = table.upTo("sentAt", from - this.longest - 1);
    for (const row of open.values()) if (row < first && groups[row] === group) rows.push(row);
    const last = table.upTo("sentAt", to);
    for (let row = first; row < last; row++) if (endAt[row]! >= from && groups[row] === group) rows.push(row);
    return rows;
  }
}

/** Unique among messages that are under way. */
export const nameOf = ({ from, to, ordinal, copy }: MessageRef): number =>
  (ordinal * 4096 + (copy & 4095)) * 256 + linkNumber(from, to);

function answerOf(payload: Payload): number {
  switch (payload.type) {
    case "RequestVoteReply":
    case "PreVoteReply":
      return payload.granted ? saysYes : saysNo;
    case "AppendEntriesReply":
      return payload.success ? saysYes : saysNo;
    case "ClientReply":
      return payload.outcome.kind === "done" ? saysYes : saysNo;
    default:
      return 0;
  }
}
