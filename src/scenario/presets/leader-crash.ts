import {
  applied,
  each,
  entryIs,
  every,
  follows,
  holds,
  isDown,
  leadersAre,
  leads,
  logIs,
  obeys,
  stands,
} from "./claims.ts";
import { preset } from "./preset.ts";

export const leaderCrash = preset({
  id: "leader-crash",
  title: "Leader crash",
  group: "Basics",
  notes:
    "S1 leads and has committed a write when it crashes. The others hear no more heartbeats; S4's timer runs out first and S4 leads the next term, with the committed entry in its log. When S1 comes back it finds a higher term and follows.",
  file: {
    seed: 5,
    servers: 5,
    latencyMs: [10, 13],
    writeMs: [1, 2],
    actions: [
      { atMs: 0, do: "timer", server: "S1", leftMs: 10 },
      { atMs: 60, do: "request", put: ["x", "1"], server: "S1" },
      { atMs: 170, do: "crash", server: "S1" },
      { atMs: 200, do: "timer", server: "S4", leftMs: 60 },
      { atMs: 420, do: "request", put: ["y", "2"], server: "S4" },
      { atMs: 520, do: "restart", server: "S1" },
    ],
    speed: 0.05,
    endMs: 640,
  },
  bookmarks: [
    {
      atMs: 160,
      label: "S1 leads term 1, and x=1 is applied on all five servers.",
      claim: every(
        leads(1, 1),
        each([1, 2, 3, 4, 5], (id) => every(applied(id, 1), holds(id, "x", "1"))),
      ),
    },
    {
      atMs: 190,
      label: "S1 is down; the four others still take it for the leader of term 1.",
      claim: every(
        isDown(1),
        each([2, 3, 4, 5], (id) => every(follows(id, 1), obeys(id, 1))),
      ),
    },
    {
      atMs: 268,
      label: "S4's timer ran out first: it is a candidate in term 2 and nobody leads.",
      claim: every(
        stands(4, 2),
        leadersAre(),
        each([2, 3, 5], (id) => follows(id, 1)),
      ),
    },
    {
      atMs: 320,
      label: "S4 leads term 2 with the committed entry in its log, and S2, S3 and S5 follow it.",
      claim: every(
        leadersAre(4),
        leads(4, 2),
        logIs(4, 1),
        entryIs(4, 1, "put x=1"),
        each([2, 3, 5], (id) => every(follows(id, 2), obeys(id, 4))),
      ),
    },
    {
      atMs: 505,
      label: "y=2 is applied on the four servers that run; S1 is still down.",
      claim: every(
        isDown(1),
        each([2, 3, 4, 5], (id) => every(applied(id, 2), holds(id, "y", "2"))),
      ),
    },
    {
      atMs: 600,
      label: "S1 is back: it follows S4 in term 2 and has applied both writes.",
      claim: every(follows(1, 2), obeys(1, 4), logIs(1, 1, 2), applied(1, 2), holds(1, "x", "1"), holds(1, "y", "2")),
    },
  ],
});
