import type { RaftOptions } from "../raft/options.ts";
import type { World } from "../world/types.ts";
import type { Ghost } from "./ghost.ts";
import type { Invariant } from "./invariant.ts";
import { changeNeedsOwnCommit } from "./invariants/change-needs-own-commit.ts";
import { committedMeetsQuorums } from "./invariants/committed-meets-quorums.ts";
import { configurationFollowsLog } from "./invariants/configuration-follows-log.ts";
import { leaderIsNotDisturbed } from "./invariants/leader-is-not-disturbed.ts";
import { removedLeaderLeaves } from "./invariants/removed-leader-leaves.ts";
import { leaderHasQuorum, leaseIsExclusive, timerStandsFast } from "./invariants/timers.ts";

/**
 * Which promise falls with what: with options, with acts and faults. The checker, the page and the command line all
 * read this table; `notPromised` (promised.ts) says what of it holds for a run.
 */

interface ExcuseText {
  /** What the promises that fall with it have in common, after "Not promised". */
  readonly title: string;
  /** Why, in one sentence, of who or what it speaks: "S1", "C1", or a sentence of its own. */
  readonly why: (about: string, seconds: string) => string;
}
const byOptions = (why: string): ExcuseText => ({ title: "by these options", why: () => why });

/** Each reason for which something is not promised. */
export const excuses = {
  ruleOff: {
    title: "while a rule is off",
    why: () => "A rule is switched off: what guards it would only say so again.",
  },
  outside: {
    title: "outside of what Raft is made for",
    why: (about) => `Raft promises nothing any more: ${about}.`,
  },
  clockSet: {
    title: "on a clock that was set",
    why: (about, seconds) => `${about}'s clock was set at ${seconds}.`,
  },
  firedEarly: {
    title: "where an election timer was fired by hand",
    why: (about, seconds) =>
      `Reads are answered from a lease, and ${about}'s election timer was fired at ${seconds}: none fires by itself so soon after a leader's message or a start.`,
  },
  staleRead: {
    title: "to who asks for a stale read",
    why: (about, seconds) => `${about} asked for a stale read at ${seconds}: whoever is asked answers at once.`,
  },
  executedTwice: {
    title: "without sessions",
    why: (about) => `Its client has no session, and ${about}.`,
  },
  noSession: { title: "without sessions", why: () => "Clients have no sessions in this run." },
  endlessLease: {
    title: "by a lease without check-quorum",
    why: () =>
      "Reads are answered from a lease without check-quorum: nothing ends it, and etcd/raft refuses to start so.",
  },
  etcdLease: {
    title: "by etcd's lease",
    why: () =>
      "Reads are answered from etcd's lease: it lasts until check-quorum looks, and another leader may be elected before.",
  },
  votesUnderLeader: {
    title: "by a lease under which others vote",
    why: () => "Reads are answered from a lease, and a server that hears from a leader may vote for another.",
  },
  mixedLeases: {
    title: "where servers follow different options",
    why: () => "Reads are answered from a lease, and servers follow different options.",
  },
  changedLeases: {
    title: "where options changed in the run",
    why: () => "Reads are answered from a lease, and the time that it lasts was changed while the run went on.",
  },
  noCheckQuorum: byOptions("Check-quorum is off: a leader that nobody answers leads on."),
  notSticky: byOptions("Servers vote for a candidate although they hear from their leader."),
  everyChange: byOptions("Here every change of term or role starts the election timer too."),
  unsafeChanges: byOptions("Changes that are not safe are not refused."),
  noOwnCommit: byOptions("A leader may change the members before it has committed an entry of its term."),
  pendingUnapplied: byOptions("Here a change is pending until it is applied, not until it is committed."),
  oldQuorums: byOptions("A configuration counts once it is applied: who lags behind counts an older one."),
  configurationLater: byOptions("A configuration counts once it is applied, not when it is in the log."),
  removedUnapplied: byOptions("A change that removes the leader counts once it is applied, not when it is committed."),
  removedStays: byOptions("A leader that is removed leads on without counting itself."),
} as const satisfies Readonly<Record<string, ExcuseText>>;
export type Excuse = keyof typeof excuses;

/** Why a server with these options does not promise it; null: it does. Asked after nearly every step, so it makes nothing. */
export type Falls = (options: RaftOptions, ghost: Ghost, world: World) => Excuse | null;

export const leaseFalls: Falls = (options, { clockSet, firedEarly }, { setup, followed, machines }) => {
  const { lease, checkQuorum, stickyLeader } = options;
  if (lease === "checkQuorum") return checkQuorum ? "etcdLease" : "endlessLease";
  if (stickyLeader !== "always") return "votesUnderLeader";
  if (setup.servers.some(({ options }) => options !== undefined)) return "mixedLeases";
  const given = followed.length === 0 ? [] : [...followed, ...machines.flatMap((machine) => machine.options)];
  if (given.some((other) => countsOtherwise(other, options))) return "changedLeases";
  if (clockSet !== null) return "clockSet";
  return firedEarly === null ? null : "firedEarly";
};

/** By these a lease that is given, or a vote that is withheld, lasts for another time. */
const countsOtherwise = (one: RaftOptions, other: RaftOptions): boolean =>
  one.electionTimeoutMin !== other.electionTimeoutMin ||
  one.clockDriftPercent !== other.clockDriftPercent ||
  one.stickyLeader !== other.stickyLeader;

/** Why it is not promised by a server with these options, or by one that followed others before; null: it is. */
export function fallsWith(fall: Falls, options: RaftOptions, ghost: Ghost, world: World): Excuse | null {
  let excuse = fall(options, ghost, world);
  for (const before of world.followed) excuse ??= fall(before, ghost, world);
  return excuse;
}

export const falls: ReadonlyMap<Invariant, Falls> = new Map<Invariant, Falls>([
  [
    changeNeedsOwnCommit,
    ({ validateChanges, changeNeedsOwnCommit: needed, configurationFrom }) => {
      if (!validateChanges) return "unsafeChanges";
      if (!needed) return "noOwnCommit";
      return configurationFrom === "append" ? null : "pendingUnapplied";
    },
  ],
  [committedMeetsQuorums, ({ configurationFrom }) => (configurationFrom === "append" ? null : "oldQuorums")],
  [configurationFollowsLog, ({ configurationFrom }) => (configurationFrom === "append" ? null : "configurationLater")],
  [
    removedLeaderLeaves,
    ({ removedLeader, configurationFrom }) => {
      if (removedLeader === "stays") return "removedStays";
      return configurationFrom === "append" ? null : "removedUnapplied";
    },
  ],
  [timerStandsFast, ({ timerResets }) => (timerResets === "figure2" ? null : "everyChange")],
  [
    leaderIsNotDisturbed,
    ({ stickyLeader, checkQuorum }) =>
      stickyLeader === "always" || (stickyLeader === "withCheckQuorum" && checkQuorum) ? null : "notSticky",
  ],
  [
    leaderHasQuorum,
    ({ checkQuorum }, { clockSet }) => {
      if (!checkQuorum) return "noCheckQuorum";
      return clockSet === null ? null : "clockSet";
    },
  ],
  [leaseIsExclusive, leaseFalls],
]);
