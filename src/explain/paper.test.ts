import { ms, put, request, setupOf } from "../world/fixtures.ts";
import { calmly, crash, cutOff, heal, replace, restart, standsReady, stories, timeout } from "./fixtures.ts";

// A machine that is busy with other things may take its time.
/** The paper, section by section. */
stories("paper", {
  "5.1-terms": {
    title: "§5.1 a leader that was cut off comes back, sees a higher term in an answer, and steps down",
    setup: calmly(),
    acts: [
      [0, timeout(1)],
      [60, cutOff(1)],
      [70, timeout(2)],
      [200, heal],
    ],
    from: 60,
    until: 245,
  },
  "5.1-stale-candidate": {
    title: "§5.1 a candidate of an older term is refused, and learns the newer term",
    setup: calmly({}, {}, { 2: { term: 4 }, 3: { term: 4 } }),
    acts: [[0, timeout(1)]],
    until: 40,
  },
  "5.2-election": {
    title: "§5.2 a server whose timer ran out asks the others, is elected by a majority, and makes itself known",
    setup: calmly(),
    acts: [[0, timeout(1)]],
    until: 40,
  },
  "5.2-split-vote": {
    title: "§5.2 two candidates split the vote; who tries again first wins the next term",
    setup: calmly({ servers: 4 }),
    acts: [
      [0, timeout(1)],
      [0, timeout(2)],
      [4, { do: "cut", links: [[1, 3]] }],
      [4, { do: "cut", links: [[2, 4]] }],
      [60, heal],
      [80, timeout(2)],
    ],
    until: 125,
  },
  "5.2-candidate-concedes": {
    title: "§5.2 a candidate that hears from the leader of its own term follows it",
    setup: calmly(),
    acts: [
      [0, timeout(1)],
      [3, timeout(3)],
    ],
    until: 45,
  },
  "5.3-replication": {
    title: "§5.3 a write is appended, replicated, committed by a majority, applied, answered; followers commit later",
    setup: calmly(),
    acts: [
      [0, timeout(1)],
      [75, request(put("x", "1"), 1)],
    ],
    from: 75,
    until: 137,
  },
  "5.3-repair": {
    title:
      "§5.3, as in Figure 7 (f) the leader backs up by one until the logs agree, then the follower's tail is replaced",
    setup: calmly({
      logs: [
        [1, 1, 1, 4, 4],
        [1, 1, 1, 4, 4],
        [1, 1, 1, 2, 2, 3],
      ],
    }),
    acts: [[0, timeout(1)]],
    until: 128,
  },
  "5.3-slow-follower": {
    title: "§5.3 a follower that is down misses nothing: the leader tries until it answers",
    setup: calmly(),
    acts: [
      [0, timeout(1)],
      [50, crash(3)],
      [60, request(put("x", "1"), 1)],
      [150, restart(3)],
    ],
    from: 50,
    until: 260,
  },
  "5.4.1-restriction": {
    title: "§5.4.1 a server without a committed entry cannot win; one that has it can",
    setup: calmly({ logs: [[1], [1, 1], [1, 1]] }, {}, { 2: { commit: 2 } }),
    acts: [
      [0, timeout(1)],
      [60, timeout(3)],
    ],
    until: 105,
  },
  "5.4.1-last-term": {
    title: "§5.4.1 the later last term wins, however short the log",
    setup: calmly({
      logs: [
        [1, 1, 1, 1],
        [1, 2],
        [1, 2],
      ],
    }),
    acts: [
      [0, timeout(1)],
      [60, timeout(2)],
    ],
    until: 105,
  },
  "5.4.2-figure-8": {
    title: "§5.4.2, Figure 8 an entry of term 2 on a majority is not committed by term 4; term 5 overwrites it",
    setup: calmly({ servers: 5, logs: [[1, 2], [1, 2], [1], [1], [1, 3]] }, {}, { 1: { term: 3 }, 5: { term: 3 } }),
    acts: [
      [0, crash(5)],
      [1, { do: "cut", links: [[1, 4]] }],
      [2, timeout(1)],
      [90, crash(1)],
      [91, restart(5)],
      [92, heal],
      [93, timeout(5)],
      [120, timeout(5)],
    ],
    until: 230,
  },
  "5.4.2-figure-8-safe": {
    title:
      "§5.4.2, Figure 8 (e) once an entry of term 4 is on a majority, term 2's is committed with it, and S5 cannot win",
    setup: calmly({ servers: 5, logs: [[1, 2], [1, 2], [1], [1], [1, 3]] }, {}, { 1: { term: 3 }, 5: { term: 3 } }),
    acts: [
      [0, crash(5)],
      [1, crash(4)],
      [2, timeout(1)],
      [60, request(put("x", "4"), 1)],
      [160, crash(1)],
      [161, restart(5)],
      [162, restart(4)],
      [163, timeout(5)],
      [200, timeout(5)],
    ],
    until: 240,
  },
  "5.5-crashes": {
    title:
      "§5.5 a follower crashes after it wrote and before it answered: asked again, it answers, and nothing is stored twice",
    setup: calmly(),
    acts: [
      [0, timeout(1)],
      [60, request(put("x", "1"), 1)],
      [71.5, { do: "cut", links: [[3, 1]] }],
      [85, crash(3)],
      [95, restart(3)],
      [96, { do: "mend", links: [[3, 1]] }],
    ],
    from: 60,
    until: 260,
  },
  "5.6-timing": {
    title: "§5.6 a leader whose heartbeats come later than the election timeouts is deposed again and again",
    setup: { ...calmly(), raft: { ...setupOf().raft, heartbeatInterval: 400 * ms } },
    acts: [[0, timeout(1)]],
    from: 50,
    until: 700,
  },
  "6-joint-consensus": {
    title:
      "§6 two servers are replaced at once: the joint configuration needs both majorities, then C_new alone counts",
    setup: calmly({ servers: 5 }, {}, { 4: standsReady, 5: standsReady }),
    acts: [
      [0, timeout(1)],
      [40, request(put("x", "1"), 1)],
      [100, replace([4, 5], [2, 3])],
    ],
    from: 100,
    until: 260,
  },
  "6-leader-removed": {
    title:
      "§6 a leader that is not in C_new replicates it without counting itself, and steps down once it is committed",
    setup: calmly({}, {}, {}),
    acts: [
      [0, timeout(1)],
      [40, request(put("x", "1"), 1)],
      [100, replace([], [1])],
      [200, timeout(2)],
    ],
    from: 100,
    until: 250,
  },
  "6-disruption": {
    title: "§6 a server that was removed and does not know it asks for votes: whoever hears the leader ignores it",
    setup: calmly({}, { stickyLeader: "always" }, {}),
    acts: [
      [0, timeout(1)],
      [40, request(put("x", "1"), 1)],
      [100, { do: "cut", links: [[1, 3]] }],
      [101, replace([], [3])],
      [180, timeout(3)],
    ],
    from: 100,
    until: 215,
  },
  "7-snapshot": {
    title: "§7 a follower that was down too long gets the leader's snapshot, and the log from there on",
    setup: calmly({}, { snapshotAfter: 2 }),
    acts: [
      [0, timeout(1)],
      [30, crash(3)],
      [40, request(put("x", "1"), 1)],
      [80, request(put("y", "2"), 1)],
      [120, request(put("x", "3"), 1)],
      [200, restart(3)],
    ],
    from: 60,
    until: 330,
  },
  "13-stale-snapshot": {
    title: "Figure 13 a copy of an old snapshot changes nothing: what it covers is committed already",
    setup: calmly({}, { snapshotAfter: 2 }),
    acts: [
      [0, timeout(1)],
      [30, crash(3)],
      [40, request(put("x", "1"), 1)],
      [80, request(put("y", "2"), 1)],
      [150, restart(3)],
      [175, { do: "duplicate", message: { from: 1, to: 3, ordinal: 6, copy: 0 } }],
      [176, { do: "delay", message: { from: 1, to: 3, ordinal: 6, copy: 1 }, by: 60 * ms }],
    ],
    from: 150,
    until: 260,
  },
  "8-redirect": {
    title: "§8 a follower refuses the command and names the leader; the client goes there",
    setup: calmly(),
    acts: [
      [0, timeout(1)],
      [60, request(put("x", "1"), 2)],
    ],
    from: 60,
    until: 140,
  },
  "8-no-op": {
    title: "§8 a new leader's empty entry lets it find out at once what is committed",
    setup: calmly({ logs: [[1, 1], [1, 1], [1]] }, { noOpOnElection: true }),
    acts: [[0, timeout(1)]],
    until: 80,
  },
  "8-read": {
    title: "§8 before it answers a read the leader makes sure, by heartbeats, that it was not deposed meanwhile",
    setup: calmly({}, { noOpOnElection: true, reads: "safe" }),
    acts: [
      [0, timeout(1)],
      [60, request(put("x", "1"), 1)],
      [110, request({ op: "get", key: "x" }, 1)],
    ],
    from: 110,
    until: 160,
  },
});
