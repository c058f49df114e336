import type { Micros, ServerId } from "../../base/units.ts";
import type { ToldMessage } from "../../exchange/in/told.ts";
import { refName } from "../../scenario/names.ts";
import { defaultClients } from "../../world/limits.ts";
import type { MessageRef } from "../../world/state/messages.ts";
import type { Frame, Position, Viewport } from "../protocol/frame.ts";
import type { MessageKind, MessageView } from "../protocol/message.ts";
import type { LogCell, ServerView } from "../protocol/server.ts";
import { entryIn, type Known, leastLast } from "./known.ts";
import type { NameOf } from "./names.ts";
import type { Past } from "./past.ts";
import { doingOf, leadsOf, saidLast, toldOf } from "./words.ts";

const tailLength = 8;
const messagesMost = 500;
/** What is sent and never told of again stands beside its sender, in this part of a second's lane. */
const standsFor: Micros = 1_000_000;

const kinds: { readonly [Kind in ToldMessage["kind"]]: MessageKind } = {
  requestVote: "RequestVote",
  requestVoteReply: "RequestVoteReply",
  preVote: "PreVote",
  preVoteReply: "PreVoteReply",
  appendEntries: "AppendEntries",
  appendEntriesReply: "AppendEntriesReply",
  heartbeat: "Heartbeat",
  heartbeatReply: "HeartbeatReply",
  installSnapshot: "InstallSnapshot",
  timeoutNow: "TimeoutNow",
  other: "Other",
};
export const kindOf = ({ kind }: Pick<ToldMessage, "kind">): MessageKind => kinds[kind];

/** A message is named by its place in the run. */
export const refOf = (id: number, { from, to }: Pick<ToldMessage, "from" | "to">): MessageRef => ({
  from,
  to,
  ordinal: id + 1,
  copy: 0,
});

/** A moment of a told run as the page draws it. */
export function frameOf(past: Past, position: Position, viewport: Viewport, nameOf: NameOf): Frame {
  const { run, length } = past;
  const known = past.knownAfter(position.event);
  const underWay = past.underWay(position.event);
  const shown = underWay.slice(-messagesMost);
  const ended = position.event >= length;
  return {
    position,
    nextAt: ended ? null : past.atOf(position.event + 1),
    end: { at: past.atOf(length), event: length },
    mode: "automatic",
    groupCount: 1,
    group: 1,
    // Nobody tells of timeouts: a tenth of the run, so that what is drawn by this measure has one.
    longestTimeout: Math.max(2000, Math.round(past.atOf(length) / 10)),
    servers: known.map((each, i) => serverView(each, i + 1, past, viewport, nameOf)),
    messages: [...shown, ...past.untoldAfter(position.event).slice(0, 50)].map((id) => messageView(past, id, nameOf)),
    messagesLeftOut: underWay.length - shown.length,
    lost: [],
    cuts: [],
    groups: [run.servers.map((_, i) => i + 1)],
    requests: [],
    loadPerSecond: 0,
    clients: {
      settings: defaultClients,
      load: { perSecond: 0, clients: 1, mode: "open", reads: 0, keys: 1, read: null, number: 0 },
      reads: "log",
      each: [],
      operations: 0,
    },
    faults: [],
    nemeses: [],
    outside: null,
    violation: null,
    stopped: null,
    branch: 0,
    strayed: null,
    hash: position.event.toString(16).padStart(16, "0"),
    told: { said: saidLast(past, position.event, nameOf), leads: leadsOf(known, nameOf, ended) },
  };
}

function serverView(known: Known, id: ServerId, { run }: Past, viewport: Viewport, nameOf: NameOf): ServerView {
  const term = known.term ?? 0;
  const votedFor = known.vote ?? 0;
  const base = known.base ?? 0;
  const last = Math.max(base, leastLast(known));
  const cellsFrom = Math.max(base + 1, viewport.logFrom);
  const voters = known.configuration?.voters ?? [];
  return {
    id,
    clock: null,
    leads: known.role === "leader" && known.status !== "down" ? [1] : [],
    status: known.status ?? "up",
    role: known.role ?? "follower",
    term,
    votedFor,
    leader: known.leader ?? 0,
    commitIndex: known.commit ?? 0,
    lastApplied: known.applied ?? 0,
    lastIndex: last,
    base,
    baseTerm: known.baseTerm ?? 0,
    member: memberOf(known, id),
    configuration: voters.join(","),
    outgoing: known.configuration?.outgoing ?? [],
    learners: known.configuration?.learners ?? [],
    learnersNext: [],
    autoLeave: false,
    transferee: 0,
    electionDueAt: null,
    electionTimeout: 0,
    heartbeatDueAt: null,
    votes: null,
    voters,
    progress: null,
    reads: [],
    lease: null,
    changed: null,
    // Nobody tells of disks: nothing is drawn of them.
    disk: { term, votedFor, lastIndex: last, durable: last, pending: 0, doneAt: null, waiting: 0 },
    doing: doingOf(known),
    tail: cells(known, Math.max(base + 1, last - tailLength + 1), last),
    cellsFrom,
    cells: cells(known, cellsFrom, Math.min(last, cellsFrom + viewport.logCount - 1)),
    store: [],
    told: toldOf(known, nameOf(id), run.tells),
  };
}

function memberOf({ configuration }: Known, id: ServerId): ServerView["member"] {
  if (configuration === null) return "voter";
  const { voters, outgoing, learners } = configuration;
  if (voters.includes(id) || outgoing.includes(id)) return "voter";
  return learners.includes(id) ? "learner" : "none";
}

function cells(known: Known, first: number, last: number): LogCell[] {
  const row: LogCell[] = [];
  for (let index = first; index <= last; index += 1) {
    const entry = entryIn(known, index);
    const term = entry?.term ?? (index === known.last ? known.lastTerm : null);
    row.push(term === null ? { term: 0, text: entry?.text ?? "", untold: true } : { term, text: entry?.text ?? "" });
  }
  return row;
}

function messageView(past: Past, id: number, nameOf: NameOf): MessageView {
  const message = past.run.messages[id]!;
  const { from, to, term, sentIn, receivedIn, yes, entryCount, fields, name } = message;
  const ref = refOf(id, message);
  const sentAt = past.atOf((sentIn ?? 0) + 1);
  const arrivesAt = receivedIn === null ? null : Math.max(sentAt + 1, past.atOf(receivedIn + 1));
  return {
    id: refName(ref),
    ref,
    kind: kindOf(message),
    group: 1,
    from,
    to,
    term: term ?? 0,
    sentAt,
    arrivesAt: arrivesAt ?? sentAt + standsFor,
    dueAt: arrivesAt,
    lost: null,
    yes,
    bytes: 0,
    entryTerms: [],
    entryCount,
    heartbeat: message.kind === "appendEntries" && entryCount === 0,
    round: 0,
    summary: summaryOf(message, nameOf),
    fields,
    told: {
      name,
      fate: arrivesAt === null ? "is sent here, and nobody tells what becomes of it" : `is received by ${nameOf(to)}`,
    },
  };
}

/** "MsgVote from 8e9e… to 91bc…, term 3, 2 entries: yes". */
function summaryOf({ name, from, to, term, entryCount, yes }: ToldMessage, nameOf: NameOf): string {
  const parts = [`${name} from ${nameOf(from)} to ${nameOf(to)}`];
  if (term !== null) parts.push(`term ${term}`);
  if (entryCount > 0) parts.push(entryCount === 1 ? "1 entry" : `${entryCount} entries`);
  return `${parts.join(", ")}${yes === null ? "" : yes ? ": yes" : ": no"}`;
}
