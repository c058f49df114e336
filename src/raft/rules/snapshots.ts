import type { LogIndex, Term } from "../../base/units.ts";
import { type Configuration, isMember } from "../configuration.ts";
import { firstIndex, knownTerm } from "../log.ts";
import type { RaftOptions } from "../options.ts";
import type { Progress } from "../progress.ts";
import type { Server, Snapshot } from "../types.ts";
import { rule } from "./rule.ts";

/** Snapshots: what they stand for, and what they replace (§7). */
export const snapshotsRules = {
  snapshotUpTo: rule(
    "A snapshot ends with the last applied entry",
    "§7",
    "A snapshot is named by the last entry that its state has applied.",
    (_server: Server, applied: LogIndex): LogIndex => applied,
  ),
  snapshotConfiguration: rule(
    "A snapshot brings the configuration",
    "§7",
    "A snapshot carries the latest configuration as of its last entry, which counts from then on.",
    (_server: Server, { configuration }: Snapshot): Configuration => configuration,
  ),
  discardsUpTo: rule(
    "Only what a snapshot stands for is discarded",
    "§7",
    "The log is discarded up to the last entry that the snapshot's state has applied.",
    (_server: Server, applied: LogIndex): LogIndex => applied,
  ),
  leavesSnapshot: rule(
    "The snapshot has arrived",
    "§7",
    "A leader goes on with entries once an answer shows that the follower's log meets its own.",
    ({ log }: Server, { match, pendingSnapshot }: Progress, { flow, snapshotEnds }: RaftOptions): boolean =>
      flow === "window" && snapshotEnds === "reconnected" ? match + 1 >= firstIndex(log) : match >= pendingSnapshot,
  ),
  snapshotReportCounts: rule(
    "The transport reports on a snapshot",
    "D 5.1",
    "Where the transport tells that a snapshot was handed over, or lost, the leader probes the follower again.",
    (): boolean => true,
  ),
  snapshotIsNews: rule(
    "Only a newer snapshot counts",
    "§7",
    "A snapshot that covers no more than what is committed already changes nothing.",
    (server: Server, index: LogIndex): boolean => index > server.commitIndex,
  ),
  snapshotKeepsLog: rule(
    "A matching snapshot deletes nothing",
    "Figure 13",
    "If the log holds the snapshot's last entry, it is kept: the snapshot only tells that it is committed.",
    (server: Server, index: LogIndex, term: Term): boolean => knownTerm(server.log, index) === term,
  ),
  snapshotIncludesServer: rule(
    "A snapshot is for members",
    "D 4.1",
    "Where configurations count once they are applied, a server refuses a snapshot whose configuration lacks it; where they count at once, its own entry may come after the snapshot.",
    (server: Server, { configuration }: Snapshot, options: RaftOptions): boolean =>
      options.configurationFrom === "append" || isMember(configuration, server.id),
  ),
  snapshotCarriesSessions: rule(
    "Sessions are part of a snapshot",
    "D 6.3",
    "Sessions and their answers are part of the state: a snapshot carries them.",
    (): boolean => true,
  ),
} as const;
