import type { Micros, ServerId } from "../../../base/units.ts";
import { entryAt, lastIndex } from "../../../raft/log.ts";
import type { Input, RaftMessage } from "../../../raft/types.ts";
import { type AppendEntriesRequest, keyOf, messageText, type SpecMessage } from "../messages.ts";
import { type SpecState, serverIn } from "../state.ts";
import { specEntry, specMessages } from "./mapping.ts";
import { differences, type Observed } from "./observed.ts";
import { Path } from "./path.ts";

/** One step of one server, as the run has it. */
export interface Step {
  /** Counted over all servers, from 1. */
  readonly number: number;
  readonly at: Micros;
  readonly event: number;
  readonly server: ServerId;
  readonly input: Input;
  after: Observed;
  /** Messages to others, in order. */
  readonly sent: readonly RaftMessage[];
}

/** `path`: a sequence of actions that does what the step did; or the one that comes nearest, and what it leaves different. */
export interface Explained {
  readonly path: Path;
  readonly differences: readonly string[];
}

/** Looks for a short sequence of actions with which the server gets from the state to where the step has left it. */
export function explain(state: SpecState, step: Step): Explained {
  let nearest: Explained | null = null;
  for (const read of waysToRead(state, step)) {
    const path = new Path(state);
    read(path);
    const unsent = follow(path, step);
    const left = [...differences(step.server, serverIn(path.state, step.server), step.after), ...unsent];
    if (left.length === 0) return { path, differences: left };
    if (nearest === null || left.length < nearest.differences.length) nearest = { path, differences: left };
  }
  return nearest!;
}

// ---- what is received -----------------------------------------------------------------------------------------

type Reading = (path: Path) => unknown;
const nothing: Reading = () => {};

/** A message that changes nothing, or only the term, may have got lost: what is left of it is dropped. */
function waysToRead(state: SpecState, { input, server }: Step): readonly Reading[] {
  if (input.kind === "written") {
    const own = ownVotes(state, server);
    return [(path) => readAll(path, own), nothing];
  }
  const messages = input.kind === "message" ? specMessages(input.message) : null;
  if (messages === null) return [nothing];
  const [m] = messages;
  const ways: readonly Reading[] = [
    (path) => readAll(path, messages),
    nothing,
    (path) => path.go({ name: "Receive", m: m! }),
    (path) => path.go({ name: "ReceiveKeeping", m: m! }),
  ];
  return ways.map((read) => (path) => {
    read(path);
    dropAll(
      path,
      messages.filter((each) => copiesOf(path.state, each) === copiesOf(state, each)),
    );
  });
}

/** The answer of a candidate to itself, which counts once its vote is on the disk. */
export const ownVotes = ({ messages }: SpecState, i: ServerId): readonly SpecMessage[] =>
  [...messages.values()].flatMap(({ message }) => (message.msource === i && message.mdest === i ? [message] : []));

/** Of many, only the last is answered: the others are read until what they carry is in the log. */
function readAll(path: Path, messages: readonly SpecMessage[]): void {
  for (const m of messages) {
    if (m === messages.at(-1) || m.mtype !== "AppendEntriesRequest") readThrough(path, m);
    else if (!store(path, m)) return;
  }
}

/** False if the entry did not get into the log. */
function store(path: Path, m: AppendEntriesRequest): boolean {
  const [entry] = m.mentries;
  const has = (): boolean => serverIn(path.state, m.mdest).log[m.mprevLogIndex]?.term === entry!.term;
  const isRead = (): boolean => {
    const { currentTerm, state } = serverIn(path.state, m.mdest);
    return currentTerm === m.mterm && state === "Follower" && has();
  };
  const { sent } = path;
  const before = sent.length;
  while (!isRead()) if (sent.length > before || !path.go({ name: "Receive", m }).ok) return false;
  return true;
}

/** Receives until the message is consumed. False if it is not. */
function readThrough(path: Path, m: SpecMessage): boolean {
  const copies = copiesOf(path.state, m);
  while (copiesOf(path.state, m) === copies) {
    const { commitIndex } = serverIn(path.state, m.mdest);
    const taken = path.go({ name: "Receive", m });
    if (!taken.ok) return false;
    // An old request would lower the commit index; Figure 2 has it stay.
    if (m.mtype !== "AppendEntriesRequest" || serverIn(path.state, m.mdest).commitIndex >= commitIndex) continue;
    path.takeBack(taken.sends !== undefined);
    path.go({ name: "ReceiveKeeping", m });
  }
  return true;
}

/** How often a message is under way. */
export const copiesOf = ({ messages }: SpecState, m: SpecMessage): number => messages.get(keyOf(m))?.copies ?? 0;

function dropAll(path: Path, messages: readonly SpecMessage[]): void {
  for (const m of messages) path.go({ name: "DropMessage", m });
}

// ---- what the server does -------------------------------------------------------------------------------------

/** Goes on from what was received to where the run is. Returns what was sent there and has no action here, in sentences. */
function follow(path: Path, step: Step): readonly string[] {
  campaign(path, step);
  lead(path, step);
  return send(path, step);
}

function campaign(path: Path, { server: i, after }: Step): void {
  if (after.state !== "Candidate" || serverIn(path.state, i).currentTerm >= after.term) return;
  dropAll(path, ownVotes(path.state, i));
  if (!path.go({ name: "Timeout", i }).ok) return;
  const asked = path.go({ name: "RequestVote", i, j: i });
  if (asked.ok) path.go({ name: "Receive", m: asked.sends! });
}

function lead(path: Path, { server: i, after }: Step): void {
  if (after.state !== "Leader") return;
  if (serverIn(path.state, i).state === "Candidate") path.go({ name: "BecomeLeader", i });
  while (serverIn(path.state, i).log.length < lastIndex(after.log)) {
    const { log } = serverIn(path.state, i);
    const { value } = specEntry(entryAt(after.log, log.length + 1));
    if (!path.go({ name: "ClientRequest", i, value }).ok) break;
  }
  if (serverIn(path.state, i).commitIndex !== after.commitIndex) path.go({ name: "AdvanceCommitIndex", i });
}

function send(path: Path, { sent }: Step): readonly string[] {
  const answers = path.sent.filter((m) => isAnswer(m) && m.mdest !== m.msource);
  const problems: string[] = [];
  for (const m of sent.flatMap((message) => specMessages(message) ?? [])) {
    if (!isAnswer(m)) problems.push(...request(path, m));
    else {
      const at = answers.findIndex((made) => keyOf(made) === keyOf(m));
      if (at >= 0) answers.splice(at, 1);
      else
        problems.push(
          `the run answers ${messageText(m)}; ${answers[0] ? `the specification ${messageText(answers[0])}` : "the specification does not"}`,
        );
    }
  }
  // What the run does not answer has been lost on its way.
  dropAll(path, answers);
  return problems;
}

const isAnswer = ({ mtype }: SpecMessage): boolean =>
  mtype === "RequestVoteResponse" || mtype === "AppendEntriesResponse";

function request(path: Path, m: SpecMessage): readonly string[] {
  const { msource: i, mdest: j } = m;
  const taken = m.mtype === "AppendEntriesRequest" ? sendEntries(path, m) : path.go({ name: "RequestVote", i, j });
  if (!taken.ok) return [`the run sends ${messageText(m)}; the specification does not: ${taken.why}`];
  const made = taken.sends!;
  return keyOf(made) === keyOf(m) ? [] : [`the run sends ${messageText(m)}; the specification ${messageText(made)}`];
}

/** By raft.tla's own action where that sends just this. */
function sendEntries(path: Path, { msource: i, mdest: j, mprevLogIndex: prev, mentries }: AppendEntriesRequest) {
  const { nextIndex, log } = serverIn(path.state, i);
  const count = mentries.length === 0 ? 0 : 1;
  const itself = prev === nextIndex[j]! - 1 && count === (log.length > prev ? 1 : 0);
  return path.go(itself ? { name: "AppendEntries", i, j } : { name: "AppendEntriesAt", i, j, prev, count });
}
