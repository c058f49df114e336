import { expect, test } from "vitest";
import { entryAt, lastIndex } from "../../raft/log.ts";
import { readTexts } from "../in/fixtures.ts";
import { itf as importer } from "../in/itf.ts";
import type { Says } from "../in/told.ts";
import {
  all,
  expectGolden,
  historyOf,
  livelyRun,
  presetRun,
  recordingOf,
  storyFile,
  storyRun,
  write,
} from "./fixtures.ts";

/** An ITF reader: bigints, maps, sets and lists of them; anything else that begins with # is none of the format. */
type Value = bigint | string | boolean | Map<unknown, Value> | Set<unknown> | Value[] | { [field: string]: Value };

function value(json: unknown): Value {
  if (typeof json === "string" || typeof json === "boolean") return json;
  if (Array.isArray(json)) return json.map(value);
  if (typeof json !== "object" || json === null) throw new Error(`no value: ${JSON.stringify(json)}`);
  const fields = Object.entries(json);
  const [[key, inner] = ["", null]] = fields;
  if (key === "#bigint" && fields.length === 1 && /^-?\d+$/.test(String(inner))) return BigInt(String(inner));
  if (key === "#set" && Array.isArray(inner)) return new Set(inner.map(value));
  if (key === "#map" && Array.isArray(inner))
    return new Map(inner.map(([from, to]) => [keyed(value(from)), value(to)]));
  if (fields.some(([name]) => name.startsWith("#"))) throw new Error(`no value: ${JSON.stringify(json)}`);
  return Object.fromEntries(fields.map(([name, of]) => [name, value(of)]));
}
/** Records are keys of a bag of messages. */
const keyed = (of: Value): unknown =>
  typeof of === "object" ? JSON.stringify(of, (_, each) => (typeof each === "bigint" ? Number(each) : each)) : of;

type State = { readonly [name: string]: Map<string, Value> };

function read(text: string): { readonly states: readonly State[]; readonly metas: readonly Record<string, unknown>[] } {
  const file = JSON.parse(text);
  expect(file["#meta"].format).toBe("ITF");
  const states = file.states.map(({ "#meta": _, ...values }: Record<string, unknown>) => {
    expect(Object.keys(values)).toEqual(file.vars);
    return Object.fromEntries(Object.entries(values).map(([name, json]) => [name, value(json)]));
  });
  return { states, metas: file.states.map((state: Record<string, unknown>) => state["#meta"]) };
}

test("itf: the states of raft.tla's variables, from Init to the run's end", async () => {
  const { states, metas } = read(await expectGolden("itf"));
  expect(metas.map(({ index }) => index)).toEqual(states.map((_, i) => i));
  const [first] = states;
  const servers = ["S1", "S2", "S3"];
  const every = (of: Value) => new Map(servers.map((name) => [name, of]));
  expect(first).toEqual({
    messages: new Map(),
    currentTerm: every(0n),
    state: every("Follower"),
    votedFor: every("Nil"),
    log: every([]),
    commitIndex: every(0n),
    votesResponded: every(new Set()),
    votesGranted: every(new Set()),
    nextIndex: every(every(1n) as Value),
    matchIndex: every(every(0n) as Value),
  });
  const won = states.find(({ state }) => state!.get("S1") === "Leader")!;
  expect(won["votesGranted"]!.get("S1")).toEqual(new Set(["S1", "S2"]));
  const entries = states.at(-1)!["log"]!.get("S1");
  expect(entries).toEqual([
    { term: 1n, value: "put x=the end" },
    { term: 1n, value: "get x" },
  ]);
});

test("itf: terms and logs at the end are the run's, and no state is told twice", () => {
  for (const run of [storyRun(), presetRun("figure-8"), livelyRun(2)]) {
    const { states } = read(write("itf", run).text);
    const last = states.at(-1)!;
    for (const machine of run.world.machines.filter((each) => each !== undefined)) {
      if (machine.status === "down" || machine.group !== 1) continue;
      const { term, log, commitIndex } = machine.raft;
      const name = `S${machine.id}`;
      expect([last["currentTerm"]!.get(name), last["commitIndex"]!.get(name)]).toEqual([
        BigInt(term),
        BigInt(commitIndex),
      ]);
      const terms = (last["log"]!.get(name) as { term: bigint }[]).map((entry) => Number(entry.term));
      expect(terms).toHaveLength(lastIndex(log));
      for (let index = log.base + 1; index <= log.last; index++)
        expect(terms[index - 1]).toBe(entryAt(log, index).term);
    }
    const told = states.map((state) => keyedState(state));
    expect(told.filter((each, i) => each === told[i - 1])).toEqual([]);
  }
});
const keyedState = (state: State): string =>
  JSON.stringify(state, (_, each) =>
    typeof each === "bigint" ? String(each) : each instanceof Map || each instanceof Set ? [...each] : each,
  );

test("itf: what a snapshot stands for is known from before, and what raft.tla lacks is said", () => {
  const actions = [{ atMs: 0, do: "load", perSecond: 40 }];
  const run = historyOf(
    recordingOf({ ...storyFile, profile: "etcd", options: { snapshotAfter: 10 }, actions, endMs: 1000 }),
  );
  expect(run.world.machines[1]!.raft.log.base).toBeGreaterThan(0);
  const { text, cut } = write("itf", run);
  expect(cut).toMatch(/^raft\.tla has no (Heartbeat|HeartbeatReply|Propose|, )+: these messages are left out\.$/);
  const logs = read(text).states.at(-1)!["log"]!;
  expect((logs.get("S1") as unknown[]).length).toBe(lastIndex(run.world.machines[1]!.raft.log));
  const late = write("itf", run, { ...all, from: 900_000 });
  expect(late.cut).toContain("What entries a snapshot stood for at the beginning is not known.");
});

test("itf: what goes out comes in again with the same terms, roles and commit indices at the end", () => {
  const run = storyRun();
  const read = readTexts(importer, [{ name: "run.itf.json", text: write("itf", run).text }]);
  if (!read.ok) throw new Error(read.problem.message);
  const { servers, events, skipped } = read.value;
  expect(skipped).toEqual([]);
  const last = new Map<number, Says>();
  for (const { server, says } of events) last.set(server, { ...last.get(server), ...says });
  for (const { id, raft } of run.world.machines.filter((each) => each !== undefined)) {
    const place = servers.findIndex(({ name }) => name === `S${id}`) + 1;
    const { term, role, commit } = last.get(place)!;
    expect([term, role, commit]).toEqual([raft.term, raft.role, raft.commitIndex]);
  }
});
