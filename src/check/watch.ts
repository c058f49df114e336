import type { Input, RaftMessage } from "../raft/types.ts";
import { localTime, trueClock } from "../world/clock.ts";
import type { Machine } from "../world/state/machine.ts";
import type { Violation } from "../world/state/state.ts";
import type { World } from "../world/types.ts";
import { type Falls, falls, fallsWith } from "./excuses.ts";
import { changes, changesIn, fresh, type Ghost, remember, rememberAnswers, type Seen } from "./ghost.ts";
import type { Invariant, Transition } from "./invariant.ts";
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
import { leaderHasQuorum, leaseIsExclusive, timerStandsFast } from "./invariants/timers.ts";
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
  timerStandsFast,
  leaderHasQuorum,
  leaseIsExclusive,
  promisesKept,
  termsKnown,
  durableSurvives,
  restartsAnew,
];

/** A property is looked at only where something that it is about has changed. */
const {
  role,
  vote,
  appended,
  lost,
  folded,
  commit,
  applied,
  beliefs,
  configuration,
  timer,
  reads,
  looked,
  ledAppend,
  ledCommit,
  anything,
} = changes;
const log = appended | lost;
const about = new Map<Invariant, number>([
  [electionSafety, role],
  [leaderAppendOnly, lost],
  [logMatching, log],
  [leaderCompleteness, role | commit],
  [termMonotonic, role],
  [commitMonotonic, lost | commit],
  [stateMachineSafety, applied],
  [candidateTerm, role],
  [termsInOrder, log],
  [voteOnce, vote],
  [electedByMajority, role],
  [rolesChange, role],
  [leaderOwnsTerm, log],
  [conflictDeletes, lost],
  [followerCommits, commit],
  [commitsOwnTerm, ledCommit],
  [commitIsDurable, ledCommit],
  [committedMeetsQuorums, commit],
  [upToDateIsComplete, log],
  [appliedWithinCommit, applied],
  [matchIsReal, beliefs],
  [matchGrows, beliefs],
  [nextBeyondMatch, beliefs],
  [snapshotIsCommitted, folded],
  [oneChangeAtATime, configuration],
  [changeNeedsOwnCommit, ledAppend],
  [removedLeaderLeaves, ledCommit | configuration],
  [configurationFollowsLog, lost | configuration],
  [transferHolds, ledAppend],
  [preVoteChangesNothing, role | vote],
  [leaderIsNotDisturbed, role | vote],
  [timerStandsFast, timer],
  [leaderHasQuorum, looked],
  [leaseIsExclusive, reads],
]);

interface Check {
  readonly name: string;
  readonly section: string;
  readonly about: number;
  readonly holds: NonNullable<Invariant["check"]>;
  /** Why it may not be promised; null: it always is. */
  readonly falls: Falls | null;
}
const checks = (list: readonly Invariant[]): Check[] =>
  list.flatMap((invariant) => {
    const { name, section, check: holds } = invariant;
    const why = falls.get(invariant) ?? null;
    return holds === undefined ? [] : [{ name, section, about: about.get(invariant) ?? anything, holds, falls: why }];
  });

/**
 * Gives those of a list that are about any of what has changed. Every combination is put together once. The list of them
 * has its length from the start: one that grew place by place, with gaps, would be looked up as a hash table is.
 */
function selection(list: readonly Check[]): (changed: number) => readonly Check[] {
  const known = new Array<readonly Check[] | undefined>(2 * changes.other);
  return (changed) => {
    known[changed] ??= concerning(list, changed);
    return known[changed];
  };
}
/** Apart, so that looking up what is known makes no closure. */
const concerning = (list: readonly Check[], changed: number): readonly Check[] =>
  list.filter((one) => (one.about & changed) !== 0);
const harm = selection(checks(invariants));
const all = selection(checks([...invariants, ...warnings]));
const ofMessages = warnings.filter(({ sends }) => sends !== undefined);
const ofReturns = warnings.filter(({ returns }) => returns !== undefined);

/** One group of a world that is watched. `strict`: for warnings, too, as long as nothing lies outside of what Raft is made for. */
export interface Watch {
  readonly world: World;
  readonly ghost: Ghost;
  readonly strict: boolean;
  /** Told of what is not promised and does not hold: that ends no run. Left out: such properties are not looked at. */
  readonly unpromised?: ((broken: Violation) => void) | undefined;
}

/** watches[group]: one for each group of a world. Warnings are watched where every rule is on. */
export function watchesOf(world: World, ghosts: readonly Ghost[], unpromised?: Watch["unpromised"]): Watch[] {
  const strict = world.setup.bugs.length === 0;
  return ghosts.map((ghost) => ({ world, ghost, strict, unpromised }));
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
export function check(watch: Watch, machine: Machine, input: Input | null): Violation | null {
  const { world, ghost } = watch;
  if (input?.kind === "electionTimeout" && isEarly(world, machine)) {
    ghost.firedEarly ??= { server: machine.id, at: world.now };
  }
  if (machine.clock === trueClock) return checkStep(watch, machine, input);
  ghost.clockSet ??= { server: machine.id, at: machine.clock.since };
  const broken = checkStep(watch, machine, input);
  rememberAnswers(seenBefore(ghost, machine), machine, world.now);
  return broken;
}

/** It has heard from a leader, or started, within the minimum of its timeout: no timer fires so soon by itself. */
const isEarly = (world: World, { clock, raft, options }: Machine): boolean =>
  localTime(clock, world.now) - raft.leaderHeardAt < options.electionTimeoutMin;

function checkStep(watch: Watch, machine: Machine, input: Input | null): Violation | null {
  const { world, ghost, strict } = watch;
  const last = ghost.seen[machine.id];
  const before = seenBefore(ghost, machine);
  if (last !== undefined && last !== before) {
    const problem = strict && world.outside === null ? checkReturn(watch, machine, last) : null;
    if (problem !== null) return problem;
  }
  const looks = input?.kind === "quorumTimeout";
  const changed = changesIn(before, machine.raft) | (looks ? looked : 0);
  if (changed === 0) return null;
  if (changed === changes.other) {
    remember(before, machine, changed);
    return null;
  }
  const broken = firstBroken(watch, { world, machine, server: machine.raft, before, ghost, input }, changed);
  if (broken !== null) return broken;
  // Where check-quorum is off, such a timer only ends a transfer.
  if ((looks && machine.options.checkQuorum) || before.role !== machine.raft.role)
    before.lookedAt = localTime(machine.clock, world.now);
  remember(before, machine, changed);
  return null;
}

/**
 * What is not promised is passed over, or told of where somebody wants to know. Whether it is promised is asked only
 * where it does not hold.
 */
function firstBroken(watch: Watch, transition: Transition, changed: number): Violation | null {
  const { world, ghost, strict, unpromised } = watch;
  const { machine } = transition;
  const watched = strict && world.outside === null;
  const looks = (watched ? all : harm)(changed);
  // Here and below by index: it is done after nearly every step.
  for (let at = 0; at < looks.length; at++) {
    const look = looks[at]!;
    const detail = look.holds(transition);
    if (detail === null) continue;
    const { falls } = look;
    const broken = violated(look, watch, machine, detail);
    if (falls === null || fallsWith(falls, machine.options, ghost, world) === null) return broken;
    unpromised?.(broken);
  }
  return null;
}

/** Checks a message in the instant in which it leaves. */
export function checkSending(watch: Watch, machine: Machine, message: RaftMessage): Violation | null {
  const { world, ghost, strict } = watch;
  if (!strict || world.outside !== null) return null;
  for (let at = 0; at < ofMessages.length; at++) {
    const warning = ofMessages[at]!;
    const detail = warning.sends!(machine, message, ghost);
    if (detail !== null) return violated(warning, watch, machine, detail);
  }
  return null;
}

/** Checks a server at its first step after a restart. */
function checkReturn(watch: Watch, machine: Machine, before: Seen): Violation | null {
  const back = { machine, server: machine.raft, before, ghost: watch.ghost };
  for (const warning of ofReturns) {
    const detail = warning.returns!(back);
    if (detail !== null) return violated(warning, watch, machine, detail);
  }
  return null;
}

function violated(
  { name, section }: Pick<Invariant, "name" | "section">,
  { world }: Watch,
  { id: server, group }: Machine,
  detail: string,
): Violation {
  const whose = world.setup.groups > 1 ? ` (group ${group})` : "";
  return { property: name, section, server, detail: detail + whose };
}
