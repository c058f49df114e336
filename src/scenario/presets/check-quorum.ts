import {
  committed,
  cutIs,
  diskIs,
  each,
  entryIs,
  every,
  follows,
  holds,
  lacks,
  leadersAre,
  leads,
  logIs,
  obeys,
  requestIs,
  stands,
} from "./claims.ts";
import { bothWays, preset } from "./preset.ts";

export const checkQuorum = preset({
  id: "check-quorum",
  title: "A leader that is cut off steps down",
  group: "Leaders and partitions",
  notes:
    "The leader S1 is cut off from everybody. With option check-quorum it looks once per election timeout whom it has heard, finds nobody, and steps down, although nobody has told it of a higher term. From then on it sends clients away instead of taking writes that it cannot commit. Without the option it would go on as leader, as in the story of two leaders at once.",
  file: {
    seed: 3,
    servers: 5,
    latencyMs: [10, 13],
    writeMs: [1, 2],
    options: { checkQuorum: true },
    actions: [
      { atMs: 0, do: "timer", server: "S1", leftMs: 10 },
      { atMs: 60, do: "request", put: ["x", "1"], server: "S1" },
      { atMs: 190, do: "partition", groups: [["S1"], ["S2", "S3", "S4", "S5"]] },
      { atMs: 200, do: "request", put: ["y", "9"], server: "S1" },
      { atMs: 345, do: "request", put: ["z", "3"], server: "S1" },
    ],
    speed: 0.05,
    endMs: 550,
  },
  bookmarks: [
    {
      atMs: 185,
      label: "S1 leads term 1, and x=1 is applied on all five servers.",
      claim: every(
        leads(1, 1),
        each([1, 2, 3, 4, 5], (id) => holds(id, "x", "1")),
      ),
    },
    {
      atMs: 300,
      label: "S1 is cut off and has taken y=9, which is on its own disk only; it still leads term 1.",
      claim: every(
        cutIs(bothWays([1], [2, 3, 4, 5])),
        leads(1, 1),
        entryIs(1, 2, "put y=9"),
        diskIs(1, 1, 1),
        each([2, 3, 4, 5], (id) => logIs(id, 1)),
      ),
    },
    {
      atMs: 340,
      label:
        "S1 has stepped down: it is a follower, still in term 1, and knows no leader; S4 is a candidate in term 2.",
      claim: every(follows(1, 1), obeys(1, 0), leadersAre(), stands(4, 2)),
    },
    {
      atMs: 400,
      label: "S4 leads term 2; S1 has sent the client away, so z=3 is not in its log.",
      claim: every(leadersAre(4), leads(4, 2), follows(1, 1), requestIs(3, "put", "asking"), lacks(1, "put z=3")),
    },
    {
      atMs: 548,
      label: "The client has found S4, and z=3 is done; y=9, which S1 took while it was cut off, is not committed.",
      claim: every(
        requestIs(3, "put", "done"),
        entryIs(4, 2, "put z=3"),
        committed(4, 2),
        entryIs(1, 2, "put y=9"),
        committed(1, 1),
        requestIs(2, "put", "asking"),
      ),
    },
  ],
});
