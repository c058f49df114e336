import type { Count } from "../raft/quorum.ts";
import { rules } from "../raft/rules/index.ts";
import { inOldAndNew } from "../scenario/names.ts";
import { habits } from "./habits.ts";
import type { Reason } from "./reason.ts";

/** Majorities in words: one, or of a joint configuration both (§6), the old one first, as they came. */

type Counts = readonly Count[];
const isJoint = (counts: Counts): boolean => counts.length > 1;

/** "2 of 3"; "2 of 3 in the old configuration and 1 of 3 in the new". */
const each = (counts: Counts, number: (count: Count) => number, between?: string): string =>
  inOldAndNew(counts.map((count) => `${number(count)} of ${count.voters.length}`).reverse(), between);

/** "2 of 5", who agrees. */
export const agreeing = (counts: Counts): string => each(counts, ({ agree }) => agree.length);
/** "3 of 5", who must. */
export const needed = (counts: Counts): string => each(counts, ({ quorum }) => quorum);

/** "3 are needed"; "both majorities are needed". */
const needs = (counts: Counts): string =>
  isJoint(counts) ? "both majorities are needed" : `${counts[0]?.quorum ?? 0} are needed`;

/** The rule that a candidate is elected by. */
export const electing = ({ counts }: { readonly counts: Counts }): Reason =>
  isJoint(counts) ? habits.jointConfiguration : rules.electionQuorum;

/** "2 of 5, 3 are needed"; "2 of 3 in the old configuration, 1 of 3 in the new; both majorities are needed". */
export const tally = (counts: Counts): string =>
  `${each(counts, ({ agree }) => agree.length, ", ")}${isJoint(counts) ? ";" : ","} ${needs(counts)}`;

/** " (2 of 3 in the old configuration and 1 of 3 in the new)", to go after names; "" where there is one majority. */
export const inHalves = (counts: Counts): string => (isJoint(counts) ? ` (${agreeing(counts)})` : "");

/** What is said where there is one majority, and where there are two. */
export const byHalves = <Said>(counts: Counts, one: (count: Count) => Said, both: Said): Said => {
  const [first] = counts;
  return isJoint(counts) || first === undefined ? both : one(first);
};
