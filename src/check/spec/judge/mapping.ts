import type { Entry } from "../../../raft/entry.ts";
import type { AppendEntries, RaftMessage } from "../../../raft/types.ts";
import type { SpecEntry } from "../entry.ts";
import type { SpecMessage } from "../messages.ts";

/** How messages of a run read in the specification. */

export const specEntry = ({ term, command }: Entry): SpecEntry => ({ term, value: command?.digest ?? 0 });

const known = new WeakMap<RaftMessage, readonly SpecMessage[]>();

/** In order; null: the specification has no such message. */
export function specMessages(message: RaftMessage): readonly SpecMessage[] | null {
  const before = known.get(message);
  if (before !== undefined) return before;
  const made = translated(message);
  if (made !== null) known.set(message, made);
  return made;
}

function translated(message: RaftMessage): readonly SpecMessage[] | null {
  const base = { mterm: message.term, msource: message.from, mdest: message.to };
  switch (message.type) {
    case "RequestVote": {
      const { lastLogTerm: mlastLogTerm, lastLogIndex: mlastLogIndex } = message;
      return [{ mtype: "RequestVoteRequest", ...base, mlastLogTerm, mlastLogIndex }];
    }
    case "RequestVoteReply":
      return [{ mtype: "RequestVoteResponse", ...base, mvoteGranted: message.granted }];
    case "AppendEntries":
      return message.entries.length === 0 ? [part(message, 0, [])] : message.entries.map((_, k) => one(message, k));
    case "AppendEntriesReply": {
      const { success: msuccess, matchIndex: mmatchIndex } = message;
      return [{ mtype: "AppendEntriesResponse", ...base, msuccess, mmatchIndex }];
    }
    default:
      return null;
  }
}

/** raft.tla's requests carry one entry: one with many is as many, each after the one before it. */
const one = (message: AppendEntries, k: number): SpecMessage => part(message, k, [specEntry(message.entries[k]!)]);

function part(message: AppendEntries, k: number, mentries: readonly SpecEntry[]): SpecMessage {
  const { term: mterm, from: msource, to: mdest, entries, leaderCommit } = message;
  const prev = message.prevLogIndex + k;
  return {
    mtype: "AppendEntriesRequest",
    mterm,
    msource,
    mdest,
    mprevLogIndex: prev,
    mprevLogTerm: k === 0 ? message.prevLogTerm : entries[k - 1]!.term,
    mentries,
    mcommitIndex: Math.min(leaderCommit, prev + mentries.length),
  };
}
