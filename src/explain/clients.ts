import type { Count } from "../raft/quorum.ts";
import { rules } from "../raft/rules/index.ts";
import { agreeing, byHalves, needed, tally } from "./counts.ts";
import { habits } from "./habits.ts";
import { noTerm, ofTerm, rowsOf } from "./row.ts";
import { entries, who } from "./words.ts";

/** How it is known that the leader still led when the read was asked. */
const confirmations = {
  round: (counts: readonly Count[]): string =>
    byHalves(counts, () => "a majority has confirmed the leader", `${agreeing(counts)} have confirmed the leader`),
  alone: (): string => "it is the only voter",
  itself: (): string => "it asked nobody",
  "only voter": (): string => "it has no vote, and the only voter is not asked",
  leader: (): string => "the leader says so",
} as const;

const confirming = {
  round: habits.readRound,
  alone: rules.readAlone,
  itself: rules.readNeedsLeader,
  "only voter": habits.readOfOneVoter,
  leader: habits.readAtFollower,
} as const;

const wanted = (change: true | undefined): string => (change ? "a change of membership" : "a command");

const leases = {
  bound: habits.readLease,
  late: habits.readLateLease,
  checkQuorum: habits.readCheckQuorumLease,
  never: habits.readEndlessLease,
} as const;

/** Commands and reads. */
export const clientRows = rowsOf({
  proposalAppended: {
    kind: "log",
    routine: false,
    rule: habits.appendBeforeCommit,
    text: ({ server, index, last, term, counts }) => {
      const it = index === last ? "it" : "them";
      const commits = byHalves(
        counts,
        () => `it needs ${needed(counts)} servers to commit ${it}`,
        `to commit ${it}, ${needed(counts)} are needed`,
      );
      return `${who(server)} appended ${entries(index, last)} in term ${term}: ${commits}`;
    },
    values: ({ index, last, term, counts }) => [
      ["index", index === last ? String(index) : `${index} to ${last}`],
      ["term", String(term)],
      ["needed", needed(counts)],
    ],
    term: ofTerm,
  },
  proposalRefused: {
    kind: "client",
    routine: false,
    rule: rules.leaderAccepts,
    text: ({ server, leader, change }) =>
      `${who(server)} refused ${wanted(change)}: it is not the leader, ${leader === 0 ? "and knows none" : `${who(leader)} is as far as it knows`}`,
    values: ({ leader }) => [["leader it knows", leader === 0 ? "none" : who(leader)]],
    term: noTerm,
  },
  proposalForwarded: {
    kind: "client",
    routine: false,
    rule: habits.proxyProposal,
    text: ({ server, to, change }) => `${who(server)} passes ${wanted(change)} on to its leader ${who(to)}`,
    values: ({ to }) => [["leader it knows", who(to)]],
    term: noTerm,
  },
  proposalDropped: {
    kind: "client",
    routine: false,
    rule: ({ reason }) =>
      ({
        transfer: rules.transferHoldsProposals,
        "not a member": habits.removedLeader,
        size: habits.limitUncommitted,
      })[reason],
    text: ({ server, reason, transferee, change }) => {
      const why = {
        transfer: `it is handing leadership to ${who(transferee)}`,
        "not a member": "it is no member of its own configuration any more",
        size: "too many bytes of commands are not committed yet",
      }[reason];
      return `${who(server)} dropped ${wanted(change)}: ${why}`;
    },
    values: ({ transferee }) => [["hands leadership to", transferee === 0 ? "nobody" : who(transferee)]],
    term: noTerm,
  },
  readTaken: {
    kind: "client",
    routine: false,
    rule: habits.readRound,
    text: ({ server, context, index, round }) =>
      `${who(server)} takes read ${context} at commit index ${index}: heartbeats of round ${round} will show whether it still leads`,
    values: ({ index, round }) => [
      ["readIndex", String(index)],
      ["round", String(round)],
    ],
    term: noTerm,
  },
  readWaitsForCommit: {
    kind: "client",
    routine: false,
    rule: rules.readNeedsOwnCommit,
    text: ({ server, context }) =>
      `${who(server)} lets read ${context} wait: no entry of its own term is committed yet`,
    values: ({ context }) => [["read", context]],
    term: noTerm,
  },
  readForwarded: {
    kind: "client",
    routine: false,
    rule: habits.readAtFollower,
    text: ({ server, context, to }) => `${who(server)} asks its leader ${who(to)} for the index of read ${context}`,
    values: ({ to }) => [["leader it knows", who(to)]],
    term: noTerm,
  },
  readDropped: {
    kind: "client",
    routine: false,
    rule: habits.readAtFollower,
    text: ({ server, context }) => `${who(server)} dropped read ${context}: it follows no leader that it could ask`,
    values: ({ context }) => [["read", context]],
    term: noTerm,
  },
  readConfirmed: {
    kind: "client",
    routine: false,
    rule: ({ by }) => confirming[by],
    text: ({ server, context, index, by, counts }) =>
      `${who(server)} may answer read ${context} from the state at index ${index}: ${confirmations[by](counts)}`,
    unruled: ({ server, context, index, by, counts }) =>
      `${who(server)} answers read ${context} from the state at index ${index}: ${by === "round" ? `its leadership was confirmed by ${tally(counts)}` : "it asked nobody"}`,
    values: ({ index }) => [["readIndex", String(index)]],
    term: noTerm,
  },
  readByLease: {
    kind: "client",
    routine: false,
    rule: ({ ends }) => leases[ends],
    text: ({ server, context, index }) =>
      `${who(server)} answers read ${context} from its lease, from the state at index ${index}`,
    values: ({ index }) => [["readIndex", String(index)]],
    term: noTerm,
  },
});
