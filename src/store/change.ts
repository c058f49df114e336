import type { ServerId } from "../base/units.ts";
import { type Configuration, changed, type MembershipChange, membershipChange } from "../raft/configuration.ts";
import type { ServerView } from "../worker/protocol/server.ts";
import type { Act } from "../world/acts.ts";
import { presentVoters } from "./membership.ts";

/** A change of several servers at once, planned before it is proposed: what it leads to is said by the engine's own function. */

export type Standing = ServerView["member"];
export type Transition = Exclude<MembershipChange["transition"], "direct">;
type Changes = MembershipChange["changes"];

/** What each server shall become. Servers that are missing stay what they are. */
export type Wishes = ReadonlyMap<ServerId, Standing>;

export interface Plan {
  readonly changes: Changes;
  readonly before: Configuration;
  /** The joint configuration on the way; null where none is needed. */
  readonly joint: Configuration | null;
  readonly after: Configuration;
  /** Why the change does not fit; `joint` and `after` are then as before. Null if it does. */
  readonly problem: string | null;
}

/** The configuration that a server uses, as the engine has it. */
export const configurationOf = (server: ServerView): Configuration => ({
  voters: presentVoters(server.configuration),
  outgoing: server.outgoing,
  learners: server.learners,
  learnersNext: server.learnersNext,
  autoLeave: server.autoLeave,
});

export function standingIn({ voters, learners, learnersNext }: Configuration, id: ServerId): Standing {
  if (voters.includes(id)) return "voter";
  return learners.includes(id) || learnersNext.includes(id) ? "learner" : "none";
}

const types = { voter: "add", learner: "learner", none: "remove" } as const;

/** Only what differs from the present configuration is a change. */
const changesFor = (before: Configuration, wishes: Wishes): Changes =>
  [...wishes]
    .filter(([server, standing]) => standingIn(before, server) !== standing)
    .sort(([a], [b]) => a - b)
    .map(([server, standing]) => ({ type: types[standing], server }));

/** What comes of the wishes, asked of a server that uses configuration `before`. */
export function planOf(before: Configuration, wishes: Wishes, transition: Transition): Plan {
  if (before.outgoing.length > 0) return leavingPlan(before);
  const changes = changesFor(before, wishes);
  if (changes.length === 0) return { changes, before, joint: null, after: before, problem: "nothing is changed" };
  const first = changed(before, membershipChange(changes, transition));
  if (!first.ok) return { changes, before, joint: null, after: before, problem: first.problem };
  if (first.value.outgoing.length === 0) return { changes, before, joint: null, after: first.value, problem: null };
  return { changes, before, joint: first.value, after: left(first.value), problem: null };
}

/** A joint configuration can only be left. */
const leavingPlan = (before: Configuration): Plan => ({
  changes: [],
  before,
  joint: null,
  after: left(before),
  problem: null,
});

function left(joint: Configuration): Configuration {
  const after = changed(joint, membershipChange([]));
  return after.ok ? after.value : joint;
}

export const proposalOf = (
  server: ServerId,
  { changes, before }: Plan,
  transition: Transition,
): Extract<Act, { readonly do: "members" }> => ({
  do: "members",
  server,
  changes,
  transition: before.outgoing.length > 0 ? "auto" : transition,
});

/** Servers that would begin to vote with less of the log than is committed: until they have it, they hold up every commit (D §4.2.1). */
export function latecomers(plan: Plan, servers: readonly ServerView[], commitIndex: number): readonly ServerId[] {
  const joining = plan.after.voters.filter((id) => !plan.before.voters.includes(id));
  return joining.filter((id) => servers.some((server) => server.id === id && server.lastIndex < commitIndex));
}
