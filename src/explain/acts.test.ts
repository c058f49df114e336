import { expect, test } from "vitest";
import type { Act } from "../world/acts.ts";
import { actText } from "./acts.ts";

const put = { op: "put", key: "x", value: "1" } as const;
const ref = { from: 1, to: 3, ordinal: 4, copy: 0 } as const;

const acts: { readonly [Kind in Act["do"]]: readonly (readonly [act: Act, text: string])[] } = {
  crash: [
    [{ do: "crash", server: 1 }, "crash S1"],
    [{ do: "crash", server: 1, for: 1_200_000 }, "crash S1 for 1.2 s"],
    [{ do: "crash", server: 1, at: "tornWrite", for: 50_000 }, "crash S1 in the middle of its next write for 50 ms"],
  ],
  restart: [[{ do: "restart", server: 1 }, "restart S1"]],
  pause: [[{ do: "pause", server: 1, for: 180_000_000 }, "pause S1 for 3 min"]],
  resume: [[{ do: "resume", server: 1 }, "resume S1"]],
  timeout: [[{ do: "timeout", server: 1 }, "fire the election timer of S1"]],
  heartbeat: [[{ do: "heartbeat", server: 1 }, "fire the heartbeat timer of S1"]],
  timer: [[{ do: "timer", server: 1, left: 20_500 }, "set the election timer of S1 to 20.5 ms"]],
  cut: [
    [{ do: "cut", links: [[1, 2]] }, "cut S1→S2"],
    [
      { do: "cut", links: [1, 2, 3, 4, 5].map((to) => [6, to] as const) },
      "cut S6→S1, S6→S2, S6→S3, S6→S4 and 1 more link",
    ],
  ],
  mend: [[{ do: "mend", links: [[0, 2]] }, "mend the client→S2"]],
  partition: [[{ do: "partition", groups: [[1, 2], [3]] }, "partition: S1 and S2 | S3"]],
  heal: [[{ do: "heal" }, "heal all links"]],
  request: [
    [{ do: "request", operation: put }, "client asks the leader: put x=1"],
    [{ do: "request", operation: { op: "delete", key: "x" }, server: 2 }, "client asks S2: delete x"],
  ],
  load: [
    [{ do: "load", perSecond: 8 }, "client asks 8 times a second"],
    [{ do: "load", perSecond: 0 }, "stop the client's load"],
  ],
  compact: [[{ do: "compact", server: 1 }, "make a snapshot at S1 and discard the log before it"]],
  transfer: [[{ do: "transfer", server: 1, to: 2 }, "ask S1 that S2 shall lead"]],
  members: [
    [
      { do: "members", server: 1, changes: [{ type: "add", server: 4 }], transition: "auto" },
      "propose at S1 to add S4",
    ],
    [
      {
        do: "members",
        server: 1,
        changes: [
          { type: "add", server: 4 },
          { type: "remove", server: 2 },
        ],
        transition: "explicit",
      },
      "propose at S1 to add S4 and remove S2, joint until told otherwise",
    ],
    [
      { do: "members", server: 1, changes: [{ type: "remove", server: 2 }], transition: "implicit" },
      "propose at S1 to remove S2, through a joint configuration",
    ],
    [{ do: "members", server: 1, changes: [], transition: "auto" }, "propose at S1 to leave the joint configuration"],
  ],
  forget: [[{ do: "forget", server: 1 }, "let S1 forget its leader"]],
  deliver: [[{ do: "deliver", message: ref }, "deliver S1>S3#4"]],
  drop: [[{ do: "drop", message: ref }, "drop S1>S3#4"]],
  duplicate: [[{ do: "duplicate", message: ref }, "duplicate S1>S3#4"]],
  delay: [[{ do: "delay", message: ref, by: 30_000 }, "delay S1>S3#4 by 30 ms"]],
  network: [
    [{ do: "network", mode: "manual" }, "network: manual"],
    [
      {
        do: "network",
        link: { latencyMin: 10_000, latencyMax: 20_000, loss: 50_000, duplicate: 0, bandwidth: null },
        links: [[1, 2]],
      },
      "network: latency 10 ms to 20 ms, loss 5 %, duplicates 0 % on S1→S2",
    ],
    [
      { do: "network", link: { latencyMin: 0, latencyMax: 0, loss: 0, duplicate: 0, bandwidth: 20_000 } },
      "network: latency 0 ms, loss 0 %, duplicates 0 %, 20000 bytes a second",
    ],
  ],
  disk: [
    [{ do: "disk", disk: { writeMin: 2000, writeMax: 2000 }, server: 3 }, "disk of S3: a write takes 2 ms"],
    [{ do: "disk", disk: { writeMin: 1000, writeMax: 2000 } }, "disks: a write takes 1 ms to 2 ms"],
  ],
  options: [
    [
      { do: "options", server: 2, options: { heartbeatInterval: 20_000, preVote: true } },
      "set at S2: pre-vote on, heartbeat interval 20 ms",
    ],
    [
      { do: "options", options: { flow: "window", electionTimeoutMin: 300_000, electionTimeoutMax: 600_000 } },
      "set at all servers: election timeout 300 to 600 ms, flow: a window of requests",
    ],
    [{ do: "options", options: { snapshotAfter: 0 } }, "set at all servers: snapshot after: only by hand"],
  ],
  clock: [
    [{ do: "clock", server: 1, offset: 5000, drift: -50_000 }, "clock of S1: set 5 ms ahead, goes 5 % too slow"],
    [{ do: "clock", server: 1, offset: 0, drift: 0 }, "clock of S1: set right, goes right"],
    [{ do: "clock", server: 2, jump: -300_000, drift: 100 }, "clock of S2: jumps 300 ms back, goes 0.01 % too fast"],
  ],
  powerLoss: [[{ do: "powerLoss", servers: [1, 3], for: 1_000_000 }, "cut the power of S1 and S3 for 1 s"]],
  slowDisk: [
    [{ do: "slowDisk", server: 2, write: [50_000, 200_000] }, "slow the disk of S2: a write takes 50 ms to 200 ms"],
  ],
  stalledDisk: [[{ do: "stalledDisk", server: 2, for: 500_000 }, "stall the disk of S2 for 500 ms"]],
  fullDisk: [[{ do: "fullDisk", server: 2 }, "fill the disk of S2"]],
  lyingDisk: [[{ do: "lyingDisk", server: 2 }, "let the disk of S2 lie about sync"]],
  corruptEntry: [
    [
      { do: "corruptEntry", server: 2, index: 4, found: "staysDown" },
      "corrupt entry 4 on the disk of S2, which then does not start from it",
    ],
    [
      { do: "corruptEntry", server: 2, found: "truncates" },
      "corrupt the last entry on the disk of S2, which then discards its log from there on",
    ],
  ],
  mendDisk: [[{ do: "mendDisk", server: 2 }, "repair the disk of S2"]],
  flap: [
    [
      { do: "flap", links: [[1, 2]], down: 100_000, up: 50_000, for: 2_000_000 },
      "flap S1→S2: 100 ms down, 50 ms up for 2 s",
    ],
  ],
  isolate: [
    [{ do: "isolate", servers: [1], way: "in" }, "deafen S1"],
    [{ do: "isolate", servers: [1, 2], way: "both", for: 500_000 }, "cut off S1 and S2 for 500 ms"],
  ],
  ring: [
    [{ do: "ring" }, "ring of majorities"],
    [{ do: "ring", servers: [2, 1, 3, 4] }, "ring of majorities: S2, S1, S3 and S4"],
  ],
  bridge: [[{ do: "bridge", server: 3, servers: [1, 2] }, "bridge at S3, S1 and S2 on one side"]],
  lose: [[{ do: "lose", loss: 200_000, links: [[1, 2]] }, "lose 20 % of the messages on S1→S2"]],
  repeat: [[{ do: "repeat", duplicate: 10_000, for: 1_000_000 }, "double 1 % of the messages for 1 s"]],
  reorder: [
    [{ do: "reorder", share: 300_000, by: [10_000, 100_000] }, "hold back 30 % of the messages by 10 ms to 100 ms"],
  ],
  delaySpike: [[{ do: "delaySpike", by: [400_000, 400_000] }, "slow messages by 400 ms"]],
  narrow: [[{ do: "narrow", bandwidth: 20_000 }, "narrow links to 20000 bytes a second"]],
  repair: [[{ do: "repair" }, "repair everything"]],
  nemesis: [
    [
      { do: "nemesis", id: 1, fault: "crash", every: [2_000_000, 5_000_000], for: [500_000, 1_500_000], given: {} },
      "nemesis 1: crash every 2 s to 5 s, for 500 ms to 1.5 s",
    ],
  ],
  reseed: [[{ do: "reseed", seed: 7 }, "draw chance from seed 7 from here on"]],
  calm: [
    [{ do: "calm" }, "stop all nemeses"],
    [{ do: "calm", id: 2 }, "stop nemesis 2"],
  ],
};

test.each(Object.values(acts).flat())("an act: %j is told as “%s”", (act, text) => {
  expect(actText(act)).toBe(text);
});
