import type { ActionJson } from "../acts.ts";
import {
  applied,
  asksFirst,
  bandwidthIs,
  countUnderWay,
  every,
  follows,
  holds,
  isRefusedBy,
  keeps,
  knowsMatch,
  leadersAre,
  leads,
  requestIs,
  snapshotIs,
  underWay,
} from "./claims.ts";
import { linksBetween, preset } from "./preset.ts";

/** Twenty keys with fifty characters each. */
const writes = Array.from({ length: 20 }, (_, at): ActionJson => {
  const value = `value ${at + 1} `.repeat(8).slice(0, 50);
  return { atMs: 200 + 20 * at, do: "request", put: [`k${at + 1}`, value], server: "S1" };
});

export const slowSnapshot = preset({
  id: "slow-snapshot",
  title: "A snapshot on a narrow link",
  group: "Logs",
  notes:
    "Profile etcd with pre-vote. S3 was down while the others wrote a kilobyte and discarded their logs, so it needs a snapshot; and the link from S1 to it carries only 2,000 bytes a second. The snapshot takes half a second, and the heartbeats queue behind it: S3 hears nothing for longer than its election timeout. With pre-vote it asks in vain and harms nobody. Give it more bandwidth, or no pre-vote, and see what changes.",
  file: {
    seed: 21,
    servers: 3,
    profile: "etcd",
    options: { snapshotAfter: 8, preVote: true },
    latencyMs: [10, 13],
    writeMs: [1, 2],
    actions: [
      { atMs: 0, do: "timer", server: "S1", leftMs: 10 },
      { atMs: 160, do: "crash", server: "S3" },
      ...writes,
      { atMs: 790, do: "network", latencyMs: [10, 13], bandwidth: 2000, links: linksBetween([1], [3]) },
      { atMs: 800, do: "restart", server: "S3" },
      { atMs: 1000, do: "request", put: ["x", "1"], server: "S1" },
    ],
    speed: 0.1,
    endMs: 1700,
  },
  bookmarks: [
    {
      atMs: 795,
      label: "S1 has applied 21 entries and discarded the first 16; S3's link from it carries 2,000 bytes a second.",
      claim: every(leads(1, 1), applied(1, 21), keeps(1, 16, 21), bandwidthIs(1, 3, 2000), bandwidthIs(3, 1, null)),
    },
    {
      atMs: 1060,
      label:
        "A snapshot of 1,051 bytes is on its way to S3, three heartbeats behind it; the client's x=1 is done meanwhile.",
      claim: every(
        underWay(1, 3, "InstallSnapshot"),
        snapshotIs(1, 3, 21, 1051),
        countUnderWay(4, 1, 3, "Heartbeat"),
        requestIs(21, "put", "done"),
      ),
    },
    {
      atMs: 1130,
      label: "S3 has heard nothing for its election timeout and asks for pre-votes; the snapshot is still under way.",
      claim: every(asksFirst(3, 1), underWay(1, 3, "InstallSnapshot"), leadersAre(1)),
    },
    {
      atMs: 1400,
      label: "S2 has refused S3, whose log is old; S1's answer waits behind the snapshot, and S1 leads on in term 1.",
      claim: every(isRefusedBy(3, 2), underWay(1, 3, "PreVoteReply"), leads(1, 1), underWay(1, 3, "InstallSnapshot")),
    },
    {
      atMs: 1460,
      label: "The snapshot has arrived: S3 follows S1 and has everything up to entry 21.",
      claim: every(follows(3, 1), keeps(3, 21, 21), applied(3, 21), holds(3, "k20", writes[19]!.put![1])),
    },
    {
      atMs: 1690,
      label: "Entry 22, x=1, has followed as an entry, and all three servers have the same state.",
      claim: every(knowsMatch(1, 3, 22), applied(3, 22), holds(3, "x", "1"), holds(2, "x", "1")),
    },
  ],
});
