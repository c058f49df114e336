import type { LogIndex } from "../../base/units.ts";
import { isJoint, type MembershipChange } from "../configuration.ts";
import { knownTerm, lastIndex } from "../log.ts";
import type { RaftOptions } from "../options.ts";
import type { Server } from "../types.ts";
import { rule } from "./rule.ts";

export type ChangeRefusal = "pending" | "no own commit" | "joint" | "not joint";

/** Changes of membership (§6, D chapter 4). */
export const membershipRules = {
  changeRefused: rule(
    "One change at a time",
    "D 4.1, §6",
    "A change is refused while another is pending, before the leader has committed an entry of its term, while the configuration is joint, or when there is no joint configuration to leave.",
    (server: Server, change: MembershipChange, options: RaftOptions): ChangeRefusal | null => {
      if (server.pendingChangeIndex > server.lastApplied) return "pending";
      if (options.changeNeedsOwnCommit && knownTerm(server.log, server.commitIndex) !== server.term)
        return "no own commit";
      const joint = isJoint(server.configuration);
      if (joint && change.changes.length > 0) return "joint";
      return !joint && change.changes.length === 0 ? "not joint" : null;
    },
  ),
  jointNeeded: rule(
    "Several changes at once need a joint configuration",
    "§6",
    "More than one change at once goes through a joint configuration, in which both majorities must agree.",
    (): boolean => true,
  ),
  pendingAtElection: rule(
    "An earlier leader's change may be pending",
    "D 4.1",
    "Whatever is in a new leader's log counts as a pending change until it is applied.",
    ({ log }: Server): LogIndex => lastIndex(log),
  ),
  leavesJoint: rule(
    "A joint configuration is left once it is applied",
    "§6",
    "Whoever leads proposes the new configuration alone once the joint one is applied, unless the operator wants to say when.",
    ({ role, configuration, lastApplied, pendingChangeIndex }: Server): boolean =>
      role === "leader" && configuration.autoLeave && lastApplied >= pendingChangeIndex,
  ),
} as const;
