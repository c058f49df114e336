import { bothWays, type RunFile } from "../../scenario/presets/preset.ts";
import { lesson } from "../draft.ts";

/** S1 leads term 1 by S2's vote and is cut off; S3 stands in term 1, too, and its request to S1 is slow. */
const start = { seed: 99, servers: 3, latencyMs: [10, 12], writeMs: [1, 2], options: { checkQuorum: true } } as const;
const story: NonNullable<RunFile["actions"]> = [
  {
    atMs: 0,
    do: "cut",
    links: [
      ["S1", "S3"],
      ["S2", "S3"],
      ["S3", "S2"],
    ],
  },
  { atMs: 0, do: "network", latencyMs: [360, 360], links: [["S3", "S1"]] },
  { atMs: 0, do: "timeout", server: "S1" },
  { atMs: 10, do: "timeout", server: "S3" },
  { atMs: 12, do: "timer", server: "S3", leftMs: 5000 },
  { atMs: 60, do: "cut", links: bothWays([1], [2]) },
  { atMs: 61, do: "timer", server: "S2", leftMs: 5000 },
];
const mend = { do: "mend", links: [["S1", "S3"]] as [string, string][] } as const;

const before = [
  "S1 leads and S1 term = 1 and S1 voted for S1 and S2 voted for S1",
  "S3 campaigns and S3 term = 1 and S3 tally = 1 and S3 sending = 1",
  "not S1 reaches S2 and not S1 reaches S3 and S3 reaches S1",
];

export const wholeTerm = lesson(
  {
    id: "whole-term",
    group: "in-production",
    minutes: 4,
    sections: ["§5.2", "Figure 2", "D 6.2"],
    steps: [
      {
        id: "stepped-down",
        run: { ...start, actions: [...story, { atMs: 340, ...mend }] },
        atMs: 300,
        holds: before,
        question: {
          id: "again",
          right: "B",
          until: "S1 refuses for S3",
          withinMs: 150,
          holds: ["S1 follows and S1 term = 1 and S1 voted for S1", "S3 term = 1"],
          wrong: {
            A: {
              misconception: "vote-may-be-forgotten",
              counter: {
                off: ["vote-reset-same-term"],
                acts: [{ afterMs: 40, ...mend }],
                untilMs: 110,
                shows: "violation",
                holds: ["S3 leads and S3 term = 1", "S1 voted for S3 and S2 voted for S1 and S2 term = 1"],
              },
            },
            C: {
              misconception: "majority-of-the-living",
              counter: {
                off: [],
                acts: [{ afterMs: 40, ...mend }],
                untilMs: 110,
                shows: "S1 refuses for S3",
                holds: ["S3 campaigns and S3 tally = 1", "S1 follows"],
              },
            },
          },
        },
      },
      {
        id: "without",
        run: { ...start, bugs: ["vote-reset-same-term"], actions: story },
        atMs: 300,
        holds: before,
        tasks: [{ id: "break", when: "violation", show: { acts: [{ afterMs: 40, ...mend }], untilMs: 150 } }],
      },
    ],
  },
  {
    title: "A vote is for the whole term",
    asks: "When may a server forget for whom it voted?",
    steps: {
      "stepped-down": {
        title: "About to step down",
        text: "S1 has won term 1 with its own vote and S2’s, and is now cut off from S2; check-quorum will make it step down in a moment. S3 has heard of none of this: it is a candidate in term 1, too, and its request for S1’s vote has been very slow. It will arrive when S1 is a follower again, still in term 1.",
        tasks: {},
        question: {
          asks: "May S1 vote for S3 then?",
          answers: {
            A: {
              says: "Yes: S1 leads no more, and its vote for itself is of no use to anybody.",
              sees: "S3 leads term 1.",
              follows:
                "Here S1 has forgotten its vote when it stepped down, and it has voted again in term 1. S3 leads term 1 as S1 did before: one term has had two leaders, and each may have written entries under the same number and term.",
            },
            B: {
              says: "No: it has voted in term 1, for itself.",
              sees: "S1 refuses.",
            },
            C: {
              says: "Yes: S3 is the only one left who wants to lead.",
              sees: "S3 gets S1’s vote.",
              follows:
                "S1 has refused. That nobody else stands is no reason: somebody led term 1 already, and its entries carry that term.",
            },
          },
          happened:
            "S1 has refused: it is a follower in term 1, and in term 1 it has voted for itself. A vote is for the whole term, whatever becomes of whom it was given to; only a later term begins afresh.",
        },
      },
      without: {
        title: "Without the rule",
        text: "The same moment, but here a rule is broken on purpose: whoever becomes a follower forgets its vote, though the term is the same. It looks harmless.",
        tasks: {
          break:
            "Let time go on until S1 has stepped down, and mend the link from S1 to S3 before S3’s request arrives: a property of Raft breaks.",
        },
      },
    },
    card: "A term has at most one leader because each server gives at most one vote in it, from its beginning to its end. To step down, to give up a candidacy or to restart does not begin a new term, so the vote stays. To forget it at such a moment looks harmless, for the server is only a follower again. But entries are told apart by index and term, and all of Raft rests on one leader having made all entries of a term.",
  },
);
