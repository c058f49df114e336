import { describe, expect, test } from "vitest";
import { Causes } from "../history/causes/causes.ts";
import { explore, livelySetup } from "../history/fixtures.ts";
import { History } from "../history/history.ts";
import { finish } from "../history/work.ts";
import { lastIndex } from "../raft/log.ts";
import { presets } from "../scenario/presets/index.ts";
import type { Machine } from "../world/state/machine.ts";
import { scenario, server, whyIn } from "./fixtures.ts";
import type { Why } from "./types.ts";
import { whyOf } from "./why.ts";

const rows = ({ compared }: Why) =>
  compared.map(({ what, here, there, decides, asked }) => [decides ? ">" : asked ? " " : "x", what, here, there]);

/** What a server has decided so far, as its state shows it. */
const likeness = ({ raft: { term, role, votedFor, leader, commitIndex, log } }: Machine) => {
  return { term, role, votedFor, leader, commitIndex, end: lastIndex(log) };
};

describe("why a server did that", () => {
  test("§5.1 refuses an old leader: the term decides, and nothing after it is asked", () => {
    const why = whyIn(scenario("two-leaders", 619), server(3))!;
    expect(why.sentence).toBe("S3 refused S1's AppendEntries: it is of term 1, S3 is in term 2");
    expect(why.rule).toMatchObject({ name: "Requests of older terms are refused", section: "§5.1" });
    expect(rows(why)).toEqual([
      [">", "term", "2", "1, of the request"],
      ["x", "term of entry 1", "1", "1, the leader's"],
      ["x", "term of entry 2", "2", "1, the leader's"],
      ["x", "commit index", "2", "1: the leader's 1, verified up to 3"],
    ]);
    expect(why.counterfactual).toBe("S3 would have accepted it if the request were of term 2.");
    expect(why.causes.map(({ sentence, as }) => [as, sentence])).toEqual([
      ["trigger", "S1 sends entries 2–3 to S3 again, to go after entry 1 of term 1"],
      ["state", "S3 voted for S4 in term 2: both logs end with entry 1 of term 1"],
    ]);
    expect(why.waitsFor).toEqual(["S3 waits to hear from S4; if it does not, its timer fires at 0.881 s"]);
  });

  test("§5.2 one vote per term: the vote that was given decides; the log was not asked", () => {
    const history = scenario("split-vote", 45);
    const why = whyIn(history, server(1))!;
    expect(rows(why)).toEqual([
      [" ", "term", "1", "1, of the request"],
      [">", "vote in term 1", "S1", "S2, which asks"],
      ["x", "term of the last entry", "empty log", "empty log"],
      ["x", "last index, where the terms are equal", "0", "0, S2's"],
    ]);
    expect(why.counterfactual).toBe("S1 would have voted for S2 if it had not voted in term 1 yet.");
    expect(why.waitsFor).toEqual([
      "S1 waits for 2 more votes (1 of 4, 3 are needed): S2, S3 and S4 have not answered; otherwise its timer fires at 0.184 s",
    ]);
  });

  test("§5.4.2 an entry of an older term: copies are enough, its term is not", () => {
    const why = whyIn(scenario("figure-8", 390), { kind: "entry", index: 2, group: 1 })!;
    expect(why.sentence).toContain("is not committed: S1 does not commit entry 2");
    expect(rows(why)).toEqual([
      [" ", "on disk: entry 2", "3: S1, S2 and S3", "3 of 5"],
      [">", "term of entry 2", "2", "4, the leader's own"],
    ]);
    expect(why.waitsFor).toEqual([
      "entry 2 waits for entry 3, the first of the leader's own term 4, and that for 2 more disks (1 of 5, 3 are needed)",
    ]);
  });

  test("a message: why it was sent, and what became of it", () => {
    const ref = { from: 1, to: 3, ordinal: 9, copy: 0 };
    const why = whyIn(scenario("two-leaders", 619), { kind: "message", ref, group: 1 })!;
    expect(why.about).toBe("S1>S3#9");
    expect(why.sentence).toContain("S1 sends heartbeats to S2, S3, S4 and S5");
    expect(why.sentence).toContain("lost at a cut link");
  });

  test("one may walk a server's decisions back and forth, and ask about one row of an event", () => {
    const history = scenario("split-vote", 45);
    const last = whyIn(history, server(1))!;
    const beside = (event: number, direction: 1 | -1) =>
      whyIn(history, { kind: "server", server: 1, group: 1, beside: { event, direction } });
    const before = beside(last.event, -1)!;
    expect(before.event).toBeLessThan(last.event);
    expect(before.sentence).toMatch(/^S1 started an election for term 1|^S1 counted its own vote/);
    expect(beside(before.event, 1)!.event).toBe(last.event);
    expect(beside(1, -1)).toBeNull();
    const rows = history.facts(last.event, last.event);
    const place = rows.findIndex(({ kind }) => kind === "received");
    const row = whyIn(history, { kind: "event", event: last.event, group: 1, place })!;
    expect(row.sentence).toMatch(/^S1 received from S2 RequestVote: elect S2 in term 1/);
  });

  test("what is not there, and what has done nothing", () => {
    const history = scenario("first-election", 1);
    expect(whyIn(history, server(9))).toBeNull();
    expect(whyIn(history, { kind: "entry", index: 7, group: 1 })).toBeNull();
    expect(whyIn(history, server(2))).toMatchObject({ rule: null, compared: [], causes: [] });
  });

  test("a server that has decided nothing for long says since when, and is then as it was", () => {
    const history = new History(scenario("first-election", 1).setup, [], 120_000_000);
    history.seek(120_000_000);
    const stateOf = (id: number) => likeness(history.world.machines[id]!);
    const now = [1, 2, 3].map(stateOf);
    expect(now.map(({ role }) => role)).toContain("leader");
    for (const id of [1, 2, 3]) {
      history.seek(120_000_000);
      const { sentence, earlier } = whyIn(history, server(id))!;
      const [, since] = new RegExp(`^S${id} has decided nothing new since ([0-9.]+) s$`).exec(sentence) ?? [];
      expect(earlier, sentence).toBe(true);
      history.seek(Number(since) * 1e6);
      expect(stateOf(id), sentence).toEqual(now[id - 1]);
    }
  });

  test("a server is as it started where it is said to be", () => {
    let times = 0;
    for (const seed of [1, 2, 3, 4]) {
      const history = new History(livelySetup(seed), [], 400_000);
      history.seek(0);
      const started = history.world.machines.map((each) => each && likeness(each));
      for (let at = 0; at <= 400_000; at += 20_000) {
        history.seek(at);
        for (const machine of history.world.machines) {
          if (machine === undefined) continue;
          const why = whyIn(history, server(machine.id));
          if (why?.sentence.endsWith("it is as it started") !== true) continue;
          times++;
          expect(likeness(machine), `seed ${seed}, ${at}`).toEqual(started[machine.id]);
        }
      }
    }
    expect(times).toBeGreaterThan(20);
  });

  test("a majority that is short says what is missing", () => {
    const why = whyIn(scenario("leader-crash", 75), { kind: "entry", index: 1, group: 1 })!;
    expect(why.waitsFor[0]).toMatch(
      /^entry 1 waits for 2 more disks \(1 of 5, 3 are needed\): S2, S3, S4 and S5 have not acknowledged it$/,
    );
  });
});

/** Every decision of a run that is worth a question. */
function* allOf(history: History): Generator<Why> {
  const causes = new Causes(history);
  for (const row of finish(causes.rows(1, history.current.end.event))) {
    if (!row.facts.some(({ kind }) => kind === "decided")) continue;
    const why = finish(whyOf(history, causes, { kind: "event", event: row.event, group: 1 }));
    if (why !== null) yield why;
  }
}

const checked = (why: Why): void => {
  const at = why.compared.findIndex(({ decides }) => decides);
  expect(why.compared.filter(({ decides }) => decides).length, why.sentence).toBeLessThanOrEqual(1);
  if (at >= 0) expect(why.compared.map(({ asked }) => asked)).toEqual(why.compared.map((_, i) => i <= at));
  for (const cause of why.causes) expect(cause.event).toBeLessThan(why.event);
  for (const text of [why.sentence, ...why.waitsFor, why.counterfactual ?? ""])
    expect(text).not.toMatch(/undefined|NaN|null/);
};

test.each(["split-vote", "figure-8", "log-repair", "disruption-pre-vote"])(
  "%s: every refusal names what decided and what would have changed it",
  (id) => {
    expect(presets.some((preset) => preset.id === id)).toBe(true);
    let refused = 0;
    for (const why of allOf(scenario(id))) {
      checked(why);
      if (!/refused its vote|refused S\d's AppendEntries/.test(why.sentence)) continue;
      refused++;
      expect(
        why.compared.some(({ decides }) => decides),
        why.sentence,
      ).toBe(true);
      expect(why.counterfactual, why.sentence).toMatch(/would have .* if /);
    }
    if (id !== "disruption-pre-vote") expect(refused).toBeGreaterThan(0);
  },
);

test.each([1, 2, 3])(
  "a random run: causes lie before, one condition decides, nothing is asked after it (seed %d)",
  (seed) => {
    const history = new History(livelySetup(seed));
    explore(history, seed, 12);
    let seen = 0;
    for (const why of allOf(history)) {
      checked(why);
      seen++;
    }
    expect(seen).toBeGreaterThan(20);
  },
);

describe("a server waits for what it keeps silent about, too", () => {
  const waits = (id: string, atMs: number, who: number) => whyIn(scenario(id, atMs), server(who))!.waitsFor;

  test("§6 for both halves of a joint configuration, votes and copies", () => {
    expect(waits("joint-leader-crash", 176, 3)).toEqual([
      "S3 waits for votes (2 of 3 in the old configuration, 1 of 3 in the new; both majorities are needed): S1, S4 and S5 have not answered; otherwise its timer fires at 0.393 s",
    ]);
    expect(waits("joint-leader-crash", 212, 3)).toContain(
      "entries 2–3 wait for disks (2 of 3 in the old configuration, 1 of 3 in the new; both majorities are needed): S1, S4 and S5 have not acknowledged them",
    );
  });

  test("D 4.2.1 a learner for no election: its timer means nothing", () => {
    expect(waits("learner-first", 300, 4)).toEqual([
      "S4 waits to hear from S1",
      "S4 starts no election, whatever its timer says: it is a learner and has no vote",
    ]);
  });

  test("D 10.2.1 a leader for its own disk, to apply what is committed", () => {
    expect(waits("async-disk", 92, 1)).toContain(
      "S1 does not apply entry 1 yet, which is committed: it is not known to be on its own disk",
    );
  });
});
