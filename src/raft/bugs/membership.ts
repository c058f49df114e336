import type { Configuration } from "../configuration.ts";
import { isMember } from "../configuration.ts";
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
} as const satisfies Readonly<Record<string, Replaced>>;
