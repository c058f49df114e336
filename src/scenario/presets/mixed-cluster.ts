import {
  asksFirst,
  each,
  every,
  follows,
  hasOption,
  holds,
  inTerm,
  isRefusedBy,
  leadersAre,
  leads,
  nothingCut,
  obeys,
  stands,
} from "./claims.ts";
import { newServers, preset } from "./preset.ts";

const upgraded = [1, 2, 4];

export const mixedCluster = preset({
  id: "mixed-cluster",
  title: "A half-upgraded cluster",
  group: "Leaders and partitions",
  notes:
    "A cluster is upgraded server by server: S1, S2 and S4 have pre-vote switched on, S3 and S5 not yet. All understand the new messages, so nothing breaks. But what an option is worth depends on who has it: S4, cut off, asks in vain and comes back with the term with which it left; S5, cut off as long, comes back with term 5 and makes S1 step down, although S1 has pre-vote itself. A disruptive server is cured only by the option of its own.",
  file: {
    seed: 6,
    servers: newServers([1, 2, 3, 4, 5], "voter").map((server, at) =>
      upgraded.includes(at + 1) ? { ...server, options: { preVote: true } } : server,
    ),
    latencyMs: [10, 13],
    writeMs: [1, 2],
    actions: [
      { atMs: 0, do: "timer", server: "S1", leftMs: 10 },
      { atMs: 60, do: "request", put: ["x", "1"], server: "S1" },
      { atMs: 170, do: "partition", groups: [["S1", "S2", "S3"], ["S4"], ["S5"]] },
      { atMs: 200, do: "request", put: ["y", "2"], server: "S1" },
      { atMs: 810, do: "partition", groups: [["S1", "S2", "S3", "S4"], ["S5"]] },
      { atMs: 812, do: "timeout", server: "S4" },
      { atMs: 1000, do: "heal" },
      { atMs: 1002, do: "timeout", server: "S5" },
      { atMs: 1025, do: "timer", server: "S1", leftMs: 20 },
    ],
    speed: 0.1,
    endMs: 1250,
  },
  bookmarks: [
    {
      atMs: 15,
      label: "S1 has pre-vote and asks first, in term 0; S3 and S5, which do not have it, are asked too.",
      claim: every(
        asksFirst(1, 0),
        each(upgraded, (id) => hasOption(id, "preVote", true)),
        each([3, 5], (id) => hasOption(id, "preVote", false)),
      ),
    },
    {
      atMs: 165,
      label: "S1 leads term 1, and x is 1 on all five servers.",
      claim: every(
        leads(1, 1),
        each([1, 2, 3, 4, 5], (id) => holds(id, "x", "1")),
      ),
    },
    {
      atMs: 800,
      label: "S4 and S5 are cut off: S4 asks first and is still in term 1, S5 stands for election and is in term 3.",
      claim: every(asksFirst(4, 1), stands(5, 3), leadersAre(1)),
    },
    {
      atMs: 845,
      label: "S4 is back and has asked; S1, S2 and S3 have refused it, and S1 leads on in term 1.",
      claim: every(
        isRefusedBy(4, 1, 2, 3),
        leads(1, 1),
        each([1, 2, 3, 4], (id) => inTerm(id, 1)),
      ),
    },
    {
      atMs: 1024,
      label: "S5 is back and has not asked first: all five are in term 5, S1 has stepped down, and nobody leads.",
      claim: every(
        nothingCut,
        leadersAre(),
        follows(1, 5),
        each([1, 2, 3, 4, 5], (id) => inTerm(id, 5)),
      ),
    },
    {
      atMs: 1240,
      label: "S1 leads again, in term 6: an election that nobody needed.",
      claim: every(
        leadersAre(1),
        leads(1, 6),
        each([2, 3, 4, 5], (id) => obeys(id, 1)),
      ),
    },
  ],
});
