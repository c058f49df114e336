import { expect, test } from "vitest";
import { expectGolden, livelyRun, presetRun, storyRun, write } from "./fixtures.ts";

interface TraceEvent {
  readonly ph: "M" | "X" | "i" | "C" | "b" | "e" | "s" | "f";
  readonly pid: number;
  readonly tid?: number;
  readonly ts: number;
  readonly dur?: number;
  readonly cat?: string;
  readonly name: string;
  readonly id?: number;
  readonly bp?: string;
  readonly args: Readonly<Record<string, unknown>>;
}

function read(text: string): readonly TraceEvent[] {
  const { displayTimeUnit, traceEvents } = JSON.parse(text);
  expect(displayTimeUnit).toBe("ms");
  return traceEvents;
}
const keyOf = ({ cat, name, id }: TraceEvent): string => `${cat}/${name}/${id}`;
const track = ({ pid, tid }: TraceEvent): string => `${pid}/${tid}`;

/** What Perfetto's importer of JSON asks for: it drops, or draws wrong, what is otherwise. */
function problems(events: readonly TraceEvent[]): readonly string[] {
  const slices = events.filter(({ ph }) => ph === "X");
  return [...quantities(events), ...nesting(slices), ...pairing(events), ...flows(events, slices)];
}
const check = (events: readonly TraceEvent[]): void => expect(problems(events)).toEqual([]);

function quantities(events: readonly TraceEvent[]): readonly string[] {
  const named = new Set(events.filter(({ name }) => name === "process_name").map(({ pid }) => pid));
  const whole = (value: number): boolean => Number.isInteger(value) && value >= 0;
  return events
    .filter(({ ph, pid, ts, dur = 1, args }) => {
      if (!named.has(pid) || (ph === "C" && typeof args["value"] !== "number")) return true;
      return ph !== "M" && !(whole(ts) && whole(dur) && dur > 0);
    })
    .map((each) => `odd: ${JSON.stringify(each)}`);
}

/** Slices of one track lie in each other or apart. */
function nesting(slices: readonly TraceEvent[]): readonly string[] {
  const found: string[] = [];
  const open = new Map<string, number[]>();
  for (const each of [...slices].sort((a, b) => a.ts - b.ts)) {
    const end = each.ts + each.dur!;
    const ends = (open.get(track(each)) ?? []).filter((other) => other > each.ts);
    if (ends.some((other) => other < end)) found.push(`overlaps: ${JSON.stringify(each)}`);
    open.set(track(each), [...ends, end]);
  }
  return found;
}

/** Every asynchronous slice begins once and ends once. */
function pairing(events: readonly TraceEvent[]): readonly string[] {
  const found: string[] = [];
  const open = new Map<string, TraceEvent>();
  for (const each of events) {
    const key = keyOf(each);
    const begun = open.get(key);
    if (each.ph === "b") {
      if (begun !== undefined) found.push(`begins twice: ${key}`);
      open.set(key, each);
    } else if (each.ph === "e") {
      if (begun === undefined || begun.pid !== each.pid || begun.ts > each.ts) found.push(`ends badly: ${key}`);
      open.delete(key);
    }
  }
  return [...found, ...[...open.keys()].map((key) => `does not end: ${key}`)];
}

/** Both ends of a flow lie at a slice's start, and its end after its start. */
function flows(events: readonly TraceEvent[], slices: readonly TraceEvent[]): readonly string[] {
  const places = new Set(slices.map((each) => `${track(each)}@${each.ts}`));
  const starts = new Map<string, TraceEvent>();
  const found: string[] = [];
  for (const each of events) {
    if (each.ph !== "s" && each.ph !== "f") continue;
    if (!places.has(`${track(each)}@${each.ts}`)) found.push(`binds to no slice: ${keyOf(each)}`);
    const start = starts.get(keyOf(each));
    if (each.ph === "s") starts.set(keyOf(each), each);
    if (each.ph === "s" ? start !== undefined : each.bp !== "e" || start === undefined || start.ts > each.ts)
      found.push(`no flow: ${keyOf(each)}`);
  }
  return found;
}

test("perfetto: keeps the importer's rules, and has every message and every step", async () => {
  const events = read(await expectGolden("perfetto"));
  check(events);
  const run = storyRun();
  const facts = run.facts(1, run.place.event);
  const count = (kind: string): number => facts.filter((fact) => fact.kind === kind).length;
  expect(events.filter(({ ph, cat }) => ph === "b" && cat === "flight")).toHaveLength(count("sent"));
  const toServers = facts.filter((fact) => fact.kind === "received" && fact.ref.to > 0 && fact.ref.from > 0);
  expect(events.filter(({ ph }) => ph === "f")).toHaveLength(toServers.length);
  const slice = (name: string) => events.filter((each) => each.ph === "X" && each.pid === 1 && each.name === name);
  expect(slice("leader").map(({ ts, dur }) => [ts, dur])).toEqual([[22_000, 178_000]]);
  expect(slice("term 1").map(({ ts, dur }) => [ts, dur])).toEqual([[0, 200_000]]);
  const down = events.filter(({ ph, name }) => ph === "X" && name === "down");
  expect(down.map(({ pid, ts, dur }) => [pid, ts, dur])).toEqual([[3, 160_000, 30_000]]);
  for (const { id, raft } of run.world.machines.filter((each) => each !== undefined)) {
    const last = (name: string) => events.findLast((each) => each.ph === "C" && each.pid === id && each.name === name);
    expect([last("term")!.args["value"], last("commit index")!.args["value"]]).toEqual([raft.term, raft.commitIndex]);
  }
});

test("perfetto: of a stretch, of several groups, of lost, doubled and held messages", () => {
  const stretch = read(write("perfetto", storyRun(), { from: 80_000, to: 150_000 }).text);
  check(stretch);
  expect(stretch.filter(({ ph, ts }) => ph !== "M" && !(ts >= 80_000 && ts <= 150_000))).toEqual([]);
  check(read(write("perfetto", presetRun("two-groups")).text));
  for (const seed of [1, 2, 3, 4]) check(read(write("perfetto", livelyRun(seed)).text));
});
