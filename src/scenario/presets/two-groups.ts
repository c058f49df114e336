import {
  committed,
  each,
  every,
  follows,
  holds,
  inGroup,
  isDown,
  lacks,
  leadersAre,
  leads,
  obeys,
  requestIs,
} from "./claims.ts";
import { preset } from "./preset.ts";

export const twoGroups = preset({
  id: "two-groups",
  title: "Two groups on five machines",
  group: "Leaders and partitions",
  notes:
    "Large stores are split: each part of the keys has a Raft group of its own, and all groups run over the same machines. Here x belongs to group 1, which S1 leads, and y to group 2, which S2 leads. When S1 crashes, both groups lose a server, but only group 1 loses its leader: y goes on at once, x waits for an election. Then S3 comes to lead both groups, and its crash stops both.",
  file: {
    seed: 51,
    servers: 5,
    groups: 2,
    latencyMs: [10, 13],
    writeMs: [2, 3],
    actions: [
      { atMs: 0, do: "timer", server: "S1", leftMs: 10 },
      { atMs: 0, do: "timer", server: "S2", leftMs: 10, group: 2 },
      { atMs: 60, do: "request", put: ["x", "1"], server: "S1" },
      { atMs: 60, do: "request", put: ["y", "1"], server: "S2" },
      { atMs: 170, do: "crash", server: "S1" },
      { atMs: 190, do: "request", put: ["y", "2"], server: "S2" },
      { atMs: 200, do: "timer", server: "S3", leftMs: 90 },
      { atMs: 360, do: "request", put: ["x", "2"], server: "S3" },
      { atMs: 480, do: "timeout", server: "S3", group: 2 },
      { atMs: 560, do: "crash", server: "S3" },
      { atMs: 580, do: "timer", server: "S2", leftMs: 50 },
      { atMs: 580, do: "timer", server: "S4", leftMs: 60, group: 2 },
      { atMs: 650, do: "restart", server: "S1" },
      { atMs: 720, do: "request", put: ["x", "3"], server: "S2" },
      { atMs: 720, do: "request", put: ["y", "3"], server: "S4" },
    ],
    speed: 0.05,
    endMs: 900,
  },
  bookmarks: [
    {
      atMs: 160,
      label: "S1 leads group 1, S2 leads group 2; all five servers have x=1 in the one and y=1 in the other.",
      claim: every(
        inGroup(1, every(leadersAre(1), eachHolds([1, 2, 3, 4, 5], "x", "1"))),
        inGroup(2, every(leadersAre(2), eachHolds([1, 2, 3, 4, 5], "y", "1"))),
        inGroup(1, holds(3, "y", null)),
        inGroup(2, holds(3, "x", null)),
      ),
    },
    {
      atMs: 250,
      label: "S1 is down in both groups: nobody leads group 1, while y=2 is committed in group 2 and its client knows.",
      claim: every(
        inGroup(1, every(isDown(1), leadersAre())),
        inGroup(2, every(isDown(1), leadersAre(2), committed(2, 2), holds(2, "y", "2"))),
        requestIs(3, "put", "done", "1"),
      ),
    },
    {
      atMs: 450,
      label: "S3 leads group 1 in term 2 and has committed x=2; group 2 is still in term 1 under S2.",
      claim: every(
        inGroup(1, every(leads(3, 2), committed(3, 2), holds(3, "x", "2"), lacks(1, "put x=2"))),
        inGroup(2, every(leads(2, 1), obeys(3, 2))),
      ),
    },
    {
      atMs: 550,
      label: "S3 leads both groups, each in its term 2, and S2 follows it in both.",
      claim: every(
        inGroup(1, every(leads(3, 2), follows(2, 2), obeys(2, 3))),
        inGroup(2, every(leads(3, 2), follows(2, 2), obeys(2, 3))),
      ),
    },
    {
      atMs: 620,
      label: "One crash has left both groups without a leader.",
      claim: every(inGroup(1, every(isDown(3), leadersAre())), inGroup(2, every(isDown(3), leadersAre()))),
    },
    {
      atMs: 890,
      label: "S2 leads group 1 and S4 leads group 2, each in term 3; x is 3 and y is 3, and S1, back again, has both.",
      claim: every(
        inGroup(1, every(leadersAre(2), leads(2, 3), eachHolds([1, 2, 4, 5], "x", "3"))),
        inGroup(2, every(leadersAre(4), leads(4, 3), eachHolds([1, 2, 4, 5], "y", "3"))),
      ),
    },
  ],
});

function eachHolds(ids: readonly number[], key: string, value: string) {
  return each(ids, (id) => holds(id, key, value));
}
