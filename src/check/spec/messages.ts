import type { LogIndex, ServerId, Term } from "../../base/units.ts";
import { name, type SpecEntry } from "./entry.ts";

interface Base {
  readonly mterm: Term;
  readonly msource: ServerId;
  readonly mdest: ServerId;
}
export interface RequestVoteRequest extends Base {
  readonly mtype: "RequestVoteRequest";
  readonly mlastLogTerm: Term;
  readonly mlastLogIndex: LogIndex;
}
export interface RequestVoteResponse extends Base {
  readonly mtype: "RequestVoteResponse";
  readonly mvoteGranted: boolean;
}
export interface AppendEntriesRequest extends Base {
  readonly mtype: "AppendEntriesRequest";
  readonly mprevLogIndex: LogIndex;
  readonly mprevLogTerm: Term;
  /** None or one. */
  readonly mentries: readonly SpecEntry[];
  readonly mcommitIndex: LogIndex;
}
export interface AppendEntriesResponse extends Base {
  readonly mtype: "AppendEntriesResponse";
  readonly msuccess: boolean;
  readonly mmatchIndex: LogIndex;
}
/** The records of raft.tla, without mlog. */
export type SpecMessage = RequestVoteRequest | RequestVoteResponse | AppendEntriesRequest | AppendEntriesResponse;

const keys = new WeakMap<SpecMessage, string>();

/** Equal exactly for equal messages. */
export function keyOf(message: SpecMessage): string {
  const known = keys.get(message);
  if (known !== undefined) return known;
  const key = `${message.mtype} ${message.msource} ${message.mdest} ${message.mterm} ${bodyOf(message)}`;
  keys.set(message, key);
  return key;
}

function bodyOf(message: SpecMessage): string {
  switch (message.mtype) {
    case "RequestVoteRequest":
      return `${message.mlastLogTerm} ${message.mlastLogIndex}`;
    case "RequestVoteResponse":
      return String(message.mvoteGranted);
    case "AppendEntriesRequest": {
      const [entry] = message.mentries;
      const carried = entry === undefined ? "-" : `${entry.term}:${entry.value}`;
      return `${message.mprevLogIndex} ${message.mprevLogTerm} ${carried} ${message.mcommitIndex}`;
    }
    case "AppendEntriesResponse":
      return `${message.msuccess} ${message.mmatchIndex}`;
  }
}

/** "AppendEntriesRequest(S1 to S2, term 3, entry 5 after 4 of term 2, commit 3)". */
export function messageText(message: SpecMessage): string {
  const { mtype, msource, mdest, mterm } = message;
  return `${mtype}(${name(msource)} to ${name(mdest)}, term ${mterm}, ${detailOf(message)})`;
}

function detailOf(message: SpecMessage): string {
  switch (message.mtype) {
    case "RequestVoteRequest":
      return `log ends at ${message.mlastLogIndex} of term ${message.mlastLogTerm}`;
    case "RequestVoteResponse":
      return message.mvoteGranted ? "granted" : "refused";
    case "AppendEntriesRequest": {
      const { mprevLogIndex: prev, mprevLogTerm: term, mentries, mcommitIndex } = message;
      const what = mentries.length === 0 ? "nothing" : `entry ${prev + 1} of term ${mentries[0]!.term}`;
      return `${what} after ${prev} of term ${term}, commit ${mcommitIndex}`;
    }
    case "AppendEntriesResponse":
      return message.msuccess ? `success up to ${message.mmatchIndex}` : "refused";
  }
}
