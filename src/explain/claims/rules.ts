import type { DecisionKind, DecisionOf } from "../../raft/decisions.ts";
import { type RaftOptions, unlimited } from "../../raft/options.ts";
import { rules } from "../../raft/rules/index.ts";
import type { Server } from "../../raft/types.ts";
import { ruleOf } from "../decisions.ts";
import { habits } from "../habits.ts";
import type { Reason } from "../reason.ts";
import { holds } from "./claim.ts";
import type { Scene } from "./scene.ts";

type Under = (options: RaftOptions, before: Pick<Server, "role">) => boolean;

/**
 * Rules that not every set of options follows, and which do. A sentence must not give one as its reason under other
 * options: it would then explain what happens by what does not.
 */
const followedUnder: ReadonlyMap<Reason, Under> = new Map<Reason, Under>([
  [habits.readLease, ({ lease, stickyLeader }) => lease === "sendTime" && stickyLeader === "always"],
  [habits.readLateLease, ({ lease, stickyLeader }) => lease === "sendTime" && stickyLeader !== "always"],
  [habits.readCheckQuorumLease, ({ lease, checkQuorum }) => lease === "checkQuorum" && checkQuorum],
  [habits.readEndlessLease, ({ lease, checkQuorum }) => lease === "checkQuorum" && !checkQuorum],
  [habits.readOfOneVoter, ({ removedLeader }) => removedLeader === "stays"],
  // Who asks when it is switched off ends that round.
  [habits.preVote, ({ preVote }, { role }) => preVote || role === "preCandidate"],
  [habits.pipelining, ({ flow }) => flow === "window"],
  [habits.fullWindow, ({ flow }) => flow === "window"],
  [rules.heartbeatUnpauses, ({ heartbeats }) => heartbeats === "light"],
  [habits.appliesWhatIsStored, ({ asyncDisk }) => asyncDisk],
  [habits.oneWriteAtATime, ({ asyncDisk }) => !asyncDisk],
  [habits.pages, ({ maxApplyBytes }) => maxApplyBytes < unlimited],
  [habits.limitUncommitted, ({ maxUncommittedBytes }) => maxUncommittedBytes < unlimited],
  [habits.proxyProposal, ({ forwardProposals }) => forwardProposals],
  [habits.noOp, ({ noOpOnElection }) => noOpOnElection],
  [
    rules.leaderLease,
    ({ stickyLeader, checkQuorum }) => stickyLeader === "always" || (stickyLeader === "withCheckQuorum" && checkQuorum),
  ],
  [rules.quorumActive, ({ checkQuorum }) => checkQuorum],
]);

/** What a decision's rule takes for granted, and its server's options do not have; null: nothing. */
export function judgeRule<Kind extends DecisionKind>(
  kind: Kind,
  decision: DecisionOf<Kind>,
  { machine: { options }, before }: Pick<Scene, "machine" | "before">,
): string | null {
  const rule = ruleOf(kind, decision);
  return holds(followedUnder.get(rule)?.(options, before) ?? true, `its server does not follow the rule: ${rule.text}`);
}
