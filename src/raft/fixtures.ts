import type { LogIndex, ServerId, Term } from "../base/units.ts";
import type { Decision, DecisionKind } from "./decisions.ts";
import { append, emptyLog, lastIndex, type RaftLog, slice } from "./log.ts";
import type { RaftOptions } from "./options.ts";
import { type RuleName, type Rules, rules } from "./rules.ts";
import { createServer } from "./server.ts";
import { step } from "./step.ts";
import type {
  AppendEntries,
  AppendEntriesReply,
  Command,
  Entry,
  Input,
  Output,
  RaftMessage,
  RequestVote,
  RequestVoteReply,
  Role,
  Server,
} from "./types.ts";

/** For tests of single steps: S1 of five servers, times in ticks, logs written as lists of terms. */

export const ticks: RaftOptions = {
  electionTimeoutMin: 10,
  electionTimeoutMax: 20,
  heartbeatInterval: 3,
  retryAfter: 6,
  maxEntriesPerMessage: 3,
  noOpOnElection: false,
};

export const command = (digest: number): Command => ({ digest });

/** Equal index and term give an equal entry, as Log Matching demands. */
export const entry = (index: LogIndex, term: Term): Entry => ({ index, term, command: command(index * 100 + term) });

export const entries = (first: LogIndex, ...terms: readonly Term[]): Entry[] =>
  terms.map((term, i) => entry(first + i, term));

export function logOf(...terms: readonly Term[]): RaftLog {
  const log = emptyLog();
  for (const each of entries(1, ...terms)) append(log, each);
  return log;
}

export const termsOf = ({ log }: Server): Term[] => slice(log, 1, lastIndex(log)).map(({ term }) => term);

interface Given {
  readonly id?: ServerId;
  readonly servers?: number;
  readonly term?: Term;
  readonly votedFor?: ServerId;
  readonly log?: readonly Term[];
  readonly commit?: LogIndex;
  readonly role?: Role;
  readonly leader?: ServerId;
}

/** A server that runs since tick 0 with timeout 15; everything that it has is on its disk. */
export function server(given: Given = {}): Server {
  const { id = 1, servers = 5, log = [], commit = 0, role = "follower", leader = 0 } = given;
  const { term = log.at(-1) ?? 0, votedFor = role === "follower" ? 0 : id } = given;
  const voters = Array.from({ length: servers }, (_, i) => i + 1);
  const made = createServer(id, voters, { term, votedFor, log: logOf(...log) }, 0, 15);
  made.commitIndex = commit;
  made.lastApplied = commit;
  made.leader = leader;
  made.role = role;
  if (role === "candidate") made.votes[id] = true;
  if (role === "leader") lead(made);
  return made;
}

function lead(made: Server): void {
  made.leader = made.id;
  made.heartbeatDue = ticks.heartbeatInterval;
  for (const id of made.voters) {
    if (id === made.id) continue;
    made.progress[id] = { next: lastIndex(made.log) + 1, match: 0, outstanding: 0, outstandingSince: 0 };
  }
}

interface Taken extends Output {
  readonly decisions: readonly Decision[];
  readonly kinds: readonly DecisionKind[];
}

/** Replaces rules by their answers: `{ conflict: () => true }`. */
export function broken(answers: { readonly [Name in RuleName]?: Rules[Name]["ask"] }): Rules {
  const changed = Object.entries(answers).map(([name, ask]) => [name, { ...rules[name as RuleName], ask }]);
  return { ...rules, ...Object.fromEntries(changed) } as Rules;
}

/** One step at tick `now`, with what was decided. A timer that is set anew in it gets timeout 17. */
export function take(
  made: Server,
  input: Input,
  { now = 5, options = ticks, by = rules }: { now?: number; options?: RaftOptions; by?: Rules } = {},
): Taken {
  const decisions: Decision[] = [];
  const decide = (decision: Decision) => void decisions.push(decision);
  const out = step(made, input, { options, rules: by, now, drawnTimeout: 17, decide });
  return { ...out, decisions, kinds: decisions.map(({ kind }) => kind) };
}

/** As `take`, of a message. */
export const receive = (made: Server, message: RaftMessage, how: Parameters<typeof take>[2] = {}): Taken =>
  take(made, { kind: "message", message }, how);

/** Its disk finishes everything that was handed to it. */
export const finishWrites = (made: Server, how: Parameters<typeof take>[2] = {}): Taken =>
  take(made, { kind: "written", write: made.writesIssued }, how);

type Fields<Message> = Partial<Omit<Message, "type">>;

/** From S2 to S1, in term 1, with an empty log, unless said otherwise. */
export const requestVote = (fields: Fields<RequestVote> = {}): RequestVote => ({
  type: "RequestVote",
  from: 2,
  to: 1,
  term: 1,
  lastLogIndex: 0,
  lastLogTerm: 0,
  ...fields,
});

export const vote = (fields: Fields<RequestVoteReply> = {}): RequestVoteReply => ({
  type: "RequestVoteReply",
  from: 2,
  to: 1,
  term: 1,
  granted: true,
  ...fields,
});

export const appendEntries = (fields: Fields<AppendEntries> = {}): AppendEntries => ({
  type: "AppendEntries",
  from: 2,
  to: 1,
  term: 1,
  prevLogIndex: 0,
  prevLogTerm: 0,
  entries: [],
  leaderCommit: 0,
  ...fields,
});

export const appended = (fields: Fields<AppendEntriesReply> = {}): AppendEntriesReply => ({
  type: "AppendEntriesReply",
  from: 2,
  to: 1,
  term: 1,
  success: true,
  prevLogIndex: 0,
  matchIndex: 0,
  ...fields,
});

/** The answer that a server gives to a request, of the type that is expected. */
export function answer<Type extends RaftMessage["type"]>(
  { messages }: Output,
  type: Type,
): Extract<RaftMessage, { readonly type: Type }> {
  const found = messages.filter((message) => message.type === type);
  if (found.length !== 1) throw new Error(`expected one ${type}, found ${found.length}`);
  return found[0] as Extract<RaftMessage, { readonly type: Type }>;
}

/** "2: 3–4 after 2/1": entries 3 to 4 to S2 after entry 2 of term 1; "2: – after 2/1" is a heartbeat. */
export const sentAppends = ({ messages }: Output): string[] =>
  messages.flatMap((message) => {
    if (message.type !== "AppendEntries") return [];
    const { to, prevLogIndex, prevLogTerm, entries: carried } = message;
    const span = carried.length === 0 ? "–" : `${prevLogIndex + 1}–${prevLogIndex + carried.length}`;
    return [`${to}: ${span} after ${prevLogIndex}/${prevLogTerm}`];
  });
