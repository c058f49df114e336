import { knownTerm, lastIndex } from "../log.ts";
import { currentRound } from "../reads.ts";
import type { Replaced } from "./replaced.ts";

/** Mistakes in snapshots, reads, sessions, transfers and on the way to the disk. */
export const serviceBugs = {
  "snapshot-accept-stale": { snapshotIsNews: () => true },
  "snapshot-always-discards-log": { snapshotKeepsLog: () => false },
  "read-no-quorum": { readAlone: (server) => knownTerm(server.log, server.commitIndex) === server.term },
  "read-before-noop": { readNeedsOwnCommit: () => true },
  "transfer-accepts-proposals": { transferHoldsProposals: () => false },
  "snapshot-index-is-last": { snapshotUpTo: ({ log }) => lastIndex(log) },
  "snapshot-without-conf": { snapshotConfiguration: ({ configuration }) => configuration },
  "compact-unapplied": { discardsUpTo: ({ log }) => lastIndex(log) },
  "snapshot-state-stuck": { leavesSnapshot: () => false, snapshotReportCounts: () => false },
  "read-stale-ack": { roundConfirmed: (reads) => currentRound(reads) },
  "read-follower-local": { readNeedsLeader: () => false },
  "ack-before-sync": { promisesWait: () => false },
  "session-not-deduplicated": { sessionDeduplicates: () => false },
  "session-not-in-snapshot": { snapshotCarriesSessions: () => false },
  "transfer-no-catchup": { transfereeReady: () => true },
  "transfer-never-aborts": { transferEnds: () => false },
  "transfer-uses-prevote": { asksFirst: ({ preVote }) => preVote },
} as const satisfies Readonly<Record<string, Replaced>>;
