import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { History } from "../../history/history.ts";
import { finish } from "../../history/work.ts";
import { ms, setupOf } from "../../world/fixtures.ts";
import { withBugs } from "../bugs.ts";
import { presets } from "../presets/index.ts";
import { completeCondition } from "./complete.ts";
import type { Condition } from "./condition.ts";
import { holds } from "./holds.ts";
import { parseCondition } from "./parse.ts";
import { whenTrue } from "./until.ts";

function parsed(text: string): Condition {
  const read = parseCondition(text);
  if (!read.ok) throw new Error(read.problem.message);
  return read.value;
}
function wrong(text: string) {
  const read = parseCondition(text);
  if (read.ok) throw new Error(`${text} was understood`);
  const { from, to } = read.problem;
  return { ...read.problem, word: text.slice(from, to) };
}

describe("a condition is understood", () => {
  test.each([
    ["leader", { is: "leader" }],
    ["s3 LEADS", { is: "state", server: 3, what: "leads" }],
    ["term >= 4", { is: "number", server: 0, what: "term", by: ">=", value: 4 }],
    ["S2 commit>=7", { is: "number", server: 2, what: "commit", by: ">=", value: 7 }],
    ["S2 votes", { is: "event", server: 2, what: "votes", to: 0 }],
    ["S2 votes for S1", { is: "event", server: 2, what: "votes", to: 1 }],
    ["S2 voted", { is: "state", server: 2, what: "voted", to: 0 }],
    ["S2 voted for S1", { is: "state", server: 2, what: "voted", to: 1 }],
    ["S1 reaches S3", { is: "pair", server: 1, what: "reaches", to: 3 }],
    ["S1 entry 3 = 2", { is: "entry", server: 1, index: 3, by: "=", value: 2 }],
    ["entry = 2", { is: "key", server: 0, key: "entry", by: "=", value: "2" }],
    ["x = 3", { is: "key", server: 0, key: "x", by: "=", value: "3" }],
    ["S1 x != none", { is: "key", server: 1, key: "x", by: "!=", value: null }],
    ['"term" = "not 4"', { is: "key", server: 0, key: "term", by: "=", value: "not 4" }],
  ])("%s", (text, condition) => expect(parsed(text)).toEqual(condition));

  test("not binds before and, and before or; parentheses say otherwise", () => {
    const [leader, violation, candidate] = [{ is: "leader" }, { is: "violation" }, { is: "candidate" }];
    expect(parsed("leader or not violation and candidate")).toEqual({
      is: "or",
      parts: [leader, { is: "and", parts: [{ is: "not", part: violation }, candidate] }],
    });
    expect(parsed("not (leader or violation)")).toEqual({ is: "not", part: { is: "or", parts: [leader, violation] } });
  });
});

describe("what is wrong is pointed at", () => {
  test.each([
    ["S3 leds", "leds", "leads"],
    ["S3 leads nad term > 2", "nad", "and"],
    ["comit >= 4 and leader", "comit", null],
    ["(leader", "", null],
    ["term >= x", "x", null],
    ["leader )", ")", null],
    ["violaton", "violaton", "violation"],
    ["S2 votes for 7", "7", null],
    ["S1 reaches up", "up", null],
    ["S1 entry 3", "", null],
    ["", "", null],
  ])("%s", (text, word, nearest) => {
    // A misspelt word before a comparison is a key: what is wrong then is the comparison that no key has.
    if (text.startsWith("comit")) expect(wrong(text).word).toBe(">=");
    else expect(wrong(text)).toMatchObject({ word, nearest });
  });

  test("whatever is written, it is understood or a place in it is named", () => {
    const pieces = fc.constantFrom(
      "leader",
      "S1",
      "S9",
      "and",
      "or",
      "not",
      "(",
      ")",
      ">=",
      "=",
      "3",
      "x",
      "“",
      '"a',
      "term",
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (words) => {
        const text = words.join(" ");
        const read = parseCondition(text);
        if (read.ok) return;
        expect(read.problem.from).toBeLessThanOrEqual(read.problem.to);
        expect(read.problem.to).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 500 },
    );
    expect(wrong("(".repeat(150)).message).toContain("levels");
    expect(wrong("x".repeat(201)).message).toContain("200");
  });
});

describe("what may follow", () => {
  const known = { servers: ["S1", "S2"], keys: ["x"] };
  const words = (text: string, caret = text.length) =>
    completeCondition(text, caret, known).candidates.map((one) => one.text);

  test("names, words and comparisons, by what is begun", () => {
    expect(words("")).toEqual([
      "not",
      "leader",
      "candidate",
      "violation",
      "alike",
      "S1",
      "S2",
      "term",
      "commit",
      "applied",
      "log",
      "tally",
      "voters",
      "sending",
      "leaders",
      "running",
      "answered",
      "unanswered",
      "failed",
      "entry",
      "x",
    ]);
    expect(words("S1 le")).toEqual(["leads"]);
    expect(words("S1 votes ")).toEqual(["for", "and", "or"]);
    expect(words("S1 votes for ")).toEqual(["S1", "S2"]);
    expect(words("S1 reaches ")).toEqual(["S1", "S2"]);
    expect(words("S1 en")).toEqual(["entry"]);
    expect(words("term ")).toContain(">=");
    expect(words("x = ")).toEqual(["none"]);
    expect(words("nonsense nonsense ")).toEqual([]);
  });

  test("in the middle of a text it is the word at the caret that is replaced", () => {
    expect(completeCondition("S1 le and leader", 5, known)).toMatchObject({
      from: 3,
      to: 5,
      candidates: [{ text: "leads" }],
    });
  });

  test("every candidate leads to a text that is right so far", () => {
    const start = ["", "not ", "S1 ", "term ", "term >= 2 ", "(leader ", "S1 votes for ", "S1 voted ", "S1 obeys "];
    for (const text of start) {
      for (const word of words(text)) {
        const read = parseCondition(text + word);
        if (!read.ok) expect(read.problem.from, text + word).toBe((text + word).length);
      }
    }
  });
});

describe("over a run", () => {
  const run = (at: number) => {
    const history = new History(setupOf({ servers: 3 }), [
      { at: 0, act: { do: "timeout", server: 1 } },
      { at: 100 * ms, act: { do: "request", operation: { op: "put", key: "x", value: "3" }, server: 1 } },
      { at: 400 * ms, act: { do: "crash", server: 3 } },
    ]);
    history.seek(at);
    return history;
  };
  const at = (text: string, time: number): boolean => {
    const { world } = run(time);
    return holds(parsed(text), { world, group: 1, facts: [] });
  };

  test.each([
    ["leader", 1 * ms, false],
    ["candidate and not leader", 1 * ms, true],
    ["S1 leads and S2 follows and leaders = 1", 300 * ms, true],
    ["term >= 1 and not term > 1", 300 * ms, true],
    ["x = 3 and S2 x = 3", 300 * ms, true],
    ["x = none", 1 * ms, true],
    ["x != 3", 300 * ms, false],
    ["S3 down", 300 * ms, false],
    ["S3 down and running = 2", 401 * ms, true],
    ["S9 leads or S9 term >= 1", 300 * ms, false],
    ["violation", 300 * ms, false],
    ["S1 tally = 1 and S1 sending = 2 and S1 voted for S1 and not S2 voted", 1 * ms, true],
    ["S2 voted and S2 voted for S1 and not S2 voted for S3", 300 * ms, true],
    ["S2 obeys S1 and S1 obeys S1 and not S2 obeys S3", 300 * ms, true],
    ["S1 entry 1 = 1 and entry 1 = 1 and S1 entry 2 = 0", 300 * ms, true],
    ["alike and answered = 1 and unanswered = 0 and failed = 0", 300 * ms, true],
    ["S1 reaches S3 and not S1 reaches S9", 300 * ms, true],
    ["voters = 3 and S2 voters = 3 and not S1 joint", 300 * ms, true],
  ])("%s at %d µs: %s", (text, time, expected) => expect(at(text, time)).toBe(expected));

  test("comes true at the first event after which it holds, and in the step in which something is done", () => {
    const history = run(0);
    const when = (text: string): number | null => finish(whenTrue(history, parsed(text), 1, 1000 * ms));
    const leads = when("S1 leads")!;
    history.visit(leads);
    expect(history.world.machines[1]!.raft.role).toBe("leader");
    history.visit(leads - 1);
    expect(history.world.machines[1]!.raft.role).toBe("candidate");
    history.seek(0);
    const votes = history.facts(1, when("S2 votes for S1")!).filter(({ kind }) => kind === "decided");
    expect(votes.at(-1)).toMatchObject({ decision: { server: 2 } });
    expect(when("S2 votes for S3")).toBeNull();
    expect(when("S1 log = 1 and not alike and answered = 0 and unanswered = 1")).not.toBeNull();
  });

  test("what a follower does with what it is sent is told in the step in which it does it", () => {
    const history = run(0);
    const first = (text: string): number | null => finish(whenTrue(history, parsed(text), 1, 300 * ms));
    history.visit(first("S2 accepts")!);
    const { event } = history.place;
    const kinds = history.facts(event, event).map((fact) => fact.kind === "decided" && fact.decision.kind);
    expect(kinds).toContain("appendAccepted");
    expect(["S2 rejects", "S2 deletes", "S2 installs"].map(first)).toEqual([null, null, null]);
  });

  test("what holds already must cease first; a search that finds nothing leaves the run as it was", () => {
    const history = run(300 * ms);
    const { end } = history.current;
    expect(finish(whenTrue(history, parsed("S1 leads"), 1, 900 * ms))).toBeNull();
    expect(history.current.end).toEqual(end);
    expect(history.place.at).toBe(300 * ms);
  });

  test("a scenario's violation is found where the run stops", () => {
    const { recording } = presets.find(({ id }) => id === "figure-8")!;
    const { setup, actions, end } = withBugs(recording, ["commit-old-term"]);
    const history = new History(setup, actions, end);
    const event = finish(whenTrue(history, parsed("violation"), 1, end))!;
    history.advance(end);
    expect(event).toBe(history.place.event);
    expect(history.world.violation).not.toBeNull();
  });
});
