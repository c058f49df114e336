import { digestText } from "../base/hash.ts";
import { failure, type Result, success } from "../base/result.ts";
import type { ServerId } from "../base/units.ts";

/**
 * Who belongs to the cluster (D chapter 4). All lists ascending. While `outgoing` is not empty the configuration is
 * joint: elections and commitment need a majority of `voters` and one of `outgoing` (P §6).
 */
export interface Configuration {
  readonly voters: readonly ServerId[];
  readonly outgoing: readonly ServerId[];
  readonly learners: readonly ServerId[];
  /** Voters of `outgoing` that become learners when the joint configuration is left. */
  readonly learnersNext: readonly ServerId[];
  /** The leader leaves the joint configuration by itself. */
  readonly autoLeave: boolean;
}

export interface SingleChange {
  readonly type: "add" | "remove" | "learner" | "update";
  readonly server: ServerId;
}
export type Transition = "auto" | "implicit" | "explicit";
/** No changes: leave the joint configuration. */
export interface MembershipChange {
  readonly changes: readonly SingleChange[];
  /**
   * `auto`: joint only where more than one server changes. `implicit`: joint, left by itself. `explicit`: joint.
   * `direct`: never joint, which nobody may ask for: what a broken rule makes of a change.
   */
  readonly transition: Transition | "direct";
  readonly digest: number;
  /** Size as an entry: what a compact encoding of it takes. */
  readonly bytes: number;
}

export function membershipChange(
  changes: readonly SingleChange[],
  transition: MembershipChange["transition"] = "auto",
): MembershipChange {
  const digest = digestText(`${transition}:${changes.map(({ type, server }) => `${type} ${server}`).join()}`);
  const bytes = changes.length === 0 ? 0 : 2 + 6 * changes.length;
  return { changes, transition, digest, bytes };
}

export const votersOnly = (voters: readonly ServerId[]): Configuration => ({
  voters,
  outgoing: [],
  learners: [],
  learnersNext: [],
  autoLeave: false,
});

export const isJoint = (configuration: Configuration): boolean => configuration.outgoing.length > 0;
const leavesJoint = (change: MembershipChange): boolean => change.changes.length === 0 && change.transition === "auto";

export const isVoter = ({ voters, outgoing }: Configuration, id: ServerId): boolean =>
  voters.includes(id) || outgoing.includes(id);
export const isLearner = (configuration: Configuration, id: ServerId): boolean => configuration.learners.includes(id);
export const isMember = (configuration: Configuration, id: ServerId): boolean =>
  isVoter(configuration, id) || isLearner(configuration, id);

/** Everybody, ascending. */
export function membersOf({ voters, outgoing, learners }: Configuration): readonly ServerId[] {
  if (outgoing.length === 0 && learners.length === 0) return voters;
  return ascending([...voters, ...outgoing, ...learners]);
}

/** Voters of both halves, ascending. */
export const allVoters = ({ voters, outgoing }: Configuration): readonly ServerId[] =>
  outgoing.length === 0 ? voters : ascending([...voters, ...outgoing]);

const ascending = (ids: readonly ServerId[]): ServerId[] => [...new Set(ids)].sort((a, b) => a - b);
const without = (ids: readonly ServerId[], id: ServerId): ServerId[] => ids.filter((other) => other !== id);
const withOne = (ids: readonly ServerId[], id: ServerId): ServerId[] => ascending([...ids, id]);

/** The configuration after a change, or why the change does not fit. */
export function changed(before: Configuration, change: MembershipChange): Result<Configuration, string> {
  if (leavesJoint(change)) return leave(before);
  const direct = change.transition === "direct";
  const joint = !direct && (change.transition !== "auto" || change.changes.length > 1);
  if (isJoint(before)) return failure("the configuration is joint already");
  if (joint && before.voters.length === 0) return failure("a configuration without voters cannot become joint");
  const start = joint ? { ...before, outgoing: before.voters } : before;
  const after = change.changes.reduce(changedByOne, start);
  if (after.voters.length === 0) return failure("no voter would be left");
  if (joint) return success({ ...after, autoLeave: change.transition !== "explicit" });
  if (!direct && difference(before.voters, after.voters) > 1) return failure("more than one voter changes at once");
  return success(after);
}

function leave(before: Configuration): Result<Configuration, string> {
  if (!isJoint(before)) return failure("the configuration is not joint");
  const learners = ascending([...before.learners, ...before.learnersNext]);
  return success({ voters: before.voters, outgoing: [], learners, learnersNext: [], autoLeave: false });
}

function changedByOne(c: Configuration, { type, server: id }: SingleChange): Configuration {
  if (id === 0) return c;
  switch (type) {
    case "add":
      return {
        ...c,
        voters: withOne(c.voters, id),
        learners: without(c.learners, id),
        learnersNext: without(c.learnersNext, id),
      };
    case "learner":
      return isLearner(c, id) ? c : demoted(removed(c, id), id);
    case "remove":
      return removed(c, id);
    case "update":
      return c;
  }
}

const removed = (c: Configuration, id: ServerId): Configuration => ({
  ...c,
  voters: without(c.voters, id),
  learners: without(c.learners, id),
  learnersNext: without(c.learnersNext, id),
});

/** A voter of the outgoing half cannot be a learner as well: it becomes one when that half is left. */
const demoted = (c: Configuration, id: ServerId): Configuration =>
  c.outgoing.includes(id)
    ? { ...c, learnersNext: withOne(c.learnersNext, id) }
    : { ...c, learners: withOne(c.learners, id) };

const difference = (a: readonly ServerId[], b: readonly ServerId[]): number =>
  a.filter((id) => !b.includes(id)).length + b.filter((id) => !a.includes(id)).length;

export function configurationText(c: Configuration): string {
  return [
    c.voters.join(","),
    c.outgoing.length > 0 ? `&${c.outgoing.join(",")}` : "",
    c.learners.length > 0 ? ` learners ${c.learners.join(",")}` : "",
    c.learnersNext.length > 0 ? ` learners next ${c.learnersNext.join(",")}` : "",
  ].join("");
}
