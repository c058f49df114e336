import type { LogIndex, ServerId } from "../../../base/units.ts";
import { entryAt, lastIndex } from "../../../raft/log.ts";
import { holds, withMessage } from "../bag.ts";
import { name } from "../entry.ts";
import { messageText, type SpecMessage } from "../messages.ts";
import { type Action, actionText, take } from "../next.ts";
import { type SpecState, serverIn, withMessages, withServer } from "../state.ts";
import type { Step } from "./explain.ts";
import { specEntry, specMessages } from "./mapping.ts";
import { differences } from "./observed.ts";

/** Why a run is none of the specification's. */
export interface Refusal {
  readonly step: Step;
  /** What happened, "S2 receives AppendEntriesRequest(…)". */
  readonly what: string;
  /** The actions that lead nearest to where the step has left the server. */
  readonly nearest: readonly Action[];
  /** What the run has otherwise after them. */
  readonly differences: readonly string[];
  /** Every action that could come next, and why it does not help. */
  readonly excluded: readonly { readonly action: string; readonly why: string }[];
}

export function refusalOf(
  step: Step,
  { actions, state }: { readonly actions: readonly Action[]; readonly state: SpecState },
  left: readonly string[],
): Refusal {
  const excluded = possible(state, step, actions).map((action) => ({
    action: actionText(action),
    why: whyNot(state, step, action),
  }));
  return { step, what: stepText(step), nearest: actions, differences: left, excluded };
}

/** `state`: where the nearest actions lead. The same, but for what the server has otherwise in the run. */
export function refusedState(state: SpecState, { step: { server: i, after, sent } }: Refusal): SpecState {
  const spec = serverIn(state, i);
  const { votes, progress } = after;
  const each = (was: readonly LogIndex[], field: "next" | "match"): readonly LogIndex[] =>
    was.map((value, j) => (j === i ? value : (progress?.[j]?.[field] ?? value)));
  const voters = (counts: (vote: boolean | undefined) => boolean): ServerId[] =>
    (votes ?? []).flatMap((vote, id) => (counts(vote) ? [id] : []));
  const run = withServer(state, i, {
    currentTerm: after.term,
    state: after.state,
    votedFor: after.votedFor,
    log: Array.from({ length: lastIndex(after.log) }, (_, k) => specEntry(entryAt(after.log, k + 1))),
    commitIndex: after.commitIndex,
    votesResponded: votes === null ? spec.votesResponded : voters((vote) => vote !== undefined),
    votesGranted: votes === null ? spec.votesGranted : voters((vote) => vote === true),
    nextIndex: each(spec.nextIndex, "next"),
    matchIndex: each(spec.matchIndex, "match"),
  });
  return sent
    .flatMap((message) => specMessages(message) ?? [])
    .filter((m) => !holds(state.messages, m))
    .reduce((next, m) => withMessages(next, withMessage(next.messages, m)), run);
}

/** The actions of this server, and of what it received. Others change nothing of what is different. */
function possible(state: SpecState, { server: i, input, after }: Step, done: readonly Action[]): readonly Action[] {
  const { log } = serverIn(state, i);
  const others = state.servers.filter((j) => j !== i);
  const next = log.length < lastIndex(after.log) ? specEntry(entryAt(after.log, log.length + 1)).value : 0;
  const received = input.kind === "message" ? (specMessages(input.message) ?? []) : [];
  const isRead = (m: SpecMessage): boolean => done.some((action) => "m" in action && action.m === m);
  const read = received.filter((m) => holds(state.messages, m) || !isRead(m));
  return [
    { name: "Restart", i },
    { name: "Timeout", i },
    ...others.map((j) => ({ name: "RequestVote", i, j }) as const),
    { name: "BecomeLeader", i },
    { name: "ClientRequest", i, value: next },
    { name: "AdvanceCommitIndex", i },
    ...others.map((j) => ({ name: "AppendEntries", i, j }) as const),
    ...read.flatMap((m) => [{ name: "Receive", m } as const, { name: "DropMessage", m } as const]),
  ];
}

/** It is impossible; or after it the server is not where the run has it either. */
function whyNot(state: SpecState, { server: i, after }: Step, action: Action): string {
  const taken = take(state, action);
  if (!taken.ok) return taken.why;
  const [first] = differences(i, serverIn(taken.state, i), after);
  return first === undefined ? `${taken.did}; that sends nothing that the run has sent` : `${taken.did}; then ${first}`;
}

function stepText({ server, input }: Step): string {
  const who = name(server);
  switch (input.kind) {
    case "message":
      return `${who} receives ${(specMessages(input.message) ?? []).map(messageText).join(" and ") || input.message.type}`;
    case "electionTimeout":
    case "campaign":
      return `${who}'s election timer fires`;
    case "heartbeatTimeout":
      return `${who}'s heartbeat timer fires`;
    case "propose":
      return `a client asks ${who} for something`;
    case "written":
      return `a write of ${who} is finished`;
    default:
      return `${who} takes the input ${input.kind}`;
  }
}
