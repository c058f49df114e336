import type { GroupId, Micros, ServerId } from "../../base/units.ts";
import { operationText, outcomeText } from "../../explain/messages.ts";
import { sentence } from "../../explain/sentence.ts";
import { clientName, endName, refName } from "../../scenario/names.ts";
import { headline } from "../../why/headline.ts";
import type { Fact } from "../../world/facts.ts";
import { operationsOf } from "../../world/operations.ts";
import { slotOf } from "../../world/replicas.ts";
import type { ClientOperation } from "../../world/state/clients.ts";
import type { Machine } from "../../world/state/machine.ts";
import type { MessageRef, Payload } from "../../world/state/messages.ts";
import type { Setup } from "../../world/state/setup.ts";
import type { World } from "../../world/types.ts";
import type { Exporter, Range } from "./exporter.ts";
import { noteOf } from "./happenings.ts";
import { groupMark, lossText, messageLabel } from "./labels.ts";
import { charactersMost, cutAt, Lines } from "./lines.ts";
import { type Life, Lives } from "./lives.ts";
import { walk } from "./walk.ts";
import { whoseIs } from "./whose.ts";

/**
 * The trace events that Perfetto's UI and chrome://tracing open: a process is a server, its tracks are its term and role,
 * its disk and its steps; messages in flight overlap, so they are asynchronous, with a flow from the step that sent each to
 * the one that received it. `ts` in microseconds, which is what a run counts in.
 */

/** Processes that are no server. */
const clientsPid = 100;
const actsPid = 101;
/** Tracks of a server, for its first group; those of the next are ten more. */
const tracks = { role: 1, disk: 2, steps: 3 } as const;
const tidOf = (track: keyof typeof tracks, group: GroupId): number => (group - 1) * 10 + tracks[track];

type TraceEvent = { readonly ph: string; readonly pid: number } & Readonly<Record<string, unknown>>;

const tooLong = `A trace of more than ${charactersMost / 1_000_000} million characters is too much`;

export const perfetto: Exporter = {
  name: "perfetto",
  title: "Perfetto trace",
  purpose: "Terms, roles, steps and messages on a timeline, for ui.perfetto.dev.",
  group: "viewers",
  ending: ".perfetto.json",
  type: "application/json",
  *write(run, range) {
    const trace = new Trace(run.setup, range);
    const { world, to, whole } = yield* walk(run, range, {
      begin: (first) => trace.begin(first),
      fact: (fact) => trace.hear(fact),
      after: (now) => trace.settle(now),
      full: () => trace.full,
    });
    trace.finish(world, to);
    return { text: trace.text(), cut: whole ? "" : cutAt(to, tooLong) };
  },
};

class Trace {
  private readonly lines = new Lines();
  private readonly lives = new Lives();
  /** By the message's name. */
  private readonly flights = new Map<string, Flight>();
  private flown = 0;
  private readonly doing = new Map<string, Fact[]>();
  /** By slot: since when its disk is at work. */
  private readonly writing = new Map<number, Micros>();
  private readonly counted = new Map<string, number>();

  constructor(
    private readonly setup: Setup,
    private readonly range: Range,
  ) {}

  get full(): boolean {
    return this.lines.full;
  }

  private put(event: TraceEvent): void {
    this.lines.add(JSON.stringify(event));
  }

  private marked(group: GroupId): string {
    return groupMark(this.setup.groups > 1 ? group : undefined);
  }

  // ---- before ----

  begin(world: World): void {
    this.name(clientsPid, "clients", 1);
    this.name(actsPid, "acts and faults", 2);
    for (const { id } of this.setup.servers) {
      this.name(id, endName(id), 10 + id);
      for (let group = 1; group <= this.setup.groups; group++)
        for (const track of ["role", "disk", "steps"] as const)
          this.nameTrack(id, tidOf(track, group), `${this.marked(group)}${track}`);
    }
    for (const { ref, payload, sentAt } of world.packets)
      this.flies(ref, payload, this.range.from, { sentAt_us: sentAt });
    this.lives.look(world, this.range.from);
    for (const machine of world.machines) if (machine !== undefined) this.count(machine, this.range.from);
  }

  private name(pid: number, name: string, order: number): void {
    this.put({ ph: "M", pid, name: "process_name", args: { name } });
    this.put({ ph: "M", pid, name: "process_sort_index", args: { sort_index: order } });
  }

  private nameTrack(pid: number, tid: number, name: string): void {
    this.put({ ph: "M", pid, tid, name: "thread_name", args: { name } });
    this.put({ ph: "M", pid, tid, name: "thread_sort_index", args: { sort_index: tid } });
  }

  // ---- while it runs ----

  hear(fact: Fact): void {
    if (fact.kind === "duplicated") this.copy(fact);
    else if (fact.kind === "lost") this.lands(fact.ref, fact.at, lossText[fact.reason]);
    else if (fact.kind === "held") this.lands(fact.ref, fact.at, "waits for a paused server", true);
    const note = noteOf(fact);
    if (note !== null) this.mark(note.server, fact, note.text);
    const server = whoseIs(fact);
    if (server === null) return;
    if (server === 0) return this.ofClient(fact);
    const key = `${server}/${fact.group ?? 1}`;
    const known = this.doing.get(key);
    if (known === undefined) this.doing.set(key, [fact]);
    else known.push(fact);
  }

  /** Clients have no steps. */
  private ofClient(fact: Fact): void {
    if (fact.kind === "sent") this.flies(fact.ref, fact.payload, fact.at, {});
    else if (fact.kind === "received") this.lands(fact.ref, fact.at, "received");
  }

  private mark(server: ServerId, { at, group = 1 }: Fact, name: string): void {
    const where = server === 0 ? { pid: actsPid, tid: 1 } : { pid: server, tid: tidOf("role", group) };
    this.put({ ph: "i", ...where, ts: at, s: "t", cat: "note", name });
  }

  settle(world: World): void {
    for (const facts of this.doing.values()) this.step(whoseIs(facts[0]!)!, facts);
    this.doing.clear();
    this.lives.look(world);
    for (const machine of world.machines) {
      if (machine === undefined) continue;
      this.count(machine, world.now);
      this.watchDisk(machine, world.now);
    }
  }

  /** What a server did at one moment: a slice, since flows bind to slices. */
  private step(pid: ServerId, facts: readonly Fact[]): void {
    const { at, event, group = 1 } = facts[0]!;
    const told = sentence(headline(facts)!);
    const where = { pid, tid: tidOf("steps", group), ts: at };
    this.put({ ph: "X", ...where, dur: 1, cat: "step", name: stepName(facts), args: { event, what: told.text } });
    for (const fact of facts) {
      if (fact.kind === "received") {
        const flight = this.flights.get(refName(fact.ref));
        if (flight?.flows)
          this.put({ ph: "f", bp: "e", ...where, cat: "message", name: fact.payload.type, id: flight.id });
        this.lands(fact.ref, at, "received");
      } else if (fact.kind === "sent") {
        const id = this.flies(fact.ref, fact.payload, at, {}, true);
        this.put({ ph: "s", ...where, cat: "message", name: fact.payload.type, id });
      }
    }
  }

  private flies(
    ref: MessageRef,
    message: Payload,
    ts: Micros,
    more: Readonly<Record<string, number>>,
    flows = false,
  ): number {
    const id = ++this.flown;
    const pid = ref.from === 0 ? clientsPid : ref.from;
    const args = { message: refName(ref), to: endName(ref.to), ...more };
    this.flights.set(refName(ref), { id, message, pid, flows });
    this.put({ ph: "b", pid, tid: 0, ts, cat: "flight", name: messageLabel(message), id, args });
    return id;
  }

  /** `held`: its flow goes on to where it is taken. */
  private lands(ref: MessageRef, ts: Micros, fate: string, held = false): void {
    const name = refName(ref);
    const flight = this.flights.get(name);
    if (flight === undefined) return;
    if (!this.landed.has(name)) this.put(landing(flight, ts, fate));
    if (held) this.landed.add(name);
    else {
      this.flights.delete(name);
      this.landed.delete(name);
    }
  }
  /** Messages that wait for a paused server. */
  private readonly landed = new Set<string>();

  private copy({ ref, copy, at }: Fact & { readonly kind: "duplicated" }): void {
    const original = this.flights.get(refName(ref))?.message ?? this.sentNow(ref);
    if (original !== undefined) this.flies(copy, original, at, {});
  }

  /** Of a message that was sent in the event that is being heard. */
  private sentNow(ref: MessageRef): Payload | undefined {
    for (const facts of this.doing.values())
      for (const fact of facts) if (fact.kind === "sent" && refName(fact.ref) === refName(ref)) return fact.payload;
    return undefined;
  }

  private count({ id, group, status, raft, disk }: Machine, ts: Micros): void {
    const term = status === "down" ? disk.term : raft.term;
    this.counter(id, `${this.marked(group)}term`, term, ts);
    this.counter(id, `${this.marked(group)}commit index`, raft.commitIndex, ts);
  }

  private counter(pid: number, name: string, value: number, ts: Micros): void {
    const key = `${pid}/${name}`;
    if (this.counted.get(key) === value) return;
    this.counted.set(key, value);
    this.put({ ph: "C", pid, ts, name, args: { value } });
  }

  private watchDisk(machine: Machine, now: Micros): void {
    const busy = machine.status !== "down" && machine.disk.pending.length > 0;
    const slot = slotOf(machine.id, machine.group);
    const since = this.writing.get(slot);
    if (busy === (since !== undefined)) return;
    if (busy) this.writing.set(slot, now);
    else this.wrote(machine, since!, now);
  }

  private wrote({ id, group }: Machine, since: Micros, now: Micros): void {
    this.writing.delete(slotOf(id, group));
    const where = { pid: id, tid: tidOf("disk", group) };
    if (now > since) this.put({ ph: "X", ...where, ts: since, dur: now - since, cat: "disk", name: "writes" });
  }

  // ---- after ----

  finish(world: World, to: Micros): void {
    for (const flight of this.notLanded()) this.put(landing(flight, to, "under way"));
    for (const [slot, since] of [...this.writing]) this.wrote(world.machines[slot]!, since, to);
    for (const [term, ...lives] of termsOf(this.lives.finish(to))) this.term(term!, [term!, ...lives]);
    for (const operation of operationsOf(world)) this.operation(operation, to);
  }

  private *notLanded() {
    for (const [name, flight] of this.flights) if (!this.landed.has(name)) yield flight;
  }

  /** A slice for the term, and within it one for each role. */
  private term({ server: pid, group, term, from: ts }: Life, lives: readonly Life[]): void {
    const where = { pid, tid: tidOf("role", group) };
    const dur = lives.at(-1)!.to - ts;
    this.put({ ph: "X", ...where, ts, dur, cat: "term", name: `term ${term}` });
    for (const { from, to, role, status } of lives)
      this.put({ ph: "X", ...where, ts: from, dur: to - from, cat: "role", name: status === "up" ? role : status });
  }

  private operation(
    { number, client, operation, calledAt, endedAt, outcome, value }: ClientOperation,
    to: Micros,
  ): void {
    if (calledAt > to || (endedAt !== null && endedAt < this.range.from)) return;
    const shared = { pid: clientsPid, tid: client, cat: "operation", name: operationText(operation), id: number };
    const answer = outcome === "ok" ? { answer: outcomeText(operation, value) } : {};
    this.put({ ph: "b", ...shared, ts: Math.max(calledAt, this.range.from), args: { client: clientName(client) } });
    this.put({ ph: "e", ...shared, ts: Math.min(endedAt ?? to, to), args: { outcome, ...answer } });
  }

  text(): string {
    return `{"displayTimeUnit":"ms","traceEvents":[\n${this.lines.text().trimEnd().replaceAll("\n", ",\n")}\n]}\n`;
  }
}

/** `flows`: its sender has a step, from which an arrow goes. */
interface Flight {
  readonly id: number;
  readonly message: Payload;
  readonly pid: number;
  readonly flows: boolean;
}

function landing({ id, message, pid }: Flight, ts: Micros, fate: string): TraceEvent {
  return { ph: "e", pid, tid: 0, ts, cat: "flight", name: messageLabel(message), id, args: { fate } };
}

/** "receive AppendEntries", "send RequestVote", or what else it was. */
function stepName(facts: readonly Fact[]): string {
  const received = facts.find((fact) => fact.kind === "received");
  if (received?.kind === "received") return `receive ${received.payload.type}`;
  const sent = facts.find((fact) => fact.kind === "sent");
  if (sent?.kind === "sent") return `send ${sent.payload.type}`;
  const fact = headline(facts)!;
  return fact.kind === "decided" ? fact.decision.kind : fact.kind;
}

/** What each server was, by its terms: consecutive lives in one term. */
function termsOf(lives: readonly Life[]): readonly Life[][] {
  const terms: Life[][] = [];
  const last = new Map<string, Life[]>();
  for (const life of lives) {
    const key = `${life.server}/${life.group}`;
    const own = last.get(key);
    if (own !== undefined && own[0]!.term === life.term) own.push(life);
    else {
      const begun = [life];
      last.set(key, begun);
      terms.push(begun);
    }
  }
  return terms;
}
