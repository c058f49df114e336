import {
  carries,
  committed,
  cutIs,
  diskIs,
  each,
  entryIs,
  every,
  handsOverTo,
  hasEntry,
  knowsMatch,
  lacks,
  leadersAre,
  leads,
  logIs,
  nothingCut,
  notUnderWay,
  requestIs,
  underWay,
} from "./claims.ts";
import { linksBetween, preset } from "./preset.ts";

export const transferLagging = preset({
  id: "transfer-lagging",
  title: "Leadership handed to a lagging server",
  group: "Leaders and partitions",
  notes:
    "S1 is to hand leadership to S3, which lacks entries 2 and 3. S1 first sends what S3 lacks, and takes no commands meanwhile, so that S3 can catch up; a client is sent away. Only once S3 has confirmed everything does S1 tell it to start an election.",
  file: {
    seed: 23,
    servers: 3,
    latencyMs: [10, 13],
    writeMs: [1, 2],
    actions: [
      { atMs: 0, do: "timer", server: "S1", leftMs: 10 },
      { atMs: 60, do: "request", put: ["x", "1"], server: "S1" },
      { atMs: 150, do: "cut", links: linksBetween([1], [3]) },
      { atMs: 155, do: "request", put: ["y", "2"], server: "S1" },
      { atMs: 180, do: "request", put: ["z", "3"], server: "S1" },
      { atMs: 240, do: "mend", links: linksBetween([1], [3]) },
      { atMs: 242, do: "transfer", server: "S1", to: "S3" },
      { atMs: 246, do: "request", put: ["x", "4"], server: "S1" },
    ],
    speed: 0.025,
    endMs: 600,
  },
  bookmarks: [
    {
      atMs: 235,
      label: "S1 has committed entries 2 and 3 with S2; S3 has only entry 1, for nothing from S1 reaches it.",
      claim: every(cutIs(linksBetween([1], [3])), committed(1, 3), diskIs(2, 1, 1, 1), logIs(3, 1)),
    },
    {
      atMs: 265,
      label:
        "The link is mended, and S1 hands leadership to S3 but has not told it to start an election yet; it has not taken the client's write x=4.",
      claim: every(
        nothingCut,
        leads(1, 1),
        handsOverTo(1, 3),
        notUnderWay(1, 3, "TimeoutNow"),
        logIs(3, 1),
        requestIs(4, "put", "asking"),
        lacks(1, "put x=4"),
      ),
    },
    {
      atMs: 290,
      label: "Entries 2 and 3 are on their way to S3.",
      claim: every(handsOverTo(1, 3), carries(1, 3, 2, 3), logIs(3, 1)),
    },
    {
      atMs: 315,
      label: "S3 has all three entries and S1 knows it: now TimeoutNow is on its way.",
      claim: every(diskIs(3, 1, 1, 1), knowsMatch(1, 3, 3), underWay(1, 3, "TimeoutNow")),
    },
    {
      atMs: 350,
      label: "S3 leads term 2, and its log has everything that was committed.",
      claim: every(
        leadersAre(3),
        leads(3, 2),
        committed(1, 3),
        each([1, 3], (id) => every(entryIs(id, 1, "put x=1"), entryIs(id, 2, "put y=2"), entryIs(id, 3, "put z=3"))),
      ),
    },
    {
      atMs: 590,
      label: "The client has found S3, and x=4 is entry 4, of term 2, on all three servers.",
      claim: every(
        requestIs(4, "put", "done", "1"),
        each([1, 2, 3], (id) => every(entryIs(id, 4, "put x=4"), hasEntry(id, 4, 2))),
      ),
    },
  ],
});
