import type { Micros, ServerId, Term } from "../../base/units.ts";
import type { Bookmark } from "./run.ts";

/** What came of a run, in the order of time; all of one Raft group. */
export interface RunOutcome {
  /** From each time on the highest term of any server. */
  readonly terms: readonly { readonly from: Micros; readonly term: Term }[];
  readonly elections: readonly { readonly at: Micros; readonly server: ServerId; readonly term: Term }[];
  /** Each time a higher entry was known to be committed, and which. */
  readonly commits: readonly { readonly at: Micros; readonly index: number }[];
  /** While nobody leads whom a majority could still follow: each of its voters is in that leader's term, or before it. */
  readonly leaderless: readonly { readonly from: Micros; readonly to: Micros }[];
  /** Of the clients; `answered` null: not in this run. */
  readonly operations: readonly { readonly called: Micros; readonly answered: Micros | null }[];
  /** How far it went, and why not further; null: as far as was asked. */
  readonly end: Micros;
  readonly stopped: string | null;
  /** Acts that were not possible when their time came, in words. */
  readonly impossible: readonly { readonly at: Micros; readonly text: string }[];
}

/** The run that is shown and another one with the same acts. */
export interface Again {
  readonly here: RunOutcome;
  readonly there: RunOutcome;
  readonly acts: readonly { readonly at: Micros; readonly text: string }[];
  /** Of the other run: each that has a claim was looked at there. */
  readonly bookmarks: readonly Bookmark[];
}
