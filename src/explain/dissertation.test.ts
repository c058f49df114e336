import { profiles, type RaftOptions } from "../raft/options.ts";
import type { Act } from "../world/acts.ts";
import { ms, put, request } from "../world/fixtures.ts";
import type { DiskSettings, LinkSettings } from "../world/state/setup.ts";
import { calmly, crash, cutOff, heal, replace, restart, standsReady, stories, timeout } from "./fixtures.ts";

// A machine that is busy with other things may take its time.
/** What Ongaro's dissertation adds to the paper, chapter by chapter. */

type Given = Parameters<typeof calmly>;
/** Its profile, with short timeouts: nobody who hears a leader fires, and 100 ms of silence are enough to vote again. */
function thesis(given: Given[0] = {}, options: Partial<RaftOptions> = {}, patch: Given[2] = {}) {
  const times = { electionTimeoutMin: 100 * ms, electionTimeoutMax: 3000 * ms };
  return calmly({ raft: profiles.dissertation, ...given }, { ...times, ...options }, patch);
}

const transfer = (to: number): Act => ({ do: "transfer", server: 1, to });
const one = (type: "add" | "remove" | "learner", server: number, at = 1): Act => ({
  do: "members",
  server: at,
  changes: [{ type, server }],
  transition: "auto",
});
const write = (value: string, server = 1): Act => request(put("x", value), server);
const read = (server = 1): Act => request({ op: "get", key: "x" }, server);
const farther: LinkSettings = { latencyMin: 30 * ms, latencyMax: 30 * ms, loss: 0, duplicate: 0, bandwidth: null };
const slow: DiskSettings = { writeMin: 60 * ms, writeMax: 60 * ms };

stories("dissertation", {
  "3.5-backtracking": {
    title: "D 3.5 a refusal names the conflicting term and where it begins: the leader skips that term at once",
    setup: thesis({
      logs: [
        [1, 1, 1, 4, 4, 4],
        [1, 1, 1, 4, 4, 4],
        [1, 1, 1, 2, 2, 2],
      ],
    }),
    acts: [[0, timeout(1)]],
    until: 120,
  },
  "3.10-transfer": {
    title: "D 3.10 leadership is handed to a server that has the whole log: it campaigns at once, and nobody objects",
    setup: thesis(),
    acts: [
      [0, timeout(1)],
      [100, transfer(2)],
    ],
    from: 100,
    until: 160,
  },
  "3.10-lagging-target": {
    title: "D 3.10 a target that lags behind gets the log first; meanwhile the leader takes no commands",
    setup: thesis(),
    acts: [
      [0, timeout(1)],
      [60, { do: "network", link: farther, links: [[1, 2]] }],
      [90, write("1")],
      [105, transfer(2)],
      [106, write("2")],
    ],
    from: 100,
    until: 240,
  },
  "3.10-dead-target": {
    title: "D 3.10 a transfer to a server that is down is given up after an election timeout",
    setup: thesis(),
    acts: [
      [0, timeout(1)],
      [90, crash(2)],
      [100, transfer(2)],
      [110, write("1")],
      [210, write("2")],
    ],
    from: 100,
    until: 270,
  },
  "4.1-on-append": {
    title: "D 4.1 a new configuration counts as soon as its entry is in the log: the new server is needed to commit it",
    setup: thesis({ servers: 4 }, {}, { 4: standsReady }),
    acts: [
      [0, timeout(1)],
      [80, crash(3)],
      [100, one("add", 4)],
    ],
    from: 100,
    until: 200,
  },
  "4.1-rolled-back": {
    title: "D 4.1 an entry that is overwritten takes its configuration with it",
    setup: thesis({ servers: 4 }, {}, { 4: standsReady }),
    acts: [
      [0, timeout(1)],
      [80, cutOff(1, 4)],
      [81, one("add", 4)],
      [260, timeout(2)],
      [360, heal],
    ],
    from: 81,
    until: 460,
  },
  "4.1-one-at-a-time": {
    title: "D 4.1 a second change waits for the first: it is refused, and the reason is told",
    setup: thesis({ servers: 5 }, {}, { 4: standsReady, 5: standsReady }),
    acts: [
      [0, timeout(1)],
      [100, one("add", 4)],
      [101, one("add", 5)],
      [200, one("add", 5)],
    ],
    from: 100,
    until: 250,
  },
  "4.1-own-commit-first": {
    title: "D 4.1, as corrected in 2015, a new leader changes nothing before it has committed an entry of its own term",
    setup: thesis({ servers: 4 }, {}, { 4: standsReady }),
    acts: [
      [0, timeout(1)],
      [50, one("add", 4)],
      [80, one("add", 4)],
    ],
    from: 42,
    until: 130,
  },
  "4.2.1-learner-first": {
    title: "D 4.2.1 a new server catches up as a learner, which no majority needs, and votes only then",
    setup: thesis(
      {
        servers: 4,
        logs: [
          [1, 1, 1],
          [1, 1, 1],
          [1, 1, 1],
        ],
      },
      {},
      { 4: standsReady },
    ),
    acts: [
      [0, timeout(1)],
      [100, one("learner", 4)],
      [200, one("add", 4)],
    ],
    from: 100,
    until: 290,
  },
  "4.2.2-leader-removed": {
    title:
      "D 4.2.2 a leader that removes itself leads until that is committed, without counting itself; then it steps down",
    setup: thesis(),
    acts: [
      [0, timeout(1)],
      [100, one("remove", 1)],
      [250, timeout(2)],
    ],
    from: 100,
    until: 300,
  },
  "4.2.3-disruptive": {
    title: "D 4.2.3 a server that was removed and does not know it disturbs nobody",
    setup: thesis({}, { preVote: false }),
    acts: [
      [0, timeout(1)],
      [90, { do: "cut", links: [[1, 3]] }],
      [91, one("remove", 3)],
      [200, timeout(3)],
    ],
    from: 91,
    until: 240,
  },
  "4.3-joint": {
    title: "D 4.3 two servers at once go through a joint configuration, which the leader leaves by itself",
    setup: thesis({ servers: 5 }, {}, { 4: standsReady, 5: standsReady }),
    acts: [
      [0, timeout(1)],
      [100, replace([4, 5], [2, 3])],
    ],
    from: 100,
    until: 240,
  },
  "5.1-snapshot": {
    title: "D 5.1 entries follow a snapshot once the follower's answer shows that it has it",
    setup: thesis({}, { snapshotAfter: 2 }),
    acts: [
      [0, timeout(1)],
      [75, cutOff(3)],
      [80, write("1")],
      [120, write("2")],
      [175, heal],
      [180, write("3")],
    ],
    from: 140,
    until: 300,
  },
  "6.2-quorum-lost": {
    title: "D 6.2 a leader that no majority has answered for an election timeout steps down",
    setup: thesis(),
    acts: [
      [0, timeout(1)],
      [100, cutOff(1)],
    ],
    from: 100,
    until: 230,
  },
  "6.4-read": {
    title: "D 6.4 a read takes a round of heartbeats, and no entry",
    setup: thesis(),
    acts: [
      [0, timeout(1)],
      [60, write("1")],
      [120, read()],
    ],
    from: 120,
    until: 170,
  },
  "6.4-read-waits": {
    title: "D 6.4 a new leader keeps a read until it has committed an entry of its own term",
    setup: thesis({ logs: [[1], [1], [1]] }),
    acts: [
      [0, timeout(1)],
      [40, read()],
    ],
    from: 40,
    until: 90,
  },
  "6.4-follower-read": {
    title: "D 6.4 a follower asks the leader how far a read must see, and answers it itself",
    setup: thesis(),
    acts: [
      [0, timeout(1)],
      [60, write("1")],
      [160, read(2)],
    ],
    from: 160,
    until: 240,
  },
  "6.4.1-lease": {
    title:
      "D 6.4.1 within its lease a leader answers alone; a leader that is cut off stops before anybody else can lead",
    setup: thesis({}, { reads: "lease" }),
    acts: [
      [0, timeout(1)],
      [120, read()],
      [130, cutOff(1)],
      [150, read()],
      [198, read()],
      [231, timeout(2)],
    ],
    from: 120,
    until: 290,
  },
  "6.4.1-transfer-ends-lease": {
    title: "D 6.4.1 a leader that has told another to campaign answers no more reads by its lease",
    setup: thesis({}, { reads: "lease" }),
    acts: [
      [0, timeout(1)],
      [120, { do: "cut", links: [[1, 2]] }],
      [121, transfer(2)],
      [122, read()],
    ],
    from: 120,
    until: 170,
  },
  "9.6-no-disruption": {
    title: "D 9.6 a server that was cut off asks before it campaigns: its term stays, and the leader too",
    setup: thesis(),
    acts: [
      [0, timeout(1)],
      [60, cutOff(3)],
      [170, timeout(3)],
      [200, heal],
      [206, timeout(3)],
    ],
    from: 160,
    until: 245,
  },
  "9.6-leader-dead": {
    title: "D 9.6 where the leader is silent a majority says yes, and only then the term rises",
    setup: thesis(),
    acts: [
      [0, timeout(1)],
      [60, crash(1)],
      [180, timeout(2)],
    ],
    from: 60,
    until: 245,
  },
  "9.6-log-behind": {
    title: "D 9.6 a server whose log is behind gets no pre-vote",
    setup: thesis({ logs: [[1], [1, 1], [1, 1]] }),
    acts: [
      [0, timeout(1)],
      [50, timeout(2)],
    ],
    until: 110,
  },
  "10.2.1-parallel-disk": {
    title:
      "D 10.2.1 the leader writes while the followers do: an entry is committed before the leader's own disk has it",
    setup: thesis(),
    acts: [
      [0, timeout(1)],
      [90, { do: "disk", disk: slow, server: 1 }],
      [100, write("1")],
    ],
    from: 100,
    until: 190,
  },
  "4.2.3-restart": {
    title:
      "D 4.2.3 who has just started may have heard from a leader before: it withholds its vote for an election timeout",
    setup: thesis({}, { preVote: false }),
    acts: [
      [0, timeout(1)],
      [60, crash(3)],
      [70, restart(3)],
      [71, cutOff(1)],
      [120, timeout(2)],
      [200, timeout(2)],
    ],
    from: 60,
    until: 235,
  },
});
