import {
  each,
  every,
  follows,
  handsOverTo,
  knowsMatch,
  lastEntry,
  leadersAre,
  leads,
  obeys,
  stands,
  underWay,
  votedFor,
} from "./claims.ts";
import { preset } from "./preset.ts";

export const transferReady = preset({
  id: "transfer",
  title: "Leadership handed over",
  group: "Leaders and partitions",
  notes:
    "S1 hands leadership to S3, as before maintenance. S3's log is complete, so S1 at once tells it to start an election; S3 need not wait for its timer, and nobody has to notice a missing leader. S1 takes no commands meanwhile. See also what happens if the target lags behind, or is down.",
  file: {
    seed: 23,
    servers: 3,
    latencyMs: [10, 13],
    writeMs: [1, 2],
    actions: [
      { atMs: 0, do: "timer", server: "S1", leftMs: 10 },
      { atMs: 60, do: "request", put: ["x", "1"], server: "S1" },
      { atMs: 170, do: "transfer", server: "S1", to: "S3" },
    ],
    speed: 0.025,
    endMs: 300,
  },
  bookmarks: [
    {
      atMs: 165,
      label: "S1 leads term 1, and S1 knows that S3's log is complete.",
      claim: every(leads(1, 1), lastEntry(1, 1), knowsMatch(1, 3, 1)),
    },
    {
      atMs: 175,
      label: "S1 hands leadership to S3: TimeoutNow is on its way to S3.",
      claim: every(leads(1, 1), handsOverTo(1, 3), underWay(1, 3, "TimeoutNow")),
    },
    {
      atMs: 184,
      label:
        "S3 is a candidate in term 2, and its requests for votes are on their way to S1 and S2; S1 still leads term 1.",
      claim: every(stands(3, 2), leads(1, 1), underWay(3, 1, "RequestVote"), underWay(3, 2, "RequestVote")),
    },
    {
      atMs: 207,
      label: "S3 leads term 2 with the votes of all three; S1 is a follower.",
      claim: every(
        leadersAre(3),
        leads(3, 2),
        each([1, 2, 3], (id) => votedFor(id, 3)),
        follows(1, 2),
      ),
    },
    {
      atMs: 290,
      label: "S1 and S2 follow S3 in term 2.",
      claim: every(
        leads(3, 2),
        each([1, 2], (id) => every(follows(id, 2), obeys(id, 3))),
      ),
    },
  ],
});
