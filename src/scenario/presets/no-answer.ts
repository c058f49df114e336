import {
  carries,
  committed,
  diskIs,
  entryIs,
  every,
  holds,
  isDown,
  knowsMatch,
  leads,
  logIs,
  requestIs,
} from "./claims.ts";
import { preset } from "./preset.ts";

export const noAnswer = preset({
  id: "no-answer",
  title: "The client that got no answer",
  group: "Clients",
  notes:
    "The leader S1 sends a client's write to the others and crashes before it can answer. The client waits, gives up and knows nothing; yet the entry survives in the others' logs, the next leader S2 commits it with its own first entry, and a later read finds the value. No answer does not mean no.",
  file: {
    seed: 2,
    servers: 3,
    latencyMs: [10, 12],
    writeMs: [1, 2],
    actions: [
      { atMs: 0, do: "timer", server: "S1", leftMs: 10 },
      { atMs: 60, do: "request", put: ["y", "9"], server: "S1" },
      { atMs: 84, do: "crash", server: "S1" },
      { atMs: 120, do: "timer", server: "S2", leftMs: 60 },
      { atMs: 300, do: "request", get: "y", server: "S2" },
    ],
    speed: 0.025,
    endMs: 2100,
  },
  bookmarks: [
    {
      atMs: 78,
      label: "y=9 is entry 1 on S1's disk and on its way to S2 and S3.",
      claim: every(leads(1, 1), diskIs(1, 1), entryIs(1, 1, "put y=9"), carries(1, 2, 1, 1), carries(1, 3, 1, 1)),
    },
    {
      atMs: 90,
      label: "S1 is down, S2 and S3 have the entry on disk, and the client waits.",
      claim: every(isDown(1), diskIs(2, 1), diskIs(3, 1), requestIs(1, "put", "asking")),
    },
    {
      atMs: 240,
      label: "S2 leads term 2 and knows that S3 has entry 1 too, yet does not commit it: the entry is of term 1.",
      claim: every(leads(2, 2), logIs(2, 1), knowsMatch(2, 3, 1), committed(2, 0)),
    },
    {
      atMs: 350,
      label: "Both entries are committed on S2, and the client's read has the answer 9; its write still has none.",
      claim: every(
        committed(2, 2),
        logIs(2, 1, 2),
        entryIs(2, 1, "put y=9"),
        requestIs(2, "get", "done", "9"),
        requestIs(1, "put", "asking"),
      ),
    },
    {
      atMs: 2070,
      label: "The client has given up: it does not know what became of y=9, although y is 9 on S2 and S3.",
      claim: every(requestIs(1, "put", "unknown"), holds(2, "y", "9"), holds(3, "y", "9")),
    },
  ],
});
