import { describe, expect, test } from "vitest";
import { type History, History as Run } from "../history/history.ts";
import { lookForUnkept } from "../history/unpromised.ts";
import { finish } from "../history/work.ts";
import { readRecording } from "../scenario/format.ts";
import { leaseDriftBound } from "../scenario/presets/lease-drift-bound.ts";
import { leaseSlowClock } from "../scenario/presets/lease-slow-clock.ts";
import type { Preset } from "../scenario/presets/preset.ts";
import { readModes } from "../scenario/presets/read-modes.ts";
import { withoutSessions } from "../scenario/presets/without-sessions.ts";
import { clientInvariants } from "./audit.ts";
import { excuses, falls } from "./excuses.ts";
import { notPromised } from "./promised.ts";
import { invariants, warnings } from "./watch.ts";

function runOf(file: object): History {
  const read = readRecording({ format: "driftwood", version: 1, servers: 3, endMs: 1, ...file });
  if (!read.ok) throw new Error(`${read.problem.field}: ${read.problem.message}`);
  const run = new Run(read.value.setup, read.value.actions, read.value.end);
  run.advance(read.value.end);
  return run;
}
const played = ({ recording }: Preset): History => {
  const run = new Run(recording.setup, recording.actions, recording.end);
  run.advance(recording.end);
  return run;
};
const sessions = { sessions: true, repeatMs: 400, giveUpMs: 2000, sessionsMost: 10 };
/** [property, excuse] of everything that is not promised. */
const waived = ({ world, ghosts }: History) => notPromised(world, ghosts).map((one) => [one.property, one.excuse]);
const whyOf = ({ world, ghosts }: History, wanted: string) =>
  notPromised(world, ghosts).find(({ property }) => property === wanted)?.why;

describe("what is not promised, and why", () => {
  test("the paper with sessions promises all but what it does not have", () => {
    expect(waived(runOf({ clients: sessions }))).toEqual([
      ["A living leader is not disturbed", "notSticky"],
      ["A leader without a quorum steps down", "noCheckQuorum"],
    ]);
  });

  test("the dissertation promises everything", () => {
    expect(waived(runOf({ profile: "dissertation", clients: sessions }))).toEqual([]);
  });

  test("etcd/raft starts timers otherwise, and counts a configuration once it is applied", () => {
    expect(waived(runOf({ profile: "etcd", options: { checkQuorum: true }, clients: sessions }))).toEqual([
      ["Every quorum holds what is committed", "oldQuorums"],
      ["A change waits for an own commit", "noOwnCommit"],
      ["A removed leader steps down in time", "removedStays"],
      ["The configuration is what the log says", "configurationLater"],
      ["Only these start the election timer anew", "everyChange"],
    ]);
  });

  test("what an option of before took away stays so, whatever is followed now", () => {
    const off = { atMs: 100, do: "options", options: { checkQuorum: false } };
    const on = { atMs: 200, do: "options", options: { checkQuorum: true } };
    const of = (...actions: object[]) =>
      waived(runOf({ profile: "dissertation", clients: sessions, actions, endMs: 300 }));
    expect(of(off, on)).toEqual([["A leader without a quorum steps down", "noCheckQuorum"]]);
    expect(of({ ...off, options: { heartbeatMs: 20 } })).toEqual([]);
  });

  test("no lease holds where the time that it lasts has changed, for one server or for all", () => {
    const read = { atMs: 400, do: "request", get: "x", server: "S1", read: "lease" };
    const asked = { atMs: 10, do: "timeout", server: "S1" };
    const of = (change: object) =>
      waived(
        runOf({
          profile: "dissertation",
          clients: sessions,
          actions: [asked, { atMs: 300, do: "options", ...change }, read],
          endMs: 700,
        }),
      );
    const fallen = [
      ["Linearizability", "changedLeases"],
      ["While a lease answers, nobody else leads", "changedLeases"],
    ];
    expect(of({ options: { electionTimeoutMs: [500, 900] } })).toEqual(fallen);
    expect(of({ server: "S2", options: { electionTimeoutMs: [50, 90] } })).toEqual(fallen);
    expect(of({ server: "S2", options: { maxEntriesPerMessage: 3 } })).toEqual([]);
  });

  const get = { do: "request", get: "x", server: "S1", read: "lease" };
  const actions = [
    { atMs: 10, do: "timeout", server: "S1" },
    { atMs: 200, ...get },
  ];
  test.each([
    ["etcdLease", { profile: "etcd", options: { checkQuorum: true } }],
    ["endlessLease", { profile: "etcd" }],
    ["endlessLease", { profile: "paper" }],
    ["votesUnderLeader", { profile: "dissertation", options: { stickyLeader: "never" } }],
  ])("a read by a lease: %s in %j", (excuse, file) => {
    const found = waived(runOf({ ...file, actions, endMs: 300 }));
    expect(found).toContainEqual(["Linearizability", excuse]);
    expect(found).toContainEqual(["While a lease answers, nobody else leads", excuse]);
  });

  test("D §6.4.1 the dissertation's lease promises an order, until a clock is set", () => {
    const of = (acts: readonly object[]) =>
      runOf({ profile: "dissertation", clients: sessions, actions: acts, endMs: 300 });
    expect(waived(of(actions))).toEqual([]);
    const clock = { atMs: 150, do: "clock", server: "S2", offsetMs: 5 };
    const run = of([actions[0]!, clock, actions[1]!]);
    expect(whyOf(run, "Linearizability")).toBe("S2's clock was set at 0.150 s.");
    expect(notPromised(run.world, run.ghosts).map(({ at }) => at)).toEqual([150_000, 150_000, 150_000]);
  });

  test("D §6.4.1 it does no more where a timer is fired by hand so soon after the leader's message", () => {
    const fired = (atMs: number, server: string) => {
      const act = { atMs, do: "timeout", server };
      return runOf({ profile: "dissertation", clients: sessions, actions: [...actions, act], endMs: 300 });
    };
    const why =
      "Reads are answered from a lease, and S2's election timer was fired at 0.250 s: none fires by itself so soon after a leader's message or a start.";
    expect(whyOf(fired(250, "S2"), "Linearizability")).toBe(why);
    expect(whyOf(fired(250, "S2"), "While a lease answers, nobody else leads")).toBe(why);
  });

  test("a stale read excuses the history from when it was asked", () => {
    expect(whyOf(played(readModes), "Linearizability")).toMatch(/^C\d asked for a stale read at 0\.\d{3} s/);
  });

  test("what is repeated without a session is told with its entries", () => {
    const run = played(withoutSessions);
    expect(whyOf(run, "Linearizability")).toBe(
      "Its client has no session, and increment n was executed twice, at entries 1 and 2.",
    );
    expect(whyOf(run, "Exactly once")).toBe("Clients have no sessions in this run.");
  });

  test("where a rule is off guards are not watched, and the history stays promised", () => {
    const run = runOf({ clients: sessions, bugs: ["double-vote"] });
    expect(waived(run)).toEqual(warnings.map(({ name }) => [name, "ruleOff"]));
  });

  test("every property that may fall is watched, and every excuse is a sentence", () => {
    for (const invariant of falls.keys()) expect(warnings).toContain(invariant);
    for (const { why, title } of Object.values(excuses)) {
      expect(why("S1", "0.150 s")).toMatch(/^[A-Z].*\.$/);
      expect(title).toMatch(/^[a-z]/);
    }
    const names = [...invariants, ...warnings, ...clientInvariants].map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe("what is not promised, and is not so", () => {
  const unkept = (run: History) => [...finish(lookForUnkept(run, null, 20_000)).found];

  test("is told with its values and its time, and ends no run", () => {
    const run = played(leaseSlowClock);
    expect(run.world.violation).toBeNull();
    expect(unkept(run)).toContainEqual([
      "While a lease answers, nobody else leads",
      {
        server: 1,
        at: expect.any(Number),
        event: expect.any(Number),
        detail: "S1 answers a read by its lease, and S4 leads a later term",
      },
    ]);
  });

  test("D §6.4.1 who has just answered a leader votes for itself if its timer is fired by hand, and a lease answers on", () => {
    const run = runOf({
      profile: "dissertation",
      options: { preVote: true, electionTimeoutMs: [100, 100], heartbeatMs: 20 },
      clients: sessions,
      network: { latencyMs: [1, 1] },
      actions: [
        { atMs: 0, do: "timeout", server: "S1" },
        {
          atMs: 20,
          do: "cut",
          links: [
            ["S1", "S3"],
            ["S3", "S1"],
          ],
        },
        { atMs: 155, do: "timeout", server: "S2" },
        { atMs: 156, do: "cut", links: [["S2", "S1"]] },
        { atMs: 165, do: "request", get: "x", server: "S1", read: "lease" },
      ],
      endMs: 200,
    });
    expect(run.world.violation).toBeNull();
    expect(unkept(run).map(([property, { detail }]) => [property, detail])).toContainEqual([
      "While a lease answers, nobody else leads",
      "S1 answers a read by its lease, and S2 leads a later term",
    ]);
  });

  test("D §6.2 a leader on a slow clock leads on without a majority, and that is told in true time", () => {
    const name = "A leader without a quorum steps down";
    const slow = (driftPpm: number, atMs = 50) =>
      runOf({
        options: { checkQuorum: true, electionTimeoutMs: [100, 100] },
        network: { latencyMs: [1, 1] },
        actions: [
          { atMs: 0, do: "timeout", server: "S1" },
          { atMs, do: "clock", server: "S1", driftPpm },
          { atMs: atMs + 1, do: "partition", groups: [["S1"], ["S2", "S3"]] },
        ],
        endMs: 500,
      });
    const run = slow(-500_000);
    expect(run.world.violation).toBeNull();
    const told = unkept(run).find(([property]) => property === name)?.[1];
    // It looks once in its 100 ms, which are 200, and steps down at the second look that finds nobody.
    expect(told?.detail).toMatch(/^S1 led, and no majority had answered it for 3\d\d ms, by a clock that was set$/);
    expect(told?.at).toBeGreaterThan(340_000);
    for (const fast of [slow(0), slow(200_000)]) expect(unkept(fast).map(([property]) => property)).not.toContain(name);
  });

  test("a bound on clocks keeps it", () => {
    expect(unkept(played(leaseDriftBound)).map(([name]) => name)).not.toContain(
      "While a lease answers, nobody else leads",
    );
  });

  test("is looked for from where one has looked before", () => {
    const run = new Run(leaseSlowClock.recording.setup, leaseSlowClock.recording.actions, leaseSlowClock.recording.end);
    run.advance(300_000);
    const first = finish(lookForUnkept(run, null, 20_000));
    const events = first.moment.world.events;
    run.advance(600_000);
    const second = finish(lookForUnkept(run, first, 20_000));
    expect(second).toBe(first);
    expect(second.moment.world.events).toBeGreaterThan(events);
    expect([...second.found]).toEqual(unkept(run));
    run.seek(300_000);
    expect(finish(lookForUnkept(run, second, 20_000)).found.has("While a lease answers, nobody else leads")).toBe(
      false,
    );
  });
});
