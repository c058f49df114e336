import type { ServerId } from "../../base/units.ts";
import { membershipChange } from "../configuration.ts";
import type { DecisionKind } from "../decisions.ts";
import { finishWrites, follows, production, propose, server, take } from "../fixtures.ts";
import { compact } from "../log.ts";
import type { RaftOptions } from "../options.ts";
import { newProgress } from "../progress.ts";

/** One row per branch of a step: what is decided, in order, and nothing else. */
export type Row = readonly [what: string, run: () => readonly DecisionKind[], kinds: readonly DecisionKind[]];

export const candidate = () => server({ term: 4, log: [1, 4], role: "candidate" });
export const leader = () => server({ term: 4, log: [1, 4], role: "leader" });
export const follower = () => server({ term: 4, log: [1, 4] });
export const upToDate = { term: 4, lastLogIndex: 2, lastLogTerm: 4 };
export const after2 = { term: 4, prevLogIndex: 2, prevLogTerm: 4 };

export const how = (some: Partial<RaftOptions> = {}) => ({ options: { ...production, ...some } });
/** A follower that S3 leads. */
export const led = () => server({ term: 4, log: [1, 4], leader: 3, options: production });
export const read = { kind: "readIndex", context: "r" } as const;
export const change = (type: "add" | "remove", who: ServerId) => membershipChange([{ type, server: who }]);
export const changeOf = (type: "add" | "remove", who: ServerId) =>
  ({ kind: "propose", proposals: [{ command: null, change: change(type, who) }] }) as const;
export const sent = (count: number): DecisionKind[] => Array.from({ length: count }, () => "entriesSent");

/** A leader of three whose followers have everything. */
export function replicating() {
  const made = server({ term: 4, log: [1, 4], role: "leader", servers: 3, options: production });
  for (const id of [2, 3]) made.progress[id] = follows(2, production);
  return made;
}
export function reading() {
  const made = replicating();
  made.commitIndex = 2;
  return made;
}
/** A leader of three whose log begins after entry 2, and whose followers have nothing. */
export function compacted() {
  const made = server({ term: 4, log: [1, 4], commit: 2, role: "leader", servers: 3, options: production });
  compact(made.log, 2);
  for (const id of [2, 3]) made.progress[id] = newProgress(0, id === 2 ? 1 : 3, false, 0);
  return made;
}

export function doubledProposal() {
  const made = leader();
  made.progress[2] = follows(2);
  take(made, propose(1));
  finishWrites(made);
  return made;
}

type Shown = "paper" | "production" | "silences";
/** Whose rows show it: a new kind does not compile until it is listed, and fails until a row there shows it. */
export const shownIn: { readonly [Kind in DecisionKind]: Shown } = {
  electionStarted: "paper",
  timerReset: "paper",
  voteGranted: "paper",
  voteRefusedOldTerm: "paper",
  voteRefusedVoted: "paper",
  voteRefusedLogTerm: "paper",
  voteRefusedLogLength: "paper",
  voteCounted: "paper",
  electionWon: "paper",
  electionLost: "paper",
  candidateConceded: "paper",
  termAdopted: "paper",
  messageIgnored: "paper",
  preVoteStarted: "production",
  campaignRefused: "paper",
  voteIgnoredLease: "production",
  preVoteWon: "production",
  proposalForwarded: "production",
  proposalDropped: "production",
  appendBelowCommit: "production",
  followerHeard: "production",
  probeSent: "production",
  replicationBegun: "production",
  writeForgotten: "production",
  snapshotSent: "production",
  snapshotWithheld: "silences",
  snapshotInstalled: "production",
  snapshotOnlyCommitted: "production",
  snapshotIgnored: "production",
  snapshotReported: "production",
  peerUnreachable: "production",
  changeAppended: "production",
  changeRefused: "production",
  configurationSwitched: "production",
  leaderRemoved: "production",
  quorumHeld: "production",
  quorumLost: "production",
  transferStarted: "production",
  transferRefused: "production",
  transferForwarded: "production",
  transferAborted: "production",
  timeoutNowSent: "production",
  leaderForgotten: "production",
  forgettingRefused: "production",
  readTaken: "production",
  readWaitsForCommit: "production",
  readForwarded: "production",
  readDropped: "production",
  readConfirmed: "production",
  readByLease: "production",
  proposalAppended: "paper",
  proposalRefused: "paper",
  entriesSent: "paper",
  heartbeatSent: "paper",
  appendAccepted: "paper",
  appendRefusedMissing: "paper",
  appendRefusedConflict: "paper",
  appendRefusedOldLeader: "paper",
  entriesDeleted: "paper",
  nothingDeleted: "paper",
  nextBackedUp: "paper",
  matchAdvanced: "paper",
  staleAnswer: "paper",
  committed: "paper",
  notCommittedOldTerm: "silences",
  followerCommitted: "paper",
  applied: "paper",
  noOpAppended: "paper",
  wroteFirst: "paper",
  neverCampaigns: "silences",
  notSent: "silences",
  notCommittedHalf: "silences",
  notApplied: "silences",
  configurationRolledBack: "silences",
};

export const notShown = (where: Shown, rows: readonly Row[]): readonly string[] => {
  const shown = new Set<string>(rows.flatMap(([, , kinds]) => kinds));
  return Object.entries(shownIn).flatMap(([kind, file]) => (file === where && !shown.has(kind) ? [kind] : []));
};
