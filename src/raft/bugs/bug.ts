import type { RaftOptions } from "../options.ts";
import type { RuleName, Rules } from "../rules/index.ts";

/** What can fall: a property by the name of its invariant, or what only a whole run shows. */
export type Property =
  | "Election Safety"
  | "Leader Append-Only"
  | "Log Matching"
  | "Leader Completeness"
  | "State Machine Safety"
  | "What is committed stays"
  | "Liveness"
  | "Linearizability"
  | "Exactly once"
  | "State equality";

/** A mistake that people have made in implementing Raft: what it puts in place of which rules, and what is told of it. */
export interface BugRow {
  readonly title: string;
  /** What is changed, in one sentence. */
  readonly changed: string;
  /** What comes of it, in one sentence. */
  readonly effect: string;
  /** What is asked instead of a rule, or rarely of two. */
  readonly replaces: { readonly [Name in RuleName]?: Rules[Name]["ask"] };
  /** Empty: it is safe and live, only slower or less available. */
  readonly breaks: readonly Property[];
  /** The smallest cluster that shows it. */
  readonly servers: number;
  /** Where the rule that is broken is stated. */
  readonly section: string;
  /** Options without which it makes no difference. */
  readonly needs?: Partial<RaftOptions>;
  /** The cheapest layer that finds it: a search over coarse actions, random faults, a story told on purpose, the clients' history. */
  readonly foundBy: "search" | "fuzz" | "directed" | "history";
}

export interface Bug extends BugRow {
  readonly name: string;
  /** Nobody is told which it is: what explains the run names neither it nor the rule that it replaces. */
  readonly veiled?: true;
}
