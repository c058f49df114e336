import { expect, test } from "vitest";
import type { History } from "../../history/history.ts";
import { finish } from "../../history/work.ts";
import { checksOf } from "../in/checks.ts";
import { etcdTrace as importer } from "../in/etcd-trace.ts";
import { faultsOf, readTexts } from "../in/fixtures.ts";
import type { ToldRun } from "../in/told.ts";
import { expectGolden, presetRun, storyRun, write } from "./fixtures.ts";

function readBack(text: string): ToldRun {
  const read = readTexts(importer, [{ name: "run.ndjson", text }]);
  if (!read.ok) throw new Error(read.problem.message);
  expect(faultsOf(read.value)).toEqual([]);
  expect(read.value.skipped).toEqual([]);
  return read.value;
}

/** State by server at the end, as the world has it and as it was told. */
const inWorld = ({ world }: History) =>
  world.machines
    .filter(({ status }) => status === "up")
    .map(({ id, raft }) => ({
      id,
      term: raft.term,
      vote: raft.votedFor,
      role: raft.role,
      commit: raft.commitIndex,
      last: raft.log.last,
      voters: raft.configuration.voters,
    }));
function told(run: ToldRun, ids: readonly number[]) {
  return ids.map((id) => {
    const says = run.events
      .filter(({ server }) => run.servers[server - 1]?.name === String(id))
      .map((each) => each.says);
    const { term, vote, role, commit, last, configuration } = Object.assign({}, ...says);
    return { id, term, vote, role, commit, last, voters: configuration.voters };
  });
}

const kinds: Readonly<Record<string, string>> = {
  RequestVote: "MsgVote",
  RequestVoteReply: "MsgVoteResp",
  AppendEntries: "MsgApp",
  AppendEntriesReply: "MsgAppResp",
  Heartbeat: "MsgHeartbeat",
  HeartbeatReply: "MsgHeartbeatResp",
  InstallSnapshot: "MsgSnap",
};
/** By link: what was sent, and when it arrived. */
function arrivals(history: History): string[] {
  const all = history.facts(1, history.place.event);
  const arrived = new Map<string, number>();
  const name = ({ from, to, ordinal }: { from: number; to: number; ordinal: number }) => `${from}>${to}#${ordinal}`;
  for (const fact of all) if (fact.kind === "received") arrived.set(name(fact.ref), fact.at);
  return all
    .flatMap((fact) => {
      if (fact.kind !== "sent" || kinds[fact.payload.type] === undefined) return [];
      const { from, to } = fact.ref;
      return [`${from}>${to} ${kinds[fact.payload.type]} ${arrived.get(name(fact.ref)) ?? "lost"}`];
    })
    .sort();
}
const arrivalsTold = ({ messages, events, servers }: ToldRun, start: number): string[] =>
  messages
    .map(({ name, from, to, receivedIn }) => {
      const at = receivedIn === null ? "lost" : events[receivedIn]!.at + start;
      return `${servers[from - 1]!.name}>${servers[to - 1]!.name} ${name} ${at}`;
    })
    .sort();

test("out and in: the same states, the same messages, each with its receipt", async () => {
  const run = readBack(await expectGolden("etcd-trace"));
  const history = storyRun();
  const world = inWorld(history);
  expect(
    told(
      run,
      world.map(({ id }) => id),
    ),
  ).toEqual(world);
  expect(arrivalsTold(run, 0)).toEqual(arrivals(history));
  expect(run.messages.length).toBe(23);
  expect(finish(checksOf(run)).map(({ result }) => result)).toEqual(Array(8).fill("held"));
});

const runs = [
  "leader-crash",
  "split-vote",
  "log-repair",
  "snapshot-catch-up",
  "remove-leader",
  "async-disk",
  "figure-8",
];
test.each(runs)("%s: every receipt has what was sent, and nothing that Raft promises is broken", (id) => {
  const history = presetRun(id);
  const run = readBack(write("etcd-trace", history).text);
  const world = inWorld(history);
  expect(
    told(
      run,
      world.map(({ id }) => id),
    ),
  ).toEqual(world);
  expect(run.messages.filter(({ sentIn }) => sentIn === null)).toEqual([]);
  const arrived = (all: readonly string[]) => all.filter((each) => !each.endsWith("lost"));
  expect(arrived(arrivalsTold(run, 0))).toEqual(arrived(arrivals(history)));
  expect(finish(checksOf(run)).filter(({ result }) => result === "broken")).toEqual([]);
});

interface Traced {
  readonly name: string;
  readonly nid: string;
  readonly state: object;
  readonly role: string;
  readonly log: number;
  readonly conf: object;
  readonly msg?: { readonly from: string };
}
const stateIn = ({ state, role, log, conf }: Traced): string => JSON.stringify([state, role, log, conf]);

/** What etcd's trace spec asks of the order of lines: a message leaves with its sender's Ready, and a receipt finds the state that the line before left. */
function misplaced(events: readonly Traced[]): string[] {
  const sent = new Map<string, number[]>();
  const last = new Map<string, Traced>();
  const ready = new Map<string, number>();
  return events.flatMap((event, i) => {
    const { name, nid, msg } = event;
    const before = last.get(nid);
    last.set(nid, event);
    if (name === "Ready") ready.set(nid, i);
    if (msg === undefined) return [];
    const key = JSON.stringify(msg);
    const queue = sent.get(key) ?? [];
    sent.set(key, queue);
    if (name.startsWith("Send")) queue.push(i);
    if (!name.startsWith("Receive")) return [];
    const at = queue.shift();
    const faults =
      at === undefined || !((ready.get(msg.from) ?? -1) > at) ? [`line ${i + 1}: ${key} has not left`] : [];
    const known = before === undefined || before.name.startsWith("Receive") || stateIn(before) === stateIn(event);
    return known ? faults : [...faults, `line ${i + 1}: ${stateIn(event)} after ${stateIn(before!)}`];
  });
}

test.each([...runs, "minority-partition", "check-quorum", "transfer"])(
  "%s: lines stand as the trace spec wants them",
  (id) => {
    const lines = write("etcd-trace", presetRun(id)).text.trim().split("\n");
    expect(misplaced(lines.map((line) => JSON.parse(line).event))).toEqual([]);
  },
);

test("a stretch, several groups and what etcd does not trace are said", () => {
  const { text, cut } = write("etcd-trace", presetRun("two-groups"), { from: 100_000, to: 200_000 });
  expect(cut).toContain("What happened before is left out");
  expect(cut).toContain("Only the first group is traced.");
  expect(readBack(text).events.length).toBeGreaterThan(5);
  expect(write("etcd-trace", presetRun("disruption-pre-vote")).cut).toContain("Pre-votes");
});
