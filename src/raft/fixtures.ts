import type { LogIndex, ServerId, Term } from "../base/units.ts";
import { hearing } from "./asked.ts";
import { type Configuration, votersOnly } from "./configuration.ts";
import type { Decision, DecisionKind } from "./decisions.ts";
import type { Command, Entry } from "./entry.ts";
import { append, emptyLog, firstIndex, lastIndex, type RaftLog, slice } from "./log.ts";
import { profiles, type RaftOptions } from "./options.ts";
import { becomeReplicate, newProgress, type Progress } from "./progress.ts";
import { takeReady } from "./ready.ts";
import { type RuleName, type Rules, rules } from "./rules/index.ts";
import { createServer } from "./server.ts";
import { step } from "./step.ts";
import type {
  AppendEntries,
  AppendEntriesReply,
  Heartbeat,
  HeartbeatReply,
  Input,
  InstallSnapshot,
  PreVote,
  PreVoteReply,
  RaftMessage,
  Ready,
  Refusal,
  RequestVote,
  RequestVoteReply,
  Role,
  Server,
  Snapshot,
  Write,
} from "./types.ts";

/** For tests of single steps: S1 of five servers, times in ticks, logs written as lists of terms. */

const times = { electionTimeoutMin: 10, electionTimeoutMax: 20, heartbeatInterval: 3, retryAfter: 6 };
/** The paper's rules. */
export const ticks: RaftOptions = { ...profiles.paper, ...times, maxEntriesPerMessage: 3 };
/** The rules of production. */
export const production: RaftOptions = { ...profiles.etcd, ...times };

export const command = (digest: number, bytes = 1): Command => ({ digest, bytes });

/** Equal index and term give an equal entry, as Log Matching demands. */
export const entry = (index: LogIndex, term: Term): Entry => ({
  index,
  term,
  command: command(index * 100 + term),
  change: null,
});

export const entries = (first: LogIndex, ...terms: readonly Term[]): Entry[] =>
  terms.map((term, i) => entry(first + i, term));

export function logOf(...terms: readonly Term[]): RaftLog {
  const log = emptyLog();
  for (const each of entries(1, ...terms)) append(log, each);
  return log;
}

export const termsOf = ({ log }: Server): Term[] => slice(log, firstIndex(log), lastIndex(log)).map(({ term }) => term);

interface Given {
  readonly id?: ServerId;
  readonly servers?: number;
  readonly configuration?: Configuration;
  readonly term?: Term;
  readonly votedFor?: ServerId;
  readonly log?: readonly Term[];
  readonly commit?: LogIndex;
  readonly role?: Role;
  readonly leader?: ServerId;
  readonly options?: RaftOptions;
}

/** A server that runs since tick 0 with timeout 15; everything that it has is on its disk, what is committed is applied. */
export function server(given: Given = {}): Server {
  const { id = 1, servers = 5, log = [], commit = 0, role = "follower", leader = 0, options = ticks } = given;
  const { term = log.at(-1) ?? 0, votedFor = role === "candidate" || role === "leader" ? id : 0 } = given;
  const { configuration = votersOnly(Array.from({ length: servers }, (_, i) => i + 1)) } = given;
  const stored = { term, votedFor, log: logOf(...log), commitIndex: commit, configuration };
  const made = createServer(id, stored, options, { now: 0, timeout: 15, drawn: 1 });
  made.applying = commit;
  made.lastApplied = commit;
  made.leader = leader;
  made.role = role;
  if (role === "candidate" || role === "preCandidate") made.votes[id] = true;
  if (role === "leader") lead(made);
  return made;
}

function lead(made: Server): void {
  const { voters, outgoing, learners } = made.configuration;
  const last = lastIndex(made.log);
  made.leader = made.id;
  for (const id of [...voters, ...outgoing, ...learners]) made.progress[id] = newProgress(0, last + 1, false, 0);
  const own = newProgress(last, last + 1, true, 0);
  becomeReplicate(own);
  made.progress[made.id] = own;
}

/** The last index that is known to be on its disk. */
export const durable = ({ unstableFrom }: Server): LogIndex => unstableFrom - 1;

/** Everything that the algorithm goes by; not what is under way to the disk and to the others. */
export function stateOf(made: Server): Partial<Server> {
  const { outbox: _o, afterWrite: _a, ownPromises: _p, writes: _w, writesIssued: _i, ...rest } = structuredClone(made);
  const { timeoutsDrawn: _d, handedState: _s, handedRole: _r, handedLeader: _l, ...state } = rest;
  return state;
}

/** What a leader knows of a follower that has stored everything up to `match` and is sent what follows. */
export function follows(match: LogIndex, options: RaftOptions = ticks): Progress {
  const known = newProgress(match, match + 1, true, 0);
  if (options.flow === "window") becomeReplicate(known);
  return known;
}

/** What one step brought about. */
export interface Taken {
  readonly refused: Refusal | null;
  /** Everything that it wants sent, in order; and of that what promises something that the disk must hold. */
  readonly messages: readonly RaftMessage[];
  readonly promises: readonly RaftMessage[];
  /** What is to be written, if anything: term and vote, a snapshot, entries. */
  readonly writes: readonly Write[];
  readonly ready: Ready;
  /** The election timer was set anew. */
  readonly timerReset: boolean;
  readonly decisions: readonly Decision[];
  readonly kinds: readonly DecisionKind[];
}

/** Replaces rules by their answers: `{ conflict: () => true }`. */
export function broken(answers: { readonly [Name in RuleName]?: Rules[Name]["ask"] }): Rules {
  const changed = Object.entries(answers).map(([name, ask]) => [name, { ...rules[name as RuleName], ask }]);
  return { ...rules, ...Object.fromEntries(changed) } as Rules;
}

interface How {
  readonly now?: number;
  readonly options?: RaftOptions;
  readonly by?: Rules;
  readonly snapshot?: () => Snapshot;
}

/** One step at tick `now`, and what the server then wants done. A timer that is set anew in it gets timeout 17. */
export function take(made: Server, input: Input, how: How = {}): Taken {
  const { now = 5, options = ticks, by = rules, snapshot = null } = how;
  const decisions: Decision[] = [];
  const decide = hearing(by, (decision) => void decisions.push(decision));
  const { timerSince, timeoutsDrawn } = made;
  const refused = step(made, input, { options, rules: by, now, drawnTimeout: 17, snapshot, decide });
  const timerReset = made.timerSince !== timerSince || made.timeoutsDrawn !== timeoutsDrawn;
  const ready = takeReady(made, options, by, decide);
  return {
    refused,
    ready,
    messages: [...ready.messages, ...ready.messagesAfterWrite],
    promises: ready.messagesAfterWrite,
    writes: ready.write === null || isEmpty(ready.write) ? [] : [ready.write],
    timerReset,
    decisions,
    kinds: decisions.map(({ kind }) => kind),
  };
}

/** A write of nothing only marks a place in the queue: what was written before it is on the disk when it is done. */
const isEmpty = ({ state, snapshot, entries: carried }: Write): boolean =>
  state === null && snapshot === null && carried.length === 0;

/** As `take`, of a message. */
export const receive = (made: Server, message: RaftMessage, how: How = {}): Taken =>
  take(made, { kind: "message", message }, how);

/** Its disk finishes everything that was handed to it, and what that brings about. Gives what the last one did. */
export function finishWrites(made: Server, how: How = {}): Taken {
  let last = take(made, { kind: "written" }, how);
  while (made.writes.length > 0) last = joined(last, take(made, { kind: "written" }, how));
  return last;
}

const joined = (first: Taken, second: Taken): Taken => ({
  ...second,
  messages: [...first.messages, ...second.messages],
  decisions: [...first.decisions, ...second.decisions],
  kinds: [...first.kinds, ...second.kinds],
});

/** The state machine has applied its log from `first` to `last`. */
export const applied = (made: Server, first: LogIndex, last = first): Input => ({
  kind: "applied",
  entries: slice(made.log, first, last),
});

export const propose = (digest = 1, bytes = 1): Input => ({
  kind: "propose",
  proposals: [{ command: command(digest, bytes), change: null }],
});

type Fields<Message> = Partial<Omit<Message, "type">>;

/** From S2 to S1, in term 1, with an empty log, unless said otherwise. */
export const requestVote = (fields: Fields<RequestVote> = {}): RequestVote => ({
  type: "RequestVote",
  from: 2,
  to: 1,
  term: 1,
  lastLogIndex: 0,
  lastLogTerm: 0,
  transfer: false,
  ...fields,
});

export const preVote = (fields: Fields<PreVote> = {}): PreVote => ({
  type: "PreVote",
  from: 2,
  to: 1,
  term: 1,
  lastLogIndex: 0,
  lastLogTerm: 0,
  ...fields,
});

export const preVoted = (fields: Fields<PreVoteReply> = {}): PreVoteReply => ({
  type: "PreVoteReply",
  from: 2,
  to: 1,
  term: 1,
  granted: true,
  ...fields,
});

export const heartbeat = (fields: Fields<Heartbeat> = {}): Heartbeat => ({
  type: "Heartbeat",
  from: 2,
  to: 1,
  term: 1,
  commit: 0,
  round: 0,
  ...fields,
});

export const heartbeatReply = (fields: Fields<HeartbeatReply> = {}): HeartbeatReply => ({
  type: "HeartbeatReply",
  from: 2,
  to: 1,
  term: 1,
  round: 0,
  ...fields,
});

/** From S2 to S1: a snapshot at that index and term, of three voters unless said otherwise. */
export const installSnapshot = (
  fields: Fields<InstallSnapshot> & { readonly index: LogIndex; readonly at: Term; readonly of?: Configuration },
): InstallSnapshot => {
  const { index, at, of = votersOnly([1, 2, 3]), ...rest } = fields;
  const snapshot = { index, term: at, configuration: of, hash: index * 100 + at };
  return { type: "InstallSnapshot", from: 2, to: 1, term: at, snapshot, ...rest };
};

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
  hintIndex: 0,
  hintTerm: 0,
  ...fields,
});

/** The answer that a server gives to a request, of the type that is expected. */
export function answer<Type extends RaftMessage["type"]>(
  { messages }: Pick<Taken, "messages">,
  type: Type,
): Extract<RaftMessage, { readonly type: Type }> {
  const found = messages.filter((message) => message.type === type);
  if (found.length !== 1) throw new Error(`expected one ${type}, found ${found.length}`);
  return found[0] as Extract<RaftMessage, { readonly type: Type }>;
}

/** "2: 3–4 after 2/1": entries 3 to 4 to S2 after entry 2 of term 1; "2: – after 2/1" is a heartbeat. */
export const sentAppends = ({ messages }: Pick<Taken, "messages">): string[] =>
  messages.flatMap((message) => {
    if (message.type !== "AppendEntries") return [];
    const { to, prevLogIndex, prevLogTerm, entries: carried } = message;
    const span = carried.length === 0 ? "–" : `${prevLogIndex + 1}–${prevLogIndex + carried.length}`;
    return [`${to}: ${span} after ${prevLogIndex}/${prevLogTerm}`];
  });
