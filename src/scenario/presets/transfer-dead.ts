import {
  committed,
  entryIs,
  every,
  handsOverTo,
  isDown,
  knowsMatch,
  lacks,
  leads,
  notUnderWay,
  requestIs,
  underWay,
} from "./claims.ts";
import { preset } from "./preset.ts";

export const transferDead = preset({
  id: "transfer-dead",
  title: "Leadership handed to a dead server",
  group: "Leaders and partitions",
  notes:
    "S1 is to hand leadership to S3, which has crashed. TimeoutNow reaches nobody, and no election follows. S1 takes no commands while it waits; after an election timeout it gives up, takes commands again and leads on as if nothing had been.",
  file: {
    seed: 23,
    servers: 3,
    latencyMs: [10, 13],
    writeMs: [1, 2],
    actions: [
      { atMs: 0, do: "timer", server: "S1", leftMs: 10 },
      { atMs: 60, do: "request", put: ["x", "1"], server: "S1" },
      { atMs: 150, do: "crash", server: "S3" },
      { atMs: 170, do: "transfer", server: "S1", to: "S3" },
      { atMs: 190, do: "request", put: ["y", "2"], server: "S1" },
    ],
    speed: 0.05,
    endMs: 600,
  },
  bookmarks: [
    { atMs: 160, label: "S1 leads term 1; S3 is down.", claim: every(leads(1, 1), isDown(3)) },
    {
      atMs: 175,
      label: "S1 hands leadership to S3: TimeoutNow is on its way to a server that is down.",
      claim: every(handsOverTo(1, 3), underWay(1, 3, "TimeoutNow"), isDown(3)),
    },
    {
      atMs: 250,
      label: "S1 still leads term 1 and waits; it has not taken the client's write y=2.",
      claim: every(
        leads(1, 1),
        handsOverTo(1, 3),
        notUnderWay(1, 3, "TimeoutNow"),
        requestIs(2, "put", "asking"),
        lacks(1, "put y=2"),
      ),
    },
    { atMs: 325, label: "S1 has given the transfer up and leads on.", claim: every(leads(1, 1), handsOverTo(1, 0)) },
    {
      atMs: 450,
      label: "S1 has taken y=2 after all, and committed it with S2; its term is still 1.",
      claim: every(
        leads(1, 1),
        requestIs(2, "put", "done"),
        entryIs(1, 2, "put y=2"),
        committed(1, 2),
        knowsMatch(1, 2, 2),
        isDown(3),
      ),
    },
  ],
});
