import {
  applied,
  bringsEntry,
  committed,
  confirms,
  diskIs,
  each,
  every,
  isDoubled,
  knowsMatch,
  logIs,
  wasLost,
} from "./claims.ts";
import { preset } from "./preset.ts";

export const lossyNetwork = preset({
  id: "lossy-network",
  title: "A lossy network",
  group: "Networks and disks",
  notes:
    "One message in five is lost, one in ten arrives twice, and latencies vary so much that messages overtake each other. Raft needs no reliable network: the leader sends again what is not confirmed, doubled messages change nothing, and the writes are committed all the same, only later.",
  file: {
    seed: 30,
    servers: 5,
    network: { mode: "automatic", latencyMs: [5, 40], loss: 0.2, duplicate: 0.1 },
    writeMs: [1, 3],
    actions: [
      { atMs: 0, do: "timer", server: "S2", leftMs: 10 },
      { atMs: 150, do: "load", perSecond: 10 },
      { atMs: 1500, do: "load", perSecond: 0 },
    ],
    speed: 0.05,
    endMs: 2000,
  },
  bookmarks: [
    {
      atMs: 218,
      label: "The network has doubled the message that carries entry 1 to S4: both copies are under way.",
      claim: every(
        isDoubled(2, 4, (packet) => bringsEntry(packet, 1)),
        logIs(4),
      ),
    },
    {
      atMs: 236,
      label: "S3 has entry 1 on disk, but its answer was lost: S2 does not know.",
      claim: every(
        diskIs(3, 1),
        wasLost(3, 2, (packet) => confirms(packet, 1)),
        knowsMatch(2, 3, 0),
      ),
    },
    {
      atMs: 330,
      label: "S2 has committed two entries with S1 and S4, although S5 has received neither.",
      claim: every(committed(2, 2), knowsMatch(2, 1, 2), knowsMatch(2, 4, 2), logIs(5)),
    },
    {
      atMs: 1900,
      label: "All five servers have applied the same fourteen entries.",
      claim: every(each([1, 2, 3, 4, 5], (id) => every(applied(id, 14), logIs(id, ...Array(14).fill(1))))),
    },
  ],
});
