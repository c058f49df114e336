import {
  carries,
  committed,
  diskIs,
  entryIs,
  every,
  follows,
  isDown,
  isHeartbeat,
  isRefusal,
  knowsMatch,
  leads,
  logIs,
  not,
  notUnderWay,
  obeys,
  ofTerm,
  underWay,
} from "./claims.ts";
import { preset } from "./preset.ts";

export const staleMessage = preset({
  id: "stale-message",
  title: "A stale message arrives late",
  group: "Networks and disks",
  notes:
    "Two AppendEntries from S1 to S3 are held up in the network. The first arrives when S3 already has its entry and a newer one: S3 deletes nothing, for an old message is no reason to forget. The second arrives when S2 leads the next term: S3 refuses it because its term is old.",
  file: {
    seed: 14,
    servers: 3,
    latencyMs: [10, 12],
    writeMs: [1, 2],
    actions: [
      { atMs: 0, do: "timer", server: "S1", leftMs: 10 },
      { atMs: 60, do: "request", put: ["x", "1"], server: "S1" },
      { atMs: 75, do: "delay", message: "S1>S3#3", byMs: 150 },
      { atMs: 110, do: "request", put: ["y", "2"], server: "S1" },
      { atMs: 240, do: "delay", message: "S1>S3#7", byMs: 200 },
      { atMs: 250, do: "crash", server: "S1" },
      { atMs: 260, do: "timer", server: "S2", leftMs: 60 },
    ],
    speed: 0.04,
    endMs: 480,
  },
  bookmarks: [
    {
      atMs: 160,
      label:
        "x=1 and y=2 are committed with S2; the message that carries entry 1 to S3 is held up, and S3 has an empty log.",
      claim: every(
        committed(1, 2),
        diskIs(2, 1, 1),
        entryIs(2, 1, "put x=1"),
        entryIs(2, 2, "put y=2"),
        carries(1, 3, 1, 1),
        logIs(3),
      ),
    },
    {
      atMs: 215,
      label: "S1 has sent both entries again and S3 has them; the first message is still under way.",
      claim: every(logIs(3, 1, 1), knowsMatch(1, 3, 2), carries(1, 3, 1, 1)),
    },
    {
      atMs: 236,
      label: "The late message has arrived: it ends at entry 1, and S3 has kept entry 2.",
      claim: every(
        not(carries(1, 3, 1, 1), "the late message is still under way"),
        logIs(3, 1, 1),
        entryIs(3, 2, "put y=2"),
      ),
    },
    {
      atMs: 400,
      label: "S1 is down and S2 leads term 2; a heartbeat of S1, of term 1, is still on its way to S3.",
      claim: every(
        isDown(1),
        leads(2, 2),
        underWay(1, 3, "AppendEntries", (packet) => isHeartbeat(packet) && ofTerm(packet, 1)),
      ),
    },
    {
      atMs: 448,
      label:
        "S3 has refused it, for its term is old: S3 follows S2 in term 2, and its refusal, which names term 2, is on its way to S1.",
      claim: every(
        follows(3, 2),
        obeys(3, 2),
        notUnderWay(1, 3, "AppendEntries"),
        underWay(3, 1, "AppendEntriesReply", (packet) => ofTerm(packet, 2) && isRefusal(packet)),
      ),
    },
  ],
});
