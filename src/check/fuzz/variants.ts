import { profiles, type RaftOptions } from "../../raft/options.ts";
import type { Setup } from "../../world/state/setup.ts";

/** Rules that differ in everything that there is to choose. */
export const variants: Readonly<Record<string, RaftOptions>> = {
  "the paper's": profiles.paper,
  "the paper's, with a no-op, backtracking by terms and snapshots": {
    ...profiles.paper,
    noOpOnElection: true,
    backtracking: "byTerm",
    snapshotAfter: 20,
  },
  "the paper's, pipelined, with pre-vote and a lease for leaders": {
    ...profiles.paper,
    preVote: true,
    checkQuorum: true,
    stickyLeader: "always",
    flow: "window",
    maxInflightMessages: 8,
    noOpOnElection: true,
    snapshotAfter: 12,
    reads: "safe",
  },
  "the dissertation's": { ...profiles.dissertation, maxInflightMessages: 3, snapshotAfter: 30 },
  "the dissertation's, with leases, without pre-vote": {
    ...profiles.dissertation,
    preVote: false,
    reads: "lease",
    clockDriftPercent: 0,
    snapshotAfter: 12,
  },
  "production's": profiles.etcd,
  "production's, cautious, on a disk that overlaps": {
    ...profiles.etcd,
    preVote: true,
    checkQuorum: true,
    asyncDisk: true,
    snapshotAfter: 10,
  },
  "production's, in small steps": {
    ...profiles.etcd,
    preVote: true,
    asyncDisk: true,
    maxInflightMessages: 2,
    maxEntriesPerMessage: 2,
    maxApplyBytes: 20,
    maxUncommittedBytes: 60,
    snapshotAfter: 15,
    removedLeader: "stepsDown",
  },
  "production's, with configurations that count at once": {
    ...profiles.etcd,
    checkQuorum: true,
    maxBytesPerMessage: 12,
    maxInflightBytes: 40,
    configurationFrom: "append",
    changeNeedsOwnCommit: true,
    snapshotAfter: 25,
  },
};

/** Two more machines stand ready. */
export const withSpares = (setup: Setup): Setup => ({
  ...setup,
  servers: [
    ...setup.servers,
    ...[1, 2].map((more) => ({
      id: setup.servers.length + more,
      term: 0,
      votedFor: 0,
      log: [],
      commit: 0,
      member: "none" as const,
    })),
  ],
});
