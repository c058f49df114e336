import { expect, test } from "vitest";
import { linearizable } from "../../check/linearizability/linearizable.ts";
import { sentence } from "../../explain/sentence.ts";
import { History } from "../../history/history.ts";
import type { Action } from "../../world/acts.ts";
import { ms } from "../../world/fixtures.ts";
import { operationsOf } from "../../world/operations.ts";
import type { World } from "../../world/types.ts";
import { readRecording } from "../format.ts";
import { leaseDriftBound } from "./lease-drift-bound.ts";
import { leaseSlowClock } from "./lease-slow-clock.ts";
import type { Preset } from "./preset.ts";

// A machine that is busy with other things may take its time.
/** Whether a client that asks S1 at that time, after these acts, is told the old value, though x=2 is done. */
function stale({ recording }: Preset, acts: readonly Action[], at: number): boolean {
  const get: Action = { at: at * ms, act: { do: "request", operation: { op: "get", key: "x" }, server: 1 } };
  const history = new History(recording.setup, [...acts, get], 620 * ms);
  history.seek(620 * ms);
  return answers(history.world).includes("1");
}

const answers = ({ clients }: World): (string | null)[] =>
  clients.ended.flatMap(({ operation, state, value }) => (operation.op === "get" && state === "done" ? [value] : []));

/** x=2 is done, and its client knows, at 428 ms. */
const times = Array.from({ length: 16 }, (_, i) => 430 + 10 * i);
const acts = leaseSlowClock.recording.actions.slice(0, -1);

test("D §6.4.1 on a slow clock etcd's lease answers with the old value, for as long as it lasts", () => {
  expect(times.filter((at) => stale(leaseSlowClock, acts, at)).length).toBeGreaterThan(5);
});

test("with a right clock the same story has no stale read, whenever it is asked", () => {
  const right = acts.filter(({ act }) => act.do !== "clock");
  expect(times.filter((at) => stale(leaseSlowClock, right, at))).toEqual([]);
});

test("D §6.4.1 a lease that allows for such a clock has none either", () => {
  expect(times.filter((at) => stale(leaseDriftBound, acts, at))).toEqual([]);
});

/** As sofa-jraft #34 has it: clocks are right, and S1 is cut off just after it has looked who has answered. */
function cutAfterTheLook(file: object): History {
  const read = readRecording({
    format: "driftwood",
    version: 1,
    seed: 4,
    servers: 3,
    disk: { writeMs: [1, 1] },
    network: { latencyMs: [5, 5] },
    ...file,
    actions: [
      { atMs: 10, do: "timeout", server: "S1" },
      { atMs: 60, do: "request", put: ["x", "old"], server: "S1" },
      { atMs: 395, do: "partition", groups: [["S1"], ["S2", "S3"]] },
      { atMs: 560, do: "timeout", server: "S2" },
      { atMs: 580, do: "request", put: ["x", "new"], server: "S3", client: "C2" },
      { atMs: 618, do: "request", get: "x", server: "S1", read: "lease", client: "C3" },
    ],
    endMs: 900,
  });
  if (!read.ok) throw new Error(read.problem.message);
  const history = new History(read.value.setup, read.value.actions, read.value.end);
  history.advance(read.value.end);
  return history;
}
const verdict = ({ world }: History) => linearizable(operationsOf(world)).verdict;
const rulesOfLeaseReads = (history: History): string[] =>
  [...history.facts(1, history.place.event)].flatMap((fact) =>
    fact.kind === "decided" && fact.decision.kind === "readByLease" ? [sentence(fact).rule] : [],
  );

test("etcd/raft with right clocks a lease that only a periodic look ends outlives the leader's majority", () => {
  const told = cutAfterTheLook({ profile: "etcd", options: { preVote: true, checkQuorum: true, reads: "lease" } });
  expect(answers(told.world)).toEqual(["old"]);
  expect(verdict(told)).toBe("illegal");
  expect(rulesOfLeaseReads(told)).toEqual([expect.stringContaining("another leader may be elected before that")]);
});

test("D §6.4.1 the dissertation's lease ends first", () => {
  const told = cutAfterTheLook({ profile: "dissertation", options: { reads: "lease" } });
  expect(told.world.clients.ended.at(-1)).toMatchObject({ operation: { op: "put" } });
  expect([verdict(told), rulesOfLeaseReads(told)]).toEqual(["ok", [expect.stringContaining("no other leader")]]);
});
