import type { LogIndex, Term } from "../base/units.ts";
import type { MembershipChange } from "./configuration.ts";

/**
 * What a client wants executed. Opaque to Raft but for its size in bytes and its digest: a 32-bit hash of the content,
 * equal for equal commands, from which logs are compared without being read.
 */
export interface Command {
  readonly digest: number;
  readonly bytes: number;
}

/** An entry with neither command nor change is empty: a no-op, or what stands in for a refused change. */
export interface Entry {
  readonly index: LogIndex;
  readonly term: Term;
  readonly command: Command | null;
  readonly change: MembershipChange | null;
}
/** What is proposed: an entry without its place. */
export type Proposal = Pick<Entry, "command" | "change">;
