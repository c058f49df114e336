import { every, hasVotesOf, inTerm, isRefusedBy, leadersAre, leads, majorityIs, stands, votedFor } from "./claims.ts";
import { preset } from "./preset.ts";

export const splitVote = preset({
  id: "split-vote",
  title: "Split vote",
  group: "Basics",
  notes:
    "Four servers, and the timers of S1 and S2 run out together. Each votes for itself and reaches one other server first, so both have two votes where three are needed: nobody wins term 1. New timeouts are drawn at random; S1 wakes first and wins term 2.",
  file: {
    seed: 3,
    servers: 4,
    latencyMs: [10, 10],
    writeMs: [2, 2],
    actions: [
      {
        atMs: 0,
        do: "network",
        latencyMs: [16, 16],
        loss: 0,
        duplicate: 0,
        links: [
          ["S1", "S4"],
          ["S2", "S3"],
        ],
      },
      { atMs: 0, do: "timer", server: "S1", leftMs: 30 },
      { atMs: 0, do: "timer", server: "S2", leftMs: 30 },
      { atMs: 100, do: "timer", server: "S1", leftMs: 60 },
    ],
    speed: 0.025,
    endMs: 260,
  },
  bookmarks: [
    {
      atMs: 36,
      label: "S1 and S2 are both candidates in term 1, and each has voted for itself.",
      claim: every(stands(1, 1), stands(2, 1), votedFor(1, 1), votedFor(2, 2)),
    },
    {
      atMs: 70,
      label:
        "Two votes each, S3's for S1 and S4's for S2, where three are needed: nobody leads, and all four have voted.",
      claim: every(
        majorityIs(3),
        leadersAre(),
        votedFor(3, 1),
        votedFor(4, 2),
        hasVotesOf(1, 1, 3),
        isRefusedBy(1, 2, 4),
        hasVotesOf(2, 2, 4),
        isRefusedBy(2, 1, 3),
      ),
    },
    {
      atMs: 165,
      label: "S1 is first to try again: it is a candidate in term 2 while S2 is still one in term 1.",
      claim: every(stands(1, 2), stands(2, 1)),
    },
    {
      atMs: 195,
      label: "S1 leads term 2: S2, S3 and S4 have all voted for it this time.",
      claim: every(
        leadersAre(1),
        leads(1, 2),
        votedFor(2, 1),
        votedFor(3, 1),
        votedFor(4, 1),
        inTerm(2, 2),
        inTerm(3, 2),
        inTerm(4, 2),
      ),
    },
  ],
});
