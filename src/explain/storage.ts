import { rules } from "../raft/rules/index.ts";
import { habits } from "./habits.ts";
import { noTerm, noValues, ofTerm, rowsOf } from "./row.ts";
import { placeBefore, who } from "./words.ts";

/** The disk and snapshots. */
export const storageRows = rowsOf({
  wroteFirst: {
    kind: "disk",
    routine: true,
    rule: habits.writeFirst,
    text: ({ server, what }) => `${who(server)} writes ${writes[what]} to disk before it promises anything`,
    unruled: ({ server, what }) => `${who(server)} writes ${writes[what]} to disk`,
    values: ({ write }) => [["write", `number ${write}`]],
    term: noTerm,
  },
  writeForgotten: {
    kind: "disk",
    routine: false,
    rule: habits.replacedWrite,
    text: ({ server, write, lastIndex, lastTerm }) =>
      `${who(server)} counts nothing for write ${write}: ${placeBefore(lastIndex, lastTerm)}, with which it ended, is no longer in the log`,
    values: ({ write, lastIndex, lastTerm }) => [
      ["write", `number ${write}`],
      ["its last entry", placeBefore(lastIndex, lastTerm)],
    ],
    term: noTerm,
  },
  snapshotSent: {
    kind: "log",
    routine: false,
    rule: habits.snapshotForLaggard,
    text: ({ server, to, index, next }) =>
      `${who(server)} sends ${who(to)} a snapshot up to entry ${index}: ${who(to)} ${
        next <= index
          ? `needs entry ${next}, which ${who(server)} has discarded`
          : `has entry ${next - 1}, which ${who(server)} does not have`
      }`,
    values: ({ to, index, next }) => [
      [`nextIndex[${who(to)}]`, String(next)],
      ["lastIncludedIndex", String(index)],
    ],
    term: noTerm,
  },
  snapshotWithheld: {
    kind: "log",
    routine: false,
    rule: habits.snapshotToTheLiving,
    text: ({ server, to }) =>
      `${who(server)} sends ${who(to)} no snapshot yet: ${who(to)} has not answered since ${who(server)} began to lead or last looked`,
    values: noValues,
    term: noTerm,
  },
  snapshotInstalled: {
    kind: "log",
    routine: false,
    rule: habits.snapshotReplacesLog,
    text: ({ server, from, index, term }) =>
      `${who(server)} replaced its log by ${who(from)}'s snapshot, which ends with entry ${index} of term ${term}`,
    values: ({ index, term }) => [
      ["lastIncludedIndex", String(index)],
      ["lastIncludedTerm", String(term)],
    ],
    term: ofTerm,
  },
  snapshotOnlyCommitted: {
    kind: "log",
    routine: false,
    rule: rules.snapshotKeepsLog,
    text: ({ server, from, index }) =>
      `${who(server)} keeps its log: it holds entry ${index}, with which ${who(from)}'s snapshot ends, and learns that it is committed`,
    unruled: ({ server, from, index }) =>
      `${who(server)} keeps its log: ${who(from)}'s snapshot ends with entry ${index}, which it takes to be committed`,
    values: ({ index }) => [["lastIncludedIndex", String(index)]],
    term: noTerm,
  },
  snapshotIgnored: {
    kind: "log",
    routine: false,
    rule: ({ reason }) => (reason === "not a member" ? habits.snapshotForMembers : rules.snapshotIsNews),
    text: ({ server, from, index, commitIndex, reason }) => {
      const why = {
        old: `it ends with entry ${index}, ${who(server)} has committed up to ${commitIndex}`,
        "not a member": `its configuration does not contain ${who(server)}`,
        role: "it is not a follower",
      }[reason];
      return `${who(server)} ignored ${who(from)}'s snapshot: ${why}`;
    },
    values: ({ index, commitIndex }) => [
      ["lastIncludedIndex", String(index)],
      ["own commit index", String(commitIndex)],
    ],
    term: noTerm,
  },
  snapshotReported: {
    kind: "log",
    routine: false,
    rule: habits.snapshotReport,
    text: ({ server, follower, ok }) =>
      `${who(server)} heard that its snapshot ${ok ? "reached" : "did not reach"} ${who(follower)}, and will ask it how far its log goes`,
    values: noValues,
    term: noTerm,
  },
});

const writes = {
  vote: "its term and vote",
  entries: "its new entries",
  term: "its new term",
  snapshot: "the snapshot",
} as const;
