import { describe, expect, test } from "vitest";
import { type BugName, bugNames, bugOf } from "../raft/bugs/index.ts";
import type { Decision } from "../raft/decisions.ts";
import type { RuleName } from "../raft/rules/index.ts";
import { sentence } from "./sentence.ts";

/** A record of a decision for which that rule was asked, while a bug answered in its place. */
const off = (name: BugName, decision: Decision): ReturnType<typeof sentence> => {
  const { changed, replaces } = bugOf(name);
  const replacedRules = (Object.keys(replaces) as RuleName[]).map((rule) => ({ rule, bug: name, changed }));
  return sentence({ kind: "decided", decision: { ...decision, replacedRules }, at: 0, event: 1 });
};
const counts = [{ voters: [1, 2, 3, 4, 5], agree: [1, 2, 3], quorum: 3 }];
const half = [{ voters: [1, 2, 3, 4], agree: [1, 2], quorum: 3 }];
const granted: Decision = {
  kind: "voteGranted",
  server: 3,
  to: 1,
  term: 4,
  pre: false,
  own: { term: 2, index: 2 },
  candidate: { term: 1, index: 3 },
  commitIndex: 1,
};

describe("a rule that is switched off is not told as if it were on", () => {
  test("§5.4.1 log-length-only: what was compared, not that the log is newer", () => {
    const { text, section, rule, values } = off("log-length-only", granted);
    expect(text).toBe(
      "S3 voted for S1 in term 4: S1's log ends with entry 3 of term 1, its own ends with entry 2 of term 2, and its commit index is 1; “Only an up-to-date candidate gets a vote” is switched off: logs are compared by length only",
    );
    expect(section).toBe("§5.4.1");
    expect(rule).toMatch(/^Switched off: /);
    expect(values).toContainEqual(["switched off by", "log-length-only"]);
  });

  test("§5.4.2 commit-old-term: the entry's own term", () => {
    const decision: Decision = {
      kind: "committed",
      server: 1,
      index: 2,
      from: 1,
      entryTerm: 2,
      term: 4,
      on: [1, 2, 3],
      counts,
    };
    const { text, values } = off("commit-old-term", decision);
    expect(text).toMatch(
      /^S1 committed entries 1–2 in its term 4: entry 2 is of term 2 and stored on S1, S2 and S3 \(3 of 5, 3 are needed\); “Only the own term commits by counting” is switched off: a leader/,
    );
    expect(text).not.toContain("its own term");
    expect(values).toContainEqual(["term of entry 2", "2"]);
  });

  test("§5.2 vote-half: how many there were, and how many a majority is", () => {
    expect(off("vote-half", { kind: "electionWon", server: 1, term: 2, votes: [1, 2], counts: half }).text).toMatch(
      /^S1 became leader of term 2: 2 of 4, 3 are needed; it has the votes of S1 and S2; “A majority elects” is switched off: /,
    );
  });

  test("§5.3 commit-half: the same of copies", () => {
    const decision: Decision = {
      kind: "committed",
      server: 1,
      index: 2,
      from: 2,
      entryTerm: 2,
      term: 2,
      on: [1, 2],
      counts: half,
    };
    expect(off("commit-half", decision).text).toContain("stored on S1 and S2 (2 of 4, 3 are needed); “Stored on a");
  });

  test("§5.3 no-prev-check: the own term there", () => {
    const decision = { kind: "appendAccepted", server: 3, from: 1, prevIndex: 3, prevTerm: 2, count: 1 } as const;
    expect(off("no-prev-check", { ...decision, ownTerm: 1 }).text).toMatch(
      /^S3 accepted entry 4 from S1, to go after entry 3 of term 2; its own is of term 1; “The consistency check” is switched off: /,
    );
  });

  test("D 6.4 read-no-quorum: nobody was asked", () => {
    const decision = { kind: "readConfirmed", server: 1, context: "r1", index: 5, by: "alone", counts: [] } as const;
    expect(off("read-no-quorum", decision).text).toMatch(
      /^S1 answers read r1 from the state at index 5: it asked nobody; “A lone voter needs no confirmation” is switched off: /,
    );
  });

  test("what a bug changes is told as a part of a sentence", () => {
    for (const name of bugNames) expect(off(name, granted).text).toMatch(/ is switched off: .*[^.]$/);
  });
});
