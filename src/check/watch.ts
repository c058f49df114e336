import { knownHash } from "../raft/log.ts";
import type { Input, RaftMessage, Server } from "../raft/types.ts";
import type { Machine, Violation, World } from "../world/types.ts";
import { beliefsOf, durableOf, fresh, type Ghost, remember, type Seen } from "./ghost.ts";
import type { Invariant } from "./invariant.ts";
import { appliedWithinCommit } from "./invariants/applied-within-commit.ts";
import { candidateTerm } from "./invariants/candidate-term.ts";
import { changeNeedsOwnCommit } from "./invariants/change-needs-own-commit.ts";
import { commitIsDurable } from "./invariants/commit-is-durable.ts";
import { commitsOwnTerm } from "./invariants/commit-own-term.ts";
import { committedMeetsQuorums } from "./invariants/committed-meets-quorums.ts";
import { configurationFollowsLog } from "./invariants/configuration-follows-log.ts";
import { conflictDeletes } from "./invariants/conflict-deletes.ts";
import { durableSurvives, restartsAnew } from "./invariants/durable.ts";
import { electedByMajority } from "./invariants/elected-by-majority.ts";
import { electionSafety } from "./invariants/election-safety.ts";
import { followerCommits } from "./invariants/follower-commit.ts";
import { leaderAppendOnly } from "./invariants/leader-append-only.ts";
import { leaderCompleteness } from "./invariants/leader-completeness.ts";
import { leaderIsNotDisturbed } from "./invariants/leader-is-not-disturbed.ts";
import { leaderOwnsTerm } from "./invariants/leader-owns-term.ts";
import { logMatching } from "./invariants/log-matching.ts";
import { matchGrows } from "./invariants/match-grows.ts";
import { matchIsReal } from "./invariants/match-is-real.ts";
import { commitMonotonic, termMonotonic } from "./invariants/monotonic.ts";
import { nextBeyondMatch } from "./invariants/next-beyond-match.ts";
import { oneChangeAtATime } from "./invariants/one-change-at-a-time.ts";
import { preVoteChangesNothing } from "./invariants/pre-vote-changes-nothing.ts";
import { promisesKept, termsKnown } from "./invariants/promises.ts";
import { removedLeaderLeaves } from "./invariants/removed-leader-leaves.ts";
import { rolesChange } from "./invariants/roles-change.ts";
import { snapshotIsCommitted } from "./invariants/snapshot-is-committed.ts";
import { stateMachineSafety } from "./invariants/state-machine-safety.ts";
import { termsInOrder } from "./invariants/terms-in-order.ts";
import { transferHolds } from "./invariants/transfer-holds.ts";
import { upToDateIsComplete } from "./invariants/up-to-date-is-complete.ts";
import { voteOnce } from "./invariants/vote-once.ts";

/** What must never fall: the properties of Figure 3, and that terms and commit indices only grow. Order matters only where one says so. */
export const invariants: readonly Invariant[] = [
  electionSafety,
  leaderAppendOnly,
  logMatching,
  leaderCompleteness,
  termMonotonic,
  commitMonotonic,
  stateMachineSafety,
];

/**
 * What falls before any harm is done: what guards and formulas are there to hold up. Where somebody has broken a rule
 * on purpose they would only say so again, and end the run before its consequences show: there they are not watched.
 */
export const warnings: readonly Invariant[] = [
  candidateTerm,
  termsInOrder,
  voteOnce,
  electedByMajority,
  rolesChange,
  leaderOwnsTerm,
  conflictDeletes,
  followerCommits,
  commitsOwnTerm,
  commitIsDurable,
  committedMeetsQuorums,
  upToDateIsComplete,
  appliedWithinCommit,
  matchIsReal,
  matchGrows,
  nextBeyondMatch,
  snapshotIsCommitted,
  oneChangeAtATime,
  changeNeedsOwnCommit,
  removedLeaderLeaves,
  configurationFollowsLog,
  transferHolds,
  preVoteChangesNothing,
  leaderIsNotDisturbed,
  promisesKept,
  termsKnown,
  durableSurvives,
  restartsAnew,
];

/** What a step may have changed: a warning is looked at only where something that it is about has. */
const changes = { role: 1, vote: 2, log: 4, commit: 8, beliefs: 16, configuration: 32 } as const;
const { role, vote, log, commit, beliefs, configuration } = changes;
const about = new Map<Invariant, number>([
  [candidateTerm, role | log],
  [termsInOrder, log],
  [voteOnce, vote],
  [electedByMajority, role],
  [rolesChange, role],
  [leaderOwnsTerm, log],
  [conflictDeletes, log],
  [followerCommits, commit],
  [commitsOwnTerm, commit],
  [commitIsDurable, commit],
  [committedMeetsQuorums, commit],
  [upToDateIsComplete, log],
  [appliedWithinCommit, commit],
  [matchIsReal, beliefs],
  [matchGrows, beliefs],
  [nextBeyondMatch, beliefs],
  [snapshotIsCommitted, log],
  [oneChangeAtATime, configuration],
  [changeNeedsOwnCommit, log],
  [removedLeaderLeaves, commit | configuration],
  [configurationFollowsLog, log | configuration],
  [transferHolds, log],
  [preVoteChangesNothing, role | vote],
  [leaderIsNotDisturbed, role | vote],
]);
const figure3 = role | log | commit;

interface Check {
  readonly name: string;
  readonly section: string;
  readonly about: number;
  readonly holds: NonNullable<Invariant["check"]>;
}
const checks = (list: readonly Invariant[]): Check[] =>
  list.flatMap((invariant) => {
    const { name, section, check: holds } = invariant;
    return holds === undefined ? [] : [{ name, section, about: about.get(invariant) ?? figure3, holds }];
  });
const harm = checks(invariants);
const all = [...harm, ...checks(warnings)];
const ofMessages = warnings.filter(({ sends }) => sends !== undefined);
const ofReturns = warnings.filter(({ returns }) => returns !== undefined);

/** One group of a world that is watched. `strict`: for warnings, too, as long as nothing lies outside of what Raft is made for. */
export interface Watch {
  readonly world: World;
  readonly ghost: Ghost;
  readonly strict: boolean;
}

/** What the checker knew of a server before the step that it now looks at. */
export function seenBefore(ghost: Ghost, machine: Machine): Seen {
  const seen = ghost.seen[machine.id];
  if (seen !== undefined && seen.restarts === machine.restarts) return seen;
  const first = fresh(machine);
  ghost.seen[machine.id] = first;
  return first;
}

/** Checks one server after its step; the first property that broke, or null. Nearly all steps change nothing of interest. */
export function check({ world, ghost, strict }: Watch, machine: Machine, input: Input | null): Violation | null {
  const last = ghost.seen[machine.id];
  const before = seenBefore(ghost, machine);
  const { raft: server } = machine;
  if (last !== undefined && last !== before) {
    const problem = strict && world.outside === null ? checkReturn(ghost, world, machine, last) : null;
    if (problem !== null) return problem;
  }
  const changed = changesIn(before, server);
  if (changed === 0) return null;
  if (changed === seenOnly) {
    remember(before, machine);
    return null;
  }
  const transition = { world, machine, server, before, ghost, input };
  for (const { name, section, about, holds } of strict && world.outside === null ? all : harm) {
    const detail = (about & changed) === 0 ? null : holds(transition);
    if (detail !== null)
      return { property: name, section, server: server.id, detail: detail + inGroup(world, machine) };
  }
  remember(before, machine);
  return null;
}

/** Checks a message in the instant in which it leaves. */
export function checkSending(
  { world, ghost, strict }: Watch,
  machine: Machine,
  message: RaftMessage,
): Violation | null {
  if (!strict || world.outside !== null) return null;
  const sending = { world, machine, message, ghost };
  for (const { name, section, sends } of ofMessages) {
    const detail = sends!(sending);
    if (detail !== null)
      return { property: name, section, server: machine.id, detail: detail + inGroup(world, machine) };
  }
  return null;
}

/** Checks a server at its first step after a restart. */
function checkReturn(ghost: Ghost, world: World, machine: Machine, before: Seen): Violation | null {
  const back = { machine, server: machine.raft, before, ghost };
  for (const { name, section, returns } of ofReturns) {
    const detail = returns!(back);
    if (detail !== null)
      return { property: name, section, server: machine.id, detail: detail + inGroup(world, machine) };
  }
  return null;
}

const inGroup = ({ setup }: World, { group }: Machine): string => (setup.groups > 1 ? ` (group ${group})` : "");

/** What lies between two steps: 0 = nothing of interest. */
function changesIn(before: Seen, server: Server): number {
  let changed = 0;
  if (before.term !== server.term || before.role !== server.role) changed |= role;
  if (before.votedFor !== server.votedFor) changed |= vote;
  if (before.commitIndex !== server.commitIndex || before.lastApplied !== server.lastApplied) changed |= commit;
  if (before.configuration !== server.configuration) changed |= configuration;
  if (before.beliefs !== beliefsOf(server)) changed |= beliefs;
  const { log: own } = server;
  const sameLog = before.lastIndex === own.last && before.log.base === own.base;
  if (!sameLog || before.lastHash !== knownHash(own, before.lastIndex)) changed |= log;
  const others = before.transferee !== server.transferee || before.leader !== server.leader;
  return changed !== 0 || others || before.durable !== durableOf(server) ? changed | seenOnly : 0;
}
/** Worth remembering, and nothing to look at. */
const seenOnly = 64;
