import type { Decision } from "./decisions.ts";
import type { RaftOptions } from "./options.ts";
import type { Rules } from "./rules/index.ts";
import type {
  AppendEntries,
  AppendEntriesReply,
  Heartbeat,
  HeartbeatReply,
  OwnPromise,
  RaftMessage,
  Server,
  Snapshot,
} from "./types.ts";

/** What a server knows of the outside while it takes one step. */
export interface Env {
  readonly options: RaftOptions;
  readonly rules: Rules;
  /** The server's own clock, an integer in the unit of `options`. */
  readonly now: number;
  /** The election timeout to use if the timer is set anew in this step. */
  readonly drawnTimeout: number;
  /** The snapshot to send, asked for when one is needed; null: of the state as applied now. */
  readonly snapshot: (() => Snapshot) | null;
  /** Receives the reasons; null while nobody listens. Must not change anything. */
  readonly decide: ((decision: Decision) => void) | null;
}

/** One step of one server. */
export interface Step {
  readonly server: Server;
  readonly env: Env;
}

/** A message that may leave at once (or, with a synchronous disk, after whatever is written next). */
export function send({ server }: Step, message: RaftMessage): void {
  server.outbox.push(message);
}

/** A message that promises something which must be on the disk before it leaves (P Figure 2). */
export function sendAfterWrite({ server }: Step, message: RaftMessage): void {
  // Nearly always it is the only one: a list that begins with it has room for no more, an empty one grows to seventeen.
  if (server.afterWrite.length === 0) server.afterWrite = [message];
  else server.afterWrite.push(message);
}

/** What the server may count for itself once its next write is done. */
export function promiseOwn({ server }: Step, promise: OwnPromise): void {
  if (server.ownPromises.length === 0) server.ownPromises = [promise];
  else server.ownPromises.push(promise);
}

/** A request that says when it was sent, where a lease is counted from that. */
export const timed = <Message extends AppendEntries | Heartbeat>(message: Message, { options, now }: Env): Message =>
  options.lease === "sendTime" ? { ...message, sentAt: now } : message;

/** An answer that repeats when its request was sent. */
export const answering = <Message extends AppendEntriesReply | HeartbeatReply>(
  message: Message,
  { sentAt }: AppendEntries | Heartbeat,
): Message => (sentAt === undefined ? message : { ...message, sentAt });
