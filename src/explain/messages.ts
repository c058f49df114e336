import type { ServerId } from "../base/units.ts";
import { configurationText } from "../raft/configuration.ts";
import type { Command, Entry, Proposal } from "../raft/entry.ts";
import type { PreVote, PreVoteReply, RequestVote, RequestVoteReply } from "../raft/types.ts";
import type { Request } from "../world/state/clients.ts";
import type { KvCommand, Operation, ReadMode } from "../world/state/commands.ts";
import type { CarriedSnapshot } from "../world/state/machine.ts";
import type { ClientReply, ClientRequest, Payload } from "../world/state/messages.ts";
import { changeText, clientName, configurationWords, entries, placeBefore, who } from "./words.ts";

type MessageType = Payload["type"];
type PayloadOf<Type extends MessageType> = Extract<Payload, { readonly type: Type }>;
type Fields = readonly (readonly [name: string, value: string])[];

/** Everything that is said about one kind of message. */
interface MessageRow<Type extends MessageType> {
  /** What it is and says, without its ends: "AppendEntries: entries 4–5 after entry 3 of term 2". */
  readonly words: (message: PayloadOf<Type>) => string;
  /** Its fields with the names of the paper (or of the dissertation), in the paper's order. */
  readonly fields: (message: PayloadOf<Type>) => Fields;
}

const ballotFields = ({ term, granted }: RequestVoteReply | PreVoteReply): Fields => [
  ["term", String(term)],
  ["voteGranted", String(granted)],
];

const rows: { readonly [Type in MessageType]: MessageRow<Type> } = {
  RequestVote: {
    words: ({ from, term, lastLogIndex, lastLogTerm, transfer }) =>
      `RequestVote: elect ${who(from)} in term ${term}${transfer ? ", as its leader wishes" : ""}; its log ends at ${placeBefore(lastLogIndex, lastLogTerm)}`,
    fields: (message) => [
      ...candidateFields(message),
      ...(message.transfer ? ([["leadership transfer", "true"]] as const) : []),
    ],
  },
  RequestVoteReply: {
    words: ({ term, granted }) => `${granted ? "vote granted" : "vote refused"} in term ${term}`,
    fields: ballotFields,
  },
  PreVote: {
    words: ({ from, term, lastLogIndex, lastLogTerm }) =>
      `PreVote: would you elect ${who(from)} in term ${term}? Its log ends at ${placeBefore(lastLogIndex, lastLogTerm)}`,
    fields: candidateFields,
  },
  PreVoteReply: {
    words: ({ term, granted }) => `${granted ? "pre-vote granted" : "pre-vote refused"} in term ${term}`,
    fields: ballotFields,
  },
  AppendEntries: {
    words: (message) => {
      const { prevLogIndex, prevLogTerm, entries: list } = message;
      const carried =
        list.length === 0 ? "no entries (heartbeat)" : entries(prevLogIndex + 1, prevLogIndex + list.length);
      return `AppendEntries: ${carried} after ${placeBefore(prevLogIndex, prevLogTerm)}`;
    },
    fields: ({ from, term, prevLogIndex, prevLogTerm, entries: list, leaderCommit }) => [
      ["term", String(term)],
      ["leaderId", who(from)],
      ["prevLogIndex", String(prevLogIndex)],
      ["prevLogTerm", String(prevLogTerm)],
      ["entries[]", list.length === 0 ? "none" : listed(list, entryText)],
      ["leaderCommit", String(leaderCommit)],
    ],
  },
  AppendEntriesReply: {
    words: ({ term, success, prevLogIndex, matchIndex }) =>
      success
        ? `success in term ${term}: the logs match up to ${matchIndex === 0 ? "their start" : `entry ${matchIndex}`}`
        : `refusal in term ${term}: nothing appended after entry ${prevLogIndex}`,
    fields: ({ term, success, prevLogIndex, matchIndex, hintIndex, hintTerm }) => [
      ["term", String(term)],
      ["success", String(success)],
      success ? ["matches up to", String(matchIndex)] : ["answers prevLogIndex", String(prevLogIndex)],
      ...(hintIndex > 0 ? ([["hint", placeBefore(hintIndex, hintTerm)]] as const) : []),
    ],
  },
  Heartbeat: {
    words: ({ term, commit }) => `Heartbeat of term ${term}: committed up to ${commit}`,
    fields: ({ from, term, commit, round }) => [
      ["term", String(term)],
      ["leaderId", who(from)],
      ["commit", String(commit)],
      ["round", round === 0 ? "no read waits" : String(round)],
    ],
  },
  HeartbeatReply: {
    words: ({ term, round }) => `heartbeat heard in term ${term}${round === 0 ? "" : `, read round ${round}`}`,
    fields: ({ term, round }) => [
      ["term", String(term)],
      ["round", round === 0 ? "no read waits" : String(round)],
    ],
  },
  InstallSnapshot: {
    words: ({ snapshot: { index, term } }) => `InstallSnapshot: the state up to ${placeBefore(index, term)}`,
    fields: ({ from, term, snapshot }) => [
      ["term", String(term)],
      ["leaderId", who(from)],
      ["lastIncludedIndex", String(snapshot.index)],
      ["lastIncludedTerm", String(snapshot.term)],
      ["lastConfig", configurationWords(configurationText(snapshot.configuration))],
      ...("bytes" in snapshot ? ([["size", `${(snapshot as CarriedSnapshot).bytes} bytes`]] as const) : []),
    ],
  },
  TimeoutNow: {
    words: ({ to, term }) => `TimeoutNow: ${who(to)} shall start an election at once, to lead after term ${term}`,
    fields: ({ from, term }) => [
      ["term", String(term)],
      ["leaderId", who(from)],
    ],
  },
  TransferLeader: {
    words: ({ from }) => `TransferLeader: hand leadership to ${who(from)}`,
    fields: ({ from, term }) => [
      ["term", String(term)],
      ["target", who(from)],
    ],
  },
  Propose: {
    words: ({ proposals }) => `Propose: ${listed(proposals, proposalText)}`,
    fields: ({ proposals }) => [["entries[]", listed(proposals, proposalText)]],
  },
  ReadIndex: {
    words: ({ context }) => `ReadIndex: which index must read ${context} wait for?`,
    fields: ({ context }) => [["read", context]],
  },
  ReadIndexReply: {
    words: ({ context, index }) => `read ${context} may be answered from index ${index} on`,
    fields: ({ term, context, index }) => [
      ["term", String(term)],
      ["read", context],
      ["readIndex", String(index)],
    ],
  },
  ClientRequest: {
    words: ({ operation }) => `request: ${operationText(operation)}`,
    fields: ({ request, operation, tag, read }) => [
      ["request", String(request)],
      ["operation", operationText(operation)],
      ...tagFields(tag),
      ...(read === null ? [] : ([["read", readWords[read]]] as const)),
    ],
  },
  ClientReply: {
    words: ({ from, outcome }) => `answer: ${outcomeWords(outcome, from)}`,
    fields: ({ request, outcome }) => [["request", String(request)], ...outcomeFields(outcome)],
  },
};

function candidateFields({ from, term, lastLogIndex, lastLogTerm }: RequestVote | PreVote): Fields {
  return [
    ["term", String(term)],
    ["candidateId", who(from)],
    ["lastLogIndex", String(lastLogIndex)],
    ["lastLogTerm", String(lastLogTerm)],
  ];
}

const tagFields = (tag: ClientRequest["tag"]): Fields =>
  tag === null
    ? []
    : [
        ["session", String(tag.session)],
        ["sequenceNum", String(tag.sequence)],
        ["waits for no answer below", String(tag.low)],
      ];

export const readWords: Readonly<Record<ReadMode, string>> = {
  log: "through the log",
  index: "confirmed by a round of heartbeats",
  lease: "by the leader's lease",
  stale: "from any server, at once",
};

function outcomeWords(outcome: ClientReply["outcome"], from: ServerId): string {
  switch (outcome.kind) {
    case "done":
      return `done with entry ${outcome.index}`;
    case "redirect":
      // A leader takes no command while it hands leadership over, is none of its own members, or has too much uncommitted.
      if (outcome.leader === from) return "not taken now, though it leads";
      return outcome.leader === 0 ? "not the leader, and it knows none" : `not the leader, ask ${who(outcome.leader)}`;
    case "refused":
      return `not executed: ${outcome.why}`;
  }
}

function outcomeFields(outcome: ClientReply["outcome"]): Fields {
  switch (outcome.kind) {
    case "done":
      return [
        ["value", outcome.value ?? "none"],
        ["index", String(outcome.index)],
      ];
    case "redirect":
      return [["leader", outcome.leader === 0 ? "unknown" : who(outcome.leader)]];
    case "refused":
      return [["refused", outcome.why]];
  }
}

const rowOf = <Type extends MessageType>(type: Type, _message: PayloadOf<Type>): MessageRow<Type> => rows[type];

/** "AppendEntries: entries 4–5 after entry 3 of term 2". */
export const messageWords = (message: Payload): string => rowOf(message.type, message).words(message);

/** "S1 to S3, AppendEntries: entries 4–5 after entry 3 of term 2". */
export const messageSummary = (message: Payload): string =>
  `${capital(who(message.from))} to ${who(message.to)}, ${messageWords(message)}`;

export const messageFields = (message: Payload): Fields => rowOf(message.type, message).fields(message);

/** AppendEntries without entries, or the message that some profiles have for it. */
export const isHeartbeat = (message: Payload): boolean =>
  message.type === "Heartbeat" || (message.type === "AppendEntries" && message.entries.length === 0);

/** 0 for client messages and forwarded requests. */
export const messageTerm = (message: Payload): number => ("term" in message ? message.term : 0);

/** The first of them, and how many more there are. */
const listedMost = 40;
function listed<Item>(items: readonly Item[], text: (item: Item) => string): string {
  const words = items.slice(0, listedMost).map(text).join(", ");
  return items.length <= listedMost ? words : `${words} and ${items.length - listedMost} more`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

// ---- commands and requests ------------------------------------------------------------------------------------

/** "put x=1", "get x", "delete x", "cas x 1→2", "increment n by 2", "open a session for C2". */
export function operationText(operation: Operation): string {
  switch (operation.op) {
    case "put":
      return `put ${operation.key}=${operation.value}`;
    case "get":
    case "delete":
      return `${operation.op} ${operation.key}`;
    case "cas":
      return `cas ${operation.key} ${operation.expected ?? "none"}→${operation.value}`;
    case "increment":
      return `increment ${operation.key} by ${operation.by}`;
    case "session":
      return `open a session for ${clientName(operation.client)}`;
  }
}

function commandText(command: Command | null): string {
  if (command === null) return "no-op";
  return isKvCommand(command) ? operationText(command.operation) : "command";
}

const isKvCommand = (command: Command): command is KvCommand => "operation" in command;

/** What an entry says, or will say: its command, its change of membership, "no-op". */
export const proposalText = ({ command, change }: Proposal): string =>
  change !== null ? changeText(change) : commandText(command);

/** "4: put x=1 (term 2)". */
const entryText = (entry: Entry): string => `${entry.index}: ${proposalText(entry)} (term ${entry.term})`;

/** What an operation gave: "x is 1", "x has no value", "put x=1 is done", "cas x 1→2 found 3". */
export function outcomeText(operation: Operation, value: string | null): string {
  switch (operation.op) {
    case "get":
      return value === null ? `${operation.key} has no value` : `${operation.key} is ${value}`;
    case "cas":
      if (value !== operation.expected) return `${operationText(operation)} found ${value ?? "no value"}`;
      return `${operationText(operation)} is done`;
    case "increment":
      return value === null ? `${operation.key} is no number` : `${operation.key} is now ${value}`;
    case "session":
      return `session ${value ?? ""} is open`;
    default:
      return `${operationText(operation)} is done`;
  }
}

/** "put y=9 at S1: no answer yet". */
export function requestSummary({ operation, server, state, value, tries }: Request): string {
  switch (state) {
    case "asking":
      return tries === 0
        ? `${operationText(operation)}: waits for a session`
        : `${operationText(operation)} at ${who(server)}: no answer yet`;
    case "done":
      return outcomeText(operation, value);
    case "failed":
      return `${operationText(operation)} at ${who(server)}: not executed`;
    case "unknown":
      return `${operationText(operation)} at ${who(server)}: given up, outcome unknown`;
  }
}
