import type { Command, Entry } from "../raft/types.ts";
import type { ClientReply, KvCommand, KvOperation, Payload, Request } from "../world/types.ts";
import { entries, placeBefore, who } from "./words.ts";

type MessageType = Payload["type"];
type PayloadOf<Type extends MessageType> = Extract<Payload, { readonly type: Type }>;
type Fields = readonly (readonly [name: string, value: string])[];

/** Everything that is said about one kind of message. */
interface MessageRow<Type extends MessageType> {
  /** What it is and says, without its ends: "AppendEntries: entries 4–5 after entry 3 of term 2". */
  readonly words: (message: PayloadOf<Type>) => string;
  /** Its fields with the paper's names, in the paper's order. */
  readonly fields: (message: PayloadOf<Type>) => Fields;
}

const rows: { readonly [Type in MessageType]: MessageRow<Type> } = {
  RequestVote: {
    words: ({ from, term, lastLogIndex, lastLogTerm }) =>
      `RequestVote: elect ${who(from)} in term ${term}; its log ends at ${placeBefore(lastLogIndex, lastLogTerm)}`,
    fields: ({ from, term, lastLogIndex, lastLogTerm }) => [
      ["term", String(term)],
      ["candidateId", who(from)],
      ["lastLogIndex", String(lastLogIndex)],
      ["lastLogTerm", String(lastLogTerm)],
    ],
  },
  RequestVoteReply: {
    words: ({ term, granted }) => `${granted ? "vote granted" : "vote refused"} in term ${term}`,
    fields: ({ term, granted }) => [
      ["term", String(term)],
      ["voteGranted", String(granted)],
    ],
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
      ["entries[]", list.length === 0 ? "none" : list.map(entryText).join(", ")],
      ["leaderCommit", String(leaderCommit)],
    ],
  },
  AppendEntriesReply: {
    words: ({ term, success, prevLogIndex, matchIndex }) =>
      success
        ? `success in term ${term}: the logs match up to ${matchIndex === 0 ? "their start" : `entry ${matchIndex}`}`
        : `refusal in term ${term}: nothing appended after entry ${prevLogIndex}`,
    fields: ({ term, success, prevLogIndex, matchIndex }) => [
      ["term", String(term)],
      ["success", String(success)],
      ["answers prevLogIndex", String(prevLogIndex)],
      ["matches up to", success ? String(matchIndex) : "unknown"],
    ],
  },
  ClientRequest: {
    words: ({ operation }) => `request: ${operationText(operation)}`,
    fields: ({ request, operation }) => [
      ["request", String(request)],
      ["operation", operationText(operation)],
    ],
  },
  ClientReply: {
    words: ({ outcome }) => `answer: ${outcomeWords(outcome)}`,
    fields: ({ request, outcome }) => [["request", String(request)], ...outcomeFields(outcome)],
  },
};

function outcomeWords(outcome: ClientReply["outcome"]): string {
  if (outcome.kind === "done") return `done with entry ${outcome.index}`;
  return outcome.leader === 0 ? "not the leader, and it knows none" : `not the leader, ask ${who(outcome.leader)}`;
}

function outcomeFields(outcome: ClientReply["outcome"]): Fields {
  if (outcome.kind === "redirect") return [["leader", outcome.leader === 0 ? "unknown" : who(outcome.leader)]];
  return [
    ["value", outcome.value ?? "none"],
    ["index", String(outcome.index)],
  ];
}

const rowOf = <Type extends MessageType>(type: Type, _message: PayloadOf<Type>): MessageRow<Type> => rows[type];

/** "AppendEntries: entries 4–5 after entry 3 of term 2". */
export const messageWords = (message: Payload): string => rowOf(message.type, message).words(message);

/** "S1 to S3, AppendEntries: entries 4–5 after entry 3 of term 2". */
export const messageSummary = (message: Payload): string =>
  `${capital(who(message.from))} to ${who(message.to)}, ${messageWords(message)}`;

export const messageFields = (message: Payload): Fields => rowOf(message.type, message).fields(message);

/** AppendEntries without entries. */
export const isHeartbeat = (message: Payload): boolean =>
  message.type === "AppendEntries" && message.entries.length === 0;

/** 0 for client messages. */
export const messageTerm = (message: Payload): number => ("term" in message ? message.term : 0);

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

// ---- commands and requests ------------------------------------------------------------------------------------

/** "put x=1", "get x", "delete x". */
export function operationText(operation: KvOperation): string {
  return operation.op === "put" ? `put ${operation.key}=${operation.value}` : `${operation.op} ${operation.key}`;
}

/** What an entry's command says; "no-op" for none. */
export function commandText(command: Command | null): string {
  if (command === null) return "no-op";
  return isKvCommand(command) ? operationText(command.operation) : "command";
}

const isKvCommand = (command: Command): command is KvCommand => "operation" in command;

/** "4: put x=1 (term 2)". */
const entryText = (entry: Entry): string => `${entry.index}: ${commandText(entry.command)} (term ${entry.term})`;

/** What an operation gave: "x is 1", "x has no value", "put x=1 is done". */
export function outcomeText(operation: KvOperation, value: string | null): string {
  if (operation.op !== "get") return `${operationText(operation)} is done`;
  return value === null ? `${operation.key} has no value` : `${operation.key} is ${value}`;
}

/** "put y=9 at S1: no answer yet". */
export function requestSummary({ operation, server, state, value }: Request): string {
  switch (state) {
    case "asking":
      return `${operationText(operation)} at ${who(server)}: no answer yet`;
    case "done":
      return outcomeText(operation, value);
    case "unknown":
      return `${operationText(operation)} at ${who(server)}: given up, outcome unknown`;
  }
}
