import type { ServerId } from "../base/units.ts";
import { rules } from "../raft/rules/index.ts";
import type { RaftMessage } from "../raft/types.ts";
import { agreeing, inHalves, needed, tally } from "./counts.ts";
import { habits } from "./habits.ts";
import { noTerm, ofTerm, rowsOf } from "./row.ts";
import { duration, entries, messageOf, names, placeBefore, who } from "./words.ts";

const storedBy = (on: readonly ServerId[]): string => `${names(on)} ${on.length === 1 ? "has" : "have"} stored it`;
/** Its disk may have it, from before it led: it counts by what it has been told. */
const untold = (leader: ServerId): string =>
  `${who(leader)} counts itself, before it knows whether its own disk has it`;
const stillUntold = (leader: ServerId): string => ` (${untold(leader)})`;

export const replicationRows = rowsOf({
  entriesSent: {
    kind: "log",
    routine: false,
    rule: habits.entriesFromNext,
    text: ({ server, to, first, last, prevTerm, again }) =>
      `${who(server)} sends ${entries(first, last)} to ${who(to)}${again ? " again" : ""}, to go after ${placeBefore(first - 1, prevTerm)}`,
    values: ({ to, first, last, prevTerm }) => [
      [`nextIndex[${who(to)}]`, String(first)],
      ["last entry sent", String(last)],
      ["prevLogIndex", String(first - 1)],
      ["prevLogTerm", String(prevTerm)],
    ],
    term: noTerm,
  },
  notSent: {
    kind: "log",
    routine: ({ reason }) => reason === "answer",
    rule: ({ reason }) => notSentRules[reason],
    text: ({ server, to, first, last, reason, waitsFor }) => {
      const why = {
        window: `as much is under way as may be, up to entry ${waitsFor}`,
        answer:
          waitsFor === 0
            ? `${who(to)} must answer something first`
            : `${who(to)} has not answered what was sent up to entry ${waitsFor}`,
        snapshot: `the snapshot up to entry ${waitsFor} is under way`,
      }[reason];
      return `${who(server)} does not send ${who(to)} ${entries(first, last)} yet: ${why}`;
    },
    values: ({ to, first, last, waitsFor }) => [
      [`${who(to)} lacks`, entries(first, last)],
      ["under way, up to", waitsFor === 0 ? "none" : `entry ${waitsFor}`],
    ],
    term: noTerm,
  },
  heartbeatSent: {
    kind: "message",
    routine: true,
    rule: habits.heartbeat,
    text: ({ server, to }) => `${who(server)} sends heartbeats to ${names(to)}`,
    values: () => [],
    term: noTerm,
  },
  appendAccepted: {
    kind: "log",
    routine: false,
    rule: rules.consistencyCheck,
    text: ({ server, from, prevIndex, prevTerm, count }) => {
      const accepted = entries(prevIndex + 1, prevIndex + count);
      const why = prevIndex === 0 ? "it starts the log" : `its own entry ${prevIndex} has term ${prevTerm} too`;
      return `${who(server)} accepted ${accepted} from ${who(from)}: ${why}`;
    },
    unruled: ({ server, from, prevIndex, prevTerm, ownTerm, count }) => {
      const own = ownTerm === null ? "it does not know" : `its own is of term ${ownTerm}`;
      return `${who(server)} accepted ${entries(prevIndex + 1, prevIndex + count)} from ${who(from)}, to go after ${placeBefore(prevIndex, prevTerm)}${prevIndex === 0 ? "" : `; ${own}`}`;
    },
    values: ({ prevIndex, prevTerm, ownTerm }) => [
      ["prevLogIndex", String(prevIndex)],
      ["prevLogTerm", String(prevTerm)],
      [`own term at ${prevIndex}`, ownTerm === null ? "unknown" : String(ownTerm)],
    ],
    term: noTerm,
  },
  appendRefusedMissing: {
    kind: "log",
    routine: false,
    rule: rules.consistencyCheck,
    text: ({ server, from, prevIndex, lastIndex }) =>
      `${who(server)} refused ${who(from)}'s AppendEntries: it has no entry ${prevIndex}, its log ${lastIndex === 0 ? "is empty" : `ends at ${lastIndex}`}`,
    values: ({ prevIndex, lastIndex }) => [
      ["prevLogIndex", String(prevIndex)],
      ["own last index", String(lastIndex)],
    ],
    term: noTerm,
  },
  appendRefusedConflict: {
    kind: "log",
    routine: false,
    rule: rules.consistencyCheck,
    text: ({ server, from, prevIndex, ownTerm, prevTerm }) =>
      `${who(server)} refused ${who(from)}'s AppendEntries: its own entry ${prevIndex} is of term ${ownTerm}, not ${prevTerm}`,
    values: ({ prevIndex, ownTerm, prevTerm }) => [
      ["prevLogIndex", String(prevIndex)],
      ["prevLogTerm", String(prevTerm)],
      [`own term at ${prevIndex}`, String(ownTerm)],
    ],
    term: noTerm,
  },
  appendRefusedOldLeader: {
    kind: "log",
    routine: false,
    rule: rules.oldTerm,
    text: ({ server, from, messageType, messageTerm, term }) =>
      `${who(server)} refused ${who(from)}'s ${messageType}: it is of term ${messageTerm}, ${who(server)} is in term ${term}`,
    values: ({ messageTerm, term }) => [
      ["term of the request", String(messageTerm)],
      ["own term", String(term)],
    ],
    term: ofTerm,
  },
  entriesDeleted: {
    kind: "log",
    routine: false,
    rule: rules.conflict,
    text: ({ server, first, last, ownTerm, leaderTerm }) =>
      `${who(server)} deleted ${entries(first, last)}: at ${first} it had term ${ownTerm}, the leader has term ${leaderTerm}`,
    values: ({ first, ownTerm, leaderTerm, commitIndex }) => [
      [`own term at ${first}`, String(ownTerm)],
      [`leader's term at ${first}`, String(leaderTerm)],
      ["own commit index", String(commitIndex)],
    ],
    term: noTerm,
  },
  nothingDeleted: {
    kind: "log",
    routine: false,
    rule: rules.conflict,
    text: ({ server, first, last, lastIndex }) =>
      `${who(server)} has ${entries(first, last)} already and keeps its log up to ${lastIndex}`,
    unruled: ({ server, first, last, lastIndex }) =>
      `${who(server)} got ${entries(first, last)} and keeps its log up to ${lastIndex}`,
    values: ({ first, last, lastIndex }) => [
      ["known already", entries(first, last)],
      ["own last index", String(lastIndex)],
    ],
    term: noTerm,
  },
  nextBackedUp: {
    kind: "log",
    routine: false,
    rule: rules.nextAfterRefusal,
    text: ({ server, follower, from, to, match }) =>
      to === from
        ? `${who(server)} leaves nextIndex for ${who(follower)} at ${to}: what comes before is acknowledged`
        : `${who(server)} lowered nextIndex for ${who(follower)} from ${from} to ${to}${match === undefined ? "" : `, although ${who(follower)} had acknowledged its log up to entry ${match}`}`,
    values: ({ follower, from, to, match }) => [
      [`nextIndex[${who(follower)}] before`, String(from)],
      [`nextIndex[${who(follower)}] now`, String(to)],
      ...(match === undefined ? [] : [[`matchIndex[${who(follower)}]`, String(match)] as const]),
    ],
    term: noTerm,
  },
  appendBelowCommit: {
    kind: "log",
    routine: false,
    rule: habits.belowCommit,
    text: ({ server, from, prevIndex, commitIndex }) =>
      `${who(server)} answered ${who(from)}'s AppendEntries at once: it begins after ${prevIndex}, ${who(server)} has committed up to ${commitIndex}`,
    unruled: ({ server, from, prevIndex, commitIndex }) =>
      `${who(server)} answered ${who(from)}'s AppendEntries at once: it begins after ${prevIndex}, ${who(server)}'s commit index is ${commitIndex}`,
    values: ({ prevIndex, commitIndex }) => [
      ["prevLogIndex", String(prevIndex)],
      ["own commit index", String(commitIndex)],
    ],
    term: noTerm,
  },
  matchAdvanced: {
    kind: "log",
    routine: false,
    rule: rules.matchAfterSuccess,
    text: ({ server, follower, match, last }) =>
      last !== undefined
        ? `${who(server)} heard that ${who(follower)} has stored its log up to entry ${match}, but its own ends at ${last}`
        : follower === server
          ? `${who(server)} counts its own copy: its log is on its disk up to entry ${match}`
          : `${who(server)} learned that ${who(follower)} has stored the same log up to entry ${match}`,
    unruled: ({ server, follower, match }) =>
      `${who(server)} takes ${follower === server ? "its own log to be on its disk" : `${who(follower)}'s log to equal its own`} up to entry ${match}`,
    values: ({ follower, match }) => [[`matchIndex[${who(follower)}]`, String(match)]],
    term: noTerm,
  },
  followerHeard: {
    kind: "message",
    routine: ({ silent, least }) => silent < least,
    rule: ({ silent, least }) => (silent < least ? habits.activeFollower : habits.asksForEver),
    text: ({ server, follower, silent, least }) =>
      silent < least
        ? `${who(server)} counts ${who(follower)} as active: it has answered`
        : `${who(server)} hears from ${who(follower)}, after ${duration(silent)} without an answer`,
    values: ({ follower, silent }) => [[`no answer from ${who(follower)}`, duration(silent)]],
    term: noTerm,
  },
  probeSent: {
    kind: "message",
    routine: true,
    rule: rules.heartbeatUnpauses,
    text: ({ server, to, prevIndex }) =>
      `${who(server)} asks ${who(to)} with an empty AppendEntries whether it has everything up to ${prevIndex}`,
    values: ({ prevIndex }) => [["prevLogIndex", String(prevIndex)]],
    term: noTerm,
  },
  replicationBegun: {
    kind: "log",
    routine: false,
    rule: habits.pipelining,
    text: ({ server, follower, match }) =>
      `${who(server)} sends ${who(follower)} entries ahead of the answers from now on: their logs agreed up to ${placeOf(match)}`,
    values: ({ follower, match }) => [[`matchIndex[${who(follower)}]`, String(match)]],
    term: noTerm,
  },
  staleAnswer: {
    kind: "message",
    routine: false,
    rule: rules.refusalIsNews,
    text: ({ server, follower, match, next, prevIndex, acknowledged }) =>
      acknowledged
        ? `${who(server)} ignored a refusal from ${who(follower)} after entry ${prevIndex}: ${who(follower)} had acknowledged its log up to entry ${match}, and is not sent that again`
        : `${who(server)} ignored a refusal from ${who(follower)}: it answers a request to append after entry ${prevIndex}, and nextIndex is ${next} by now`,
    values: ({ follower, match, next, prevIndex }) => [
      ["prevLogIndex of the request", String(prevIndex)],
      [`nextIndex[${who(follower)}]`, String(next)],
      [`matchIndex[${who(follower)}]`, String(match)],
    ],
    term: noTerm,
  },
  committed: {
    kind: "log",
    routine: false,
    rule: rules.commitOwnTerm,
    text: ({ server, index, from, term, on, counts }) =>
      `${who(server)} committed ${entries(from, index)}: ${from === index ? "it" : `entry ${index}`} is of its own term ${term} and stored on ${names(on)}${inHalves(counts)}`,
    unruled: ({ server, index, from, entryTerm, term, on, counts }) =>
      `${who(server)} committed ${entries(from, index)} in its term ${term}: entry ${index} is of term ${entryTerm} and stored on ${names(on)} (${tally(counts)})`,
    values: ({ index, entryTerm, term, on, counts }) => [
      [`term of entry ${index}`, String(entryTerm)],
      ["own term", String(term)],
      ["stored on", names(on)],
      ["needed", needed(counts)],
    ],
    term: ofTerm,
  },
  notCommittedOldTerm: {
    kind: "log",
    routine: false,
    rule: rules.commitOwnTerm,
    text: ({ server, index, entryTerm, term, on, counts, writing }) =>
      `${who(server)} does not commit entry ${index} although ${storedBy(writing ? on.filter((id) => id !== server) : on)}${writing ? ` and ${untold(server)}` : ""}${inHalves(counts)}: it is of term ${entryTerm}, not of ${who(server)}'s own term ${term}`,
    values: ({ index, entryTerm, term, on, counts }) => [
      [`term of entry ${index}`, String(entryTerm)],
      ["own term", String(term)],
      ["stored on", names(on)],
      ["needed", needed(counts)],
    ],
    term: ofTerm,
  },
  notCommittedHalf: {
    kind: "log",
    routine: false,
    rule: habits.jointConfiguration,
    text: ({ server, index, counts, writing }) =>
      `${who(server)} does not commit entry ${index} yet: it is stored on ${tally(counts)}${writing ? stillUntold(server) : ""}`,
    unruled: ({ server, index, counts, writing }) =>
      `${who(server)} does not commit entry ${index} yet: it is stored on ${agreeing(counts)}${writing ? stillUntold(server) : ""}`,
    values: ({ on, lacking, counts }) => [
      ["stored on", names(on)],
      ["needed", needed(counts)],
      ["lacks a majority of", `the ${lacking} configuration`],
    ],
    term: noTerm,
  },
  followerCommitted: {
    kind: "log",
    routine: false,
    rule: rules.followerCommit,
    text: ({ server, index }) => `${who(server)} learned that its log is committed up to entry ${index}`,
    unruled: ({ server, index, leaderCommit, lastNew }) =>
      `${who(server)} takes its log to be committed up to entry ${index}: ${
        lastNew === null
          ? `so says a heartbeat (${leaderCommit})`
          : `the leader has committed up to ${leaderCommit}, the request verified up to ${lastNew}`
      }`,
    values: ({ leaderCommit, lastNew }) =>
      lastNew === null
        ? [["commit index of the heartbeat", String(leaderCommit)]]
        : [
            ["leaderCommit", String(leaderCommit)],
            ["last entry that the request verified", String(lastNew)],
          ],
    term: noTerm,
  },
  messageIgnored: {
    kind: "message",
    routine: false,
    rule: ({ reason, messageType }) => {
      if (reason === "not a member") return habits.members;
      return reason === "role" || messageType.endsWith("Reply") ? rules.currentReply : habits.oldTermIgnored;
    },
    text: ({ server, from, messageType, messageTerm, term, reason }) => {
      const why = {
        "old term": `it is of term ${messageTerm}, ${who(server)} is in term ${term}`,
        role: wrongRoles[messageType],
        "not a member": `${who(from)} is no member of its configuration`,
      }[reason];
      return `${who(server)} ignored ${messageOf(from, messageType)}: ${why}`;
    },
    values: ({ messageTerm, term }) => [
      ["term of the message", String(messageTerm)],
      ["own term", String(term)],
    ],
    term: ofTerm,
  },
  peerUnreachable: {
    kind: "message",
    routine: false,
    rule: habits.probeAfterLoss,
    text: ({ server, peer }) => `${who(server)} cannot reach ${who(peer)} and sends it one message at a time`,
    values: ({ peer }) => [["cannot be reached", who(peer)]],
    term: noTerm,
  },
  applied: {
    kind: "log",
    routine: true,
    rule: habits.applyInOrder,
    text: ({ server, index }) => `${who(server)} has applied its log up to entry ${index}, which is committed`,
    unruled: ({ server, index, commitIndex }) =>
      `${who(server)} has applied its log up to entry ${index}; its commit index is ${commitIndex}`,
    values: ({ index, commitIndex }) => [
      ["commitIndex", String(commitIndex)],
      ["lastApplied", String(index)],
    ],
    term: noTerm,
  },
  notApplied: {
    kind: "log",
    routine: ({ reason, leads }) => reason !== "disk" || !leads,
    rule: ({ reason }) => notAppliedRules[reason],
    text: ({ server, first, last, reason }) => {
      const one = first === last;
      const why = {
        disk: `${one ? "it is" : "they are"} not known to be on its own disk`,
        write: "the write under way must be finished first",
        snapshot: "a snapshot must be on its disk first",
        page: "its state machine is given a page of entries at a time",
      }[reason];
      return `${who(server)} does not apply ${entries(first, last)} yet, which ${one ? "is" : "are"} committed: ${why}`;
    },
    values: ({ first, last }) => [["committed, not applied", entries(first, last)]],
    term: noTerm,
  },
  noOpAppended: {
    kind: "log",
    routine: false,
    rule: habits.noOp,
    text: ({ server, index, term }) => `${who(server)} appended entry ${index}, a no-op, to begin its term ${term}`,
    values: ({ index, term }) => [
      ["index", String(index)],
      ["term", String(term)],
    ],
    term: ofTerm,
  },
});

const notSentRules = {
  window: habits.fullWindow,
  answer: habits.oneRequest,
  snapshot: habits.snapshotFirst,
} as const;
const notAppliedRules = {
  disk: habits.appliesWhatIsStored,
  write: habits.oneWriteAtATime,
  snapshot: habits.snapshotReplacesLog,
  page: habits.pages,
} as const;

const placeOf = (index: number): string => (index === 0 ? "their start" : `entry ${index}`);

/** Why a message says nothing to who is no longer (or not) what it takes him for. */
const wrongRoles: Readonly<Record<RaftMessage["type"], string>> = {
  RequestVote: "it is not a follower",
  RequestVoteReply: "it is no longer a candidate",
  PreVote: "it is not a follower",
  PreVoteReply: "it no longer asks for pre-votes",
  AppendEntries: "it leads the same term itself",
  AppendEntriesReply: "it no longer leads",
  Heartbeat: "it leads the same term itself",
  HeartbeatReply: "it no longer leads",
  InstallSnapshot: "it leads the same term itself",
  TimeoutNow: "it is not a follower",
  TransferLeader: "it does not lead",
  Propose: "it does not lead",
  ReadIndex: "it does not lead",
  ReadIndexReply: "it is no longer a follower",
};
