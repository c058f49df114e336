import { knownTerm } from "../log.ts";
import type { Replaced } from "./replaced.ts";

/** Mistakes in snapshots, reads, sessions, transfers and on the way to the disk. */
export const serviceBugs = {
  "snapshot-accept-stale": { snapshotIsNews: () => true },
  "snapshot-always-discards-log": { snapshotKeepsLog: () => false },
  "read-no-quorum": { readAlone: (server) => knownTerm(server.log, server.commitIndex) === server.term },
  "read-before-noop": { readNeedsOwnCommit: () => true },
  "transfer-accepts-proposals": { transferHoldsProposals: () => false },
} as const satisfies Readonly<Record<string, Replaced>>;
