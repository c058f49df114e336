import { type Configuration, isLearner, isMember } from "../configuration.ts";
import { entryAt, lastIndex } from "../log.ts";
import { quorumValue, voteResult } from "../quorum.ts";
import { storedOn } from "../rules/commitment.ts";
import { rules } from "../rules/index.ts";
import type { BugRow } from "./bug.ts";

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
    title: "A change before the leader's first commit",
    changed: "A new leader changes the membership before it has committed an entry of its own term.",
    effect: "Two leaders build on different configurations whose majorities do not meet (Ongaro, 2015).",
    replaces: {
      changeRefused: (server, change, options) =>
        rules.changeRefused.ask(server, change, { ...options, changeNeedsOwnCommit: false }),
    },
    breaks: ["State Machine Safety", "Leader Completeness"],
    servers: 4,
    section: "D 4.1",
    needs: { configurationFrom: "append", changeNeedsOwnCommit: true },
    foundBy: "search",
  },
  "joint-commit-new-only": {
    title: "In a joint configuration the new half commits",
    changed: "While the configuration is joint, a majority of the new servers alone commits.",
    effect: "The old servers elect a leader that lacks what was committed.",
    replaces: { commitQuorum: (server) => quorumValue(newHalf(server.configuration), (id) => storedOn(server, id)) },
    breaks: ["Leader Completeness", "State Machine Safety"],
    servers: 3,
    section: "§6",
    foundBy: "search",
  },
  "joint-commit-old-only": {
    title: "In a joint configuration the old half commits",
    changed: "While the configuration is joint, a majority of the old servers alone commits.",
    effect: "The new servers elect a leader that lacks what was committed.",
    replaces: { commitQuorum: (server) => quorumValue(oldHalf(server.configuration), (id) => storedOn(server, id)) },
    breaks: ["Leader Completeness", "State Machine Safety"],
    servers: 4,
    section: "§6",
    foundBy: "directed",
  },
  "joint-vote-new-only": {
    title: "In a joint configuration the new half elects",
    changed: "While the configuration is joint, votes of a majority of the new servers are enough.",
    effect: "The old servers elect a second leader of that term.",
    replaces: { electionQuorum: ({ configuration, votes }) => voteResult(newHalf(configuration), votes) },
    breaks: ["Election Safety", "Leader Completeness"],
    servers: 4,
    section: "§6",
    foundBy: "directed",
  },
  "joint-vote-old-only": {
    title: "In a joint configuration the old half elects",
    changed: "While the configuration is joint, votes of a majority of the old servers are enough.",
    effect: "A leader is elected that lacks what the new servers have committed.",
    replaces: { electionQuorum: ({ configuration, votes }) => voteResult(oldHalf(configuration), votes) },
    breaks: ["Leader Completeness", "Election Safety"],
    servers: 4,
    section: "§6",
    foundBy: "directed",
  },
  "conf-pending-ignored": {
    title: "A second change while one is pending",
    changed: "A leader takes another change before the one before it is applied.",
    effect: "Two changes at once leave majorities that do not meet.",
    replaces: {
      changeRefused: (server, change, options) =>
        rules.changeRefused.ask({ ...server, pendingChangeIndex: 0 }, change, options),
    },
    breaks: ["Leader Completeness", "State Machine Safety"],
    servers: 3,
    section: "D 4.1",
    foundBy: "search",
  },
  "campaign-unapplied-conf": {
    title: "A campaign with a change that is committed but not applied",
    changed: "A server starts an election although it has not applied a change that it knows to be committed.",
    effect: "It counts the votes of a configuration that is gone, and two leaders win one term.",
    replaces: { changesApplied: () => true },
    breaks: ["Election Safety"],
    servers: 5,
    section: "D 4.1",
    needs: { configurationFrom: "apply" },
    foundBy: "directed",
  },
  "count-learners": {
    title: "Learners count when entries are committed",
    changed: "A leader counts the copies on learners towards the majority that commits.",
    effect: "The voters elect a leader without the entry.",
    replaces: {
      commitQuorum: (server) => quorumValue(withLearners(server.configuration), (id) => storedOn(server, id)),
    },
    breaks: ["Leader Completeness"],
    servers: 4,
    section: "D 4.2.1",
    foundBy: "fuzz",
  },
  "learner-campaigns": {
    title: "Learners start elections",
    changed: "A learner whose timer fires starts an election like a voter.",
    effect: "It raises the term and deposes a leader, and who counts in no majority may end up leading.",
    replaces: {
      mayCampaign: (server) =>
        rules.mayCampaign.ask(server) ||
        (server.role !== "leader" && server.incoming === null && isMember(server.configuration, server.id)),
    },
    breaks: ["Liveness"],
    servers: 2,
    section: "D 4.2.1",
    foundBy: "directed",
  },
  "removed-leader-proposes": {
    title: "A removed leader takes commands",
    changed: "A leader that is no member any more goes on taking commands.",
    effect: "Nothing is lost, but who is outside leads the cluster.",
    replaces: { removedTakesNothing: () => false },
    breaks: [],
    servers: 3,
    section: "D 4.2.2",
    needs: { removedLeader: "stays" },
    foundBy: "directed",
  },
  "no-joint": {
    title: "Several changes at once without a joint configuration",
    changed: "A change of several servers switches at once to the new ones.",
    effect: "Old and new servers form majorities that do not meet (Figure 10).",
    replaces: { jointNeeded: () => false },
    breaks: ["Leader Completeness", "Election Safety"],
    servers: 3,
    section: "§6",
    foundBy: "search",
  },
  "new-leader-forgets-pending-conf": {
    title: "A new leader forgets a pending change",
    changed: "A new leader takes a change although its log holds one that is not applied.",
    effect: "Two changes at once leave majorities that do not meet.",
    replaces: { pendingAtElection: () => 0 },
    breaks: ["Leader Completeness", "State Machine Safety"],
    servers: 3,
    section: "D 4.1",
    needs: { changeNeedsOwnCommit: false },
    foundBy: "search",
  },
  "learner-never-votes": {
    title: "A learner refuses its vote",
    changed: "A server that takes itself for a learner votes for nobody.",
    effect: "A learner that was promoted and does not know it yet can block every election.",
    replaces: {
      oneVotePerTerm: (server, request, options) =>
        !isLearner(server.configuration, server.id) && rules.oneVotePerTerm.ask(server, request, options),
    },
    breaks: ["Liveness"],
    servers: 3,
    section: "D 4.2.1",
    foundBy: "directed",
  },
  "auto-leave-forgotten": {
    title: "A new leader does not leave the joint configuration",
    changed: "Only the leader that entered a joint configuration leaves it by itself.",
    effect: "After its crash the cluster needs both majorities for ever.",
    replaces: {
      leavesJoint: (server) => {
        const { log, pendingChangeIndex: at, term } = server;
        const entered = at > log.base && at <= lastIndex(log) ? entryAt(log, at) : null;
        return rules.leavesJoint.ask(server) && entered?.change != null && entered.term === term;
      },
    },
    breaks: ["Liveness"],
    servers: 3,
    section: "§6",
    foundBy: "directed",
  },
} as const satisfies Readonly<Record<string, BugRow>>;
