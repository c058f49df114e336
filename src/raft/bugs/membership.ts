import type { Configuration } from "../configuration.ts";
import { isLearner, isMember } from "../configuration.ts";
import { entryAt, lastIndex } from "../log.ts";
import { quorumValue, voteResult } from "../quorum.ts";
import { rules, storedOn } from "../rules.ts";
import type { Replaced } from "./replaced.ts";

const newHalf = (configuration: Configuration): Configuration => ({ ...configuration, outgoing: [] });
const oldHalf = (configuration: Configuration): Configuration =>
  configuration.outgoing.length === 0 ? configuration : { ...newHalf(configuration), voters: configuration.outgoing };
const withLearners = ({ voters, learners, ...rest }: Configuration): Configuration => ({
  ...rest,
  learners,
  voters: [...voters, ...learners],
});

/** Mistakes in changing who belongs to the cluster. */
export const membershipBugs = {
  "single-server-bug": {
    changeRefused: (server, change, options) =>
      rules.changeRefused.ask(server, change, { ...options, changeNeedsOwnCommit: false }),
  },
  "joint-commit-new-only": {
    commitQuorum: (server) => quorumValue(newHalf(server.configuration), (id) => storedOn(server, id)),
  },
  "joint-commit-old-only": {
    commitQuorum: (server) => quorumValue(oldHalf(server.configuration), (id) => storedOn(server, id)),
  },
  "joint-vote-new-only": { electionQuorum: ({ configuration, votes }) => voteResult(newHalf(configuration), votes) },
  "joint-vote-old-only": { electionQuorum: ({ configuration, votes }) => voteResult(oldHalf(configuration), votes) },
  "conf-pending-ignored": {
    changeRefused: (server, change, options) =>
      rules.changeRefused.ask({ ...server, pendingChangeIndex: 0 }, change, options),
  },
  "campaign-unapplied-conf": { changesApplied: () => true },
  "count-learners": {
    commitQuorum: (server) => quorumValue(withLearners(server.configuration), (id) => storedOn(server, id)),
  },
  "learner-campaigns": {
    mayCampaign: (server) =>
      rules.mayCampaign.ask(server) ||
      (server.role !== "leader" && server.incoming === null && isMember(server.configuration, server.id)),
  },
  "removed-leader-proposes": { removedTakesNothing: () => false },
  "no-joint": { jointNeeded: () => false },
  "new-leader-forgets-pending-conf": { pendingAtElection: () => 0 },
  "learner-never-votes": {
    oneVotePerTerm: (server, request, options) =>
      !isLearner(server.configuration, server.id) && rules.oneVotePerTerm.ask(server, request, options),
  },
  "auto-leave-forgotten": {
    leavesJoint: (server) => {
      const { log, pendingChangeIndex: at, term } = server;
      const entered = at > log.base && at <= lastIndex(log) ? entryAt(log, at) : null;
      return rules.leavesJoint.ask(server) && entered?.change != null && entered.term === term;
    },
  },
} as const satisfies Readonly<Record<string, Replaced>>;
