import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { labPatterns } from "./common.ts";
import { type Match, type Patterns, readPatterns } from "./patterns.ts";

function patterns(text: string): Patterns {
  const read = readPatterns(text);
  if (!read.ok) throw new Error(`${read.problem.line}:${read.problem.column} ${read.problem.message}`);
  return read.value;
}
const of = (pattern: string, text: string, topic = "INFO"): Match | null => patterns(pattern).match(topic, text);
const wrong = (text: string): string => {
  const read = readPatterns(text);
  return read.ok ? "" : `${read.problem.line}:${read.problem.column} ${read.problem.message}`;
};

describe("a pattern", () => {
  test("finds its words anywhere, small or capital, whatever stands between", () => {
    expect(of("became leader => role leader", "S1 and so: Became,  LEADER!")).toMatchObject({ role: "leader" });
    expect(of("became leader => role leader", "became leaders")).toBeNull();
    expect(of("came leader => role leader", "became leader")).toBeNull();
    expect(of("^became leader => role leader", "it became leader")).toBeNull();
  });
  test.each(["T4", "T:4", "t(4)", "term 4", "Term: 4", "currentTerm=4", "Term T4"])("reads the term in %s", (text) => {
    expect(of("at {term} => term {term}", `is at ${text}, then`)?.numbers).toEqual([["term", 4]]);
  });
  test("takes no bare number for a term, a server or an index", () => {
    expect(of("at {term} => term {term}", "at 4")).toBeNull();
    expect(of("for {server} => vote {server}", "for 4")).toBeNull();
    expect(of("for {number} => vote {number}", "for 4")?.servers).toEqual([["vote", 4]]);
  });
  test("reads -1 as nobody, and as no number", () => {
    expect(of("vf {number} => vote {number}", "VF:-1")?.servers).toEqual([["vote", "nobody"]]);
    expect(of("ci {number} => commit {number}", "CI:-1")?.numbers).toEqual([]);
  });
  test("has one of several words, or none", () => {
    const text = "(became|turned) (a|the|) leader => role leader";
    for (const said of ["became leader", "turned the leader", "became a leader"]) expect(of(text, said)).not.toBeNull();
    expect(of(text, "became any leader")).toBeNull();
  });
  test("leaves out what stands in a gap, and keeps to the order", () => {
    expect(of("{term} ... leader => term {term}", "T3, with 2 votes, now leader")?.numbers).toEqual([["term", 3]]);
    expect(of("{term} ... leader => term {term}", "leader in T3")).toBeNull();
  });
  test("keeps to its topics", () => {
    expect(of("VOTE|LEAD: won => role leader", "won", "LEAD")).not.toBeNull();
    expect(of("VOTE|LEAD: won => role leader", "won", "TIMR")).toBeNull();
  });
  test("of several, the first that fits counts", () => {
    expect(of("# no pattern\n\na b => role leader\na => role candidate", "a b")).toMatchObject({ role: "leader" });
  });
  test("lines of one shape are told apart by their numbers", () => {
    const both = patterns("at {index} => last {index}\nat index ... => role leader");
    const said = ["4", "5", "1234567890123456", "6"].map((digits) => both.match("INFO", `at index ${digits}`));
    expect(said.map((match) => match?.numbers[0]?.[1] ?? match?.role)).toEqual([4, 5, "leader", 6]);
    const digit = patterns("log1 => role leader\nlog => role follower");
    expect(["log2", "log1", "log 2"].map((text) => digit.match("INFO", text)?.role)).toEqual([
      undefined,
      "leader",
      "follower",
    ]);
  });
  test("tells of a message with all that its holes hold", () => {
    const text = "-> {server} ae {term} n {number} => sends appendEntries to {server}";
    expect(of(text, "-> S2 AE T3 n=4")?.message).toEqual({
      way: "sends",
      kind: "appendEntries",
      peer: 2,
      yes: null,
      term: 3,
      fields: [
        ["server", "2"],
        ["term", "3"],
        ["number", "4"],
      ],
    });
  });
});

test.each([
  ["ok => role leader\nno arrow", "2:9 no => after the words"],
  ["=> role leader", "1:1 no words before the =>"],
  ["a {trem} => term 1", "1:3 a hole is one of {term}, {server}, {index}, {number}"],
  ["a {term} {term} => term {term}", "1:10 {term} stands here twice; call the second {term2}"],
  ["a (b => role leader", "1:3 this ( has no )"],
  ["a b) => role leader", "1:4 this ) has no beginning; a blank stands for brackets too"],
  ["a ...... b => role leader", "1:6 two ... beside each other say no more than one"],
  ["a => rule leader", /^1:6 no fact is called rule; there are role, status, term, /],
  ["a => role boss", "1:11 boss is none of follower, preCandidate, candidate, leader"],
  ["a => term {term}", "1:11 {term} is not among the words before =>"],
  ["a => term x", "1:11 x is neither a number nor a {hole}"],
  ["a => term", "1:10 term says no value"],
  ["a => role leader term 2", "1:18 a comma is missing before this"],
  ["a => role leader,", /^1:18 nothing is said here/],
  ["a {server} => sends vote to {server}", /^1:21 vote is none of requestVote, /],
  ["a {server} => sends requestVote from {server}", "1:33 sends requestVote needs: to {server}"],
])("%s is refused", (text, message) => {
  if (typeof message === "string") expect(wrong(text)).toBe(message);
  else expect(wrong(text)).toMatch(message);
});

/** Each line of the patterns that come along, by what it is for. */
test.each<[string, string, Partial<Match>]>([
  ["VOTE", "become candidate at term 3", { role: "candidate", numbers: [["term", 3]] }],
  ["TIMR", "election timer elapsed, converting to candidate", { role: "candidate" }],
  ["TERM", "-> CANDIDATE T2 (was follower)", { role: "candidate", numbers: [["term", 2]] }],
  ["TIMR", "Election timeout, start an election, T4", { role: "candidate", numbers: [["term", 4]] }],
  ["VOTE", "starting a new election", { role: "candidate" }],
  ["TERM", "begins a new term. Now at Term T5.", { numbers: [["term", 5]] }],
  ["LEAD", "Achieved majority for T1 (3), converting to Leader", { role: "leader", numbers: [["term", 1]] }],
  ["LEAD", "becomes the new leader in term 6!", { role: "leader", servers: [["leader", "me"]] }],
  ["LEAD", "elected as leader", { role: "leader" }],
  ["TIMR", "Leader, checking heartbeats", { role: "leader" }],
  ["VOTE", "voted for C2 in T4", { servers: [["vote", 2]], numbers: [["term", 4]] }],
  ["VOTE", "voting for myself", { servers: [["vote", "me"]] }],
  ["TERM", "Term is higher, updating term to T7, setting state to follower. (7 > 6)", { role: "follower" }],
  ["TERM", "T updated(3 -> 5)", {}],
  ["TERM", "updated term from 3 to 5 because of a request", { numbers: [["term", 5]] }],
  ["LEAD", "stepping down", { role: "follower" }],
  ["TERM", "becomes follower in T9", { role: "follower", numbers: [["term", 9]] }],
  ["SNAP", "took a snapshot up to index: 40", { numbers: [["base", 40]] }],
  ["CMIT", "leader commitIndex 4 -> 6", { numbers: [["commit", 6]] }],
  ["CMIT", "update commitIndex 8", { numbers: [["commit", 8]] }],
  ["CMIT", "Committed to 9", { numbers: [["commit", 9]] }],
  ["CLNT", "applied x at index 3", { numbers: [["applied", 3]] }],
  ["PERS", "T2 save persist| votedFor: -1| logsLen: 4", { servers: [["vote", "nobody"]], numbers: [["term", 2]] }],
  ["DROP", "killed", { status: "down" }],
])("the patterns that come along: %s %s", (topic, text, match) => {
  const found = patterns(labPatterns).match(topic, text);
  if (Object.keys(match).length === 0) expect(found).toBeNull();
  else expect(found).toMatchObject(match);
});

test("whatever is written is read, or refused with its place; matching ends", () => {
  const part = fc.constantFrom(
    "a",
    "(a|)",
    "...",
    " ",
    "{number}",
    "{term2}",
    "^",
    "b",
    ")",
    "=>",
    "role leader",
    ",",
    "|",
  );
  const text = fc.array(part, { maxLength: 60 }).map((parts) => parts.join(""));
  fc.assert(
    fc.property(text, fc.stringMatching(/^[ab 1t]{0,300}$/), (written, line) => {
      const read = readPatterns(written);
      if (read.ok) expect(read.value.match("INFO", line)).toBeDefined();
      else expect([read.problem.line >= 1, read.problem.column >= 1, read.problem.message !== ""]).not.toContain(false);
    }),
  );
});
