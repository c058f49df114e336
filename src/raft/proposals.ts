import type { LogIndex, ServerId } from "../base/units.ts";
import { type MembershipChange, membershipChange } from "./configuration.ts";
import type { Proposal } from "./entry.ts";
import { promiseOwn, type Step, send } from "./env.ts";
import { append, lastIndex } from "./log.ts";
import { takeAppendedChange } from "./membership.ts";
import { payloadOfAll } from "./pages.ts";
import { countsOf } from "./quorum.ts";
import { broadcastAppend } from "./sending.ts";
import type { Refusal } from "./types.ts";

/**
 * A client's commands, or a membership change; `from`: the server that they were first given to. Returns why they are
 * refused, or null.
 */
export function propose(s: Step, proposals: readonly Proposal[], from = s.server.id): Refusal | null {
  const { server, env } = s;
  if (!env.rules.leaderAccepts.ask(server)) return passOn(s, proposals, from);
  const first = lastIndex(server.log) + 1;
  const refused = whyDropped(s, proposals) ?? whyNotChanged(s, proposals);
  if (refused !== null) return refused;
  const accepted = proposals.map((proposal, i) => admitted(s, proposal, first + i));
  if (exceedsLimit(s, accepted)) return "too much uncommitted";
  tellChanges(s, proposals, accepted, first);
  const last = appendAsLeader(s, accepted);
  const { id, term, configuration } = server;
  env.decide?.({
    kind: "proposalAppended",
    server: id,
    index: first,
    last,
    term,
    counts: countsOf(configuration, () => false),
  });
  broadcastAppend(s);
  return null;
}

function passOn(s: Step, proposals: readonly Proposal[], from: ServerId): Refusal | null {
  const { server, env } = s;
  const { id, leader: to } = server;
  if (server.role !== "follower" || to === 0 || !env.options.forwardProposals) {
    env.decide?.({ kind: "proposalRefused", server: id, leader: to, ...whatOf(proposals) });
    return to === 0 ? "no leader" : "not leader";
  }
  env.decide?.({ kind: "proposalForwarded", server: id, to, ...whatOf(proposals) });
  send(s, { type: "Propose", from, to, term: 0, proposals });
  return null;
}

const whatOf = (proposals: readonly Proposal[]): { readonly change?: true } =>
  proposals.some(({ change }) => change !== null) ? { change: true } : {};

function whyDropped({ server, env }: Step, proposals: readonly Proposal[]): Refusal | null {
  const { id, transferee } = server;
  if (env.rules.removedTakesNothing.ask(server)) {
    env.decide?.({ kind: "proposalDropped", server: id, reason: "not a member", transferee, ...whatOf(proposals) });
    return "not a member";
  }
  if (env.rules.transferHoldsProposals.ask(server)) {
    env.decide?.({ kind: "proposalDropped", server: id, reason: "transfer", transferee, ...whatOf(proposals) });
    return "transfer in progress";
  }
  return null;
}

/** An empty leader takes at least one proposal, however large; empty entries always fit. */
function exceedsLimit({ server, env }: Step, proposals: readonly Proposal[]): boolean {
  const bytes = payloadOfAll(proposals);
  const { id, uncommittedBytes, transferee } = server;
  if (uncommittedBytes === 0 || bytes === 0 || uncommittedBytes + bytes <= env.options.maxUncommittedBytes)
    return false;
  env.decide?.({ kind: "proposalDropped", server: id, reason: "size", transferee, ...whatOf(proposals) });
  return true;
}

/** Where a change that may not be made now is refused with all that came with it. */
function whyNotChanged(s: Step, proposals: readonly Proposal[]): Refusal | null {
  if (s.env.options.refusedChange === "replaced") return null;
  return proposals.some(({ change }) => change !== null && refusesChange(s, change)) ? "change refused" : null;
}

function refusesChange({ server, env }: Step, change: MembershipChange): boolean {
  const { validateChanges, refusedChange } = env.options;
  const reason = validateChanges ? env.rules.changeRefused.ask(server, change, env.options) : null;
  if (reason === null) return false;
  const { id, pendingChangeIndex: pending } = server;
  const replaced = refusedChange === "replaced";
  env.decide?.({ kind: "changeRefused", server: id, change, reason, pending, replaced });
  return true;
}

/** As they were asked for: those that enter the log. */
function tellChanges(
  { server, env }: Step,
  proposals: readonly Proposal[],
  accepted: readonly Proposal[],
  first: LogIndex,
): void {
  proposals.forEach(({ change }, i) => {
    if (change === null || accepted[i]?.change === null) return;
    env.decide?.({ kind: "changeAppended", server: server.id, index: first + i, change });
  });
}

/** A change that may not be made now is replaced by an empty entry. */
function admitted(s: Step, proposal: Proposal, index: LogIndex): Proposal {
  const { server, env } = s;
  const { change } = proposal;
  if (change === null) return proposal;
  if (refusesChange(s, change)) return { command: null, change: null };
  server.pendingChangeIndex = index;
  if (env.rules.jointNeeded.ask()) return proposal;
  return { command: null, change: membershipChange(change.changes, "direct") };
}

/** Appends in the leader's own term; its own copy counts once it is on its disk. Returns the last index. */
export function appendAsLeader(s: Step, proposals: readonly Proposal[]): LogIndex {
  const { server } = s;
  for (const { command, change } of proposals) {
    const index = lastIndex(server.log) + 1;
    append(server.log, { index, term: server.term, command, change });
    takeAppendedChange(s, { change, index });
  }
  server.uncommittedBytes += payloadOfAll(proposals);
  const last = lastIndex(server.log);
  promiseOwn(s, { kind: "append", term: server.term, index: last });
  return last;
}
