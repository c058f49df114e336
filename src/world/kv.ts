import { digestText, mix } from "../base/hash.ts";
import type { LogIndex } from "../base/units.ts";
import type { Rules } from "../raft/rules/index.ts";
import { answerOf, leastUsed, openedAt, type Session, type SessionTag, sessionDigest, used } from "./sessions.ts";
import type { KvCommand, KvOperation, Operation } from "./state/commands.ts";
import type { KvStore } from "./state/machine.ts";
import type { SessionRefusal } from "./state/messages.ts";

export const emptyStore = (): KvStore => ({
  data: new Map(),
  sessions: new Map(),
  ownsData: true,
  ownsSessions: true,
  digest: 0,
});

/** Shares the contents: both sides copy before their next change. */
export function copyStore(store: KvStore): KvStore {
  store.ownsData = false;
  store.ownsSessions = false;
  const { data, sessions, digest } = store;
  return { data, sessions, ownsData: false, ownsSessions: false, digest };
}

/** What a snapshot of the store holds. */
export function storeForSnapshot(store: KvStore, rules: Rules): KvStore {
  const copy = copyStore(store);
  if (!rules.snapshotCarriesSessions.ask()) for (const session of store.sessions.values()) forget(copy, session);
  return copy;
}

// ---- commands -----------------------------------------------------------------------------------------------

/** What became of a command. */
export type Applied =
  /** `index`: of the entry that executed it; an earlier one if this was a repetition. */
  | { readonly kind: "done"; readonly value: string | null; readonly index: LogIndex; readonly repeated: boolean }
  /** Not executed: it belongs to no session that there is, or its answer was forgotten, as its client had allowed. */
  | { readonly kind: "refused"; readonly why: SessionRefusal };

/** How the state machine takes commands: the same on every server. */
export interface StateMachine {
  readonly rules: Rules;
  readonly sessionsMost: number;
}

/** Executes the command of the entry at `index`, exactly once where it belongs to a session. */
export function applyCommand(store: KvStore, command: KvCommand, index: LogIndex, machine: StateMachine): Applied {
  const { operation, tag } = command;
  if (operation.op === "session") {
    open(store, index, machine.sessionsMost);
    return { kind: "done", value: String(index), index, repeated: false };
  }
  if (tag === null) return { kind: "done", value: execute(store, operation), index, repeated: false };
  return applyInSession(store, operation, tag, index, machine.rules);
}

function applyInSession(
  store: KvStore,
  operation: KvOperation,
  tag: SessionTag,
  index: LogIndex,
  rules: Rules,
): Applied {
  const session = store.sessions.get(tag.session);
  if (session === undefined) return { kind: "refused", why: "no session" };
  const stored = answerOf(session, tag.sequence);
  if (rules.sessionDeduplicates.ask(stored !== undefined)) {
    keep(store, used(session, tag, index, null));
    return { kind: "done", value: stored!.value, index: stored!.index, repeated: true };
  }
  if (tag.sequence < session.low && stored === undefined) return { kind: "refused", why: "answer forgotten" };
  const value = execute(store, operation);
  keep(store, used(session, tag, index, { sequence: tag.sequence, value, index }));
  return { kind: "done", value, index, repeated: false };
}

function open(store: KvStore, index: LogIndex, most: number): void {
  const least = store.sessions.size < most ? null : leastUsed(store.sessions.values());
  if (least !== null) forget(store, least);
  keep(store, openedAt(index));
}

function keep(store: KvStore, session: Session): void {
  const before = store.sessions.get(session.id);
  ownSessions(store).set(session.id, session);
  store.digest = (store.digest + sessionDigest(session) - (before === undefined ? 0 : sessionDigest(before))) | 0;
}

function forget(store: KvStore, session: Session): void {
  ownSessions(store).delete(session.id);
  store.digest = (store.digest - sessionDigest(session)) | 0;
}

// ---- operations ---------------------------------------------------------------------------------------------

/** Executes one operation and returns its answer: what was read or replaced; after an increment, the new value. */
export function execute(store: KvStore, operation: KvOperation): string | null {
  const { key } = operation;
  const before = store.data.get(key) ?? null;
  switch (operation.op) {
    case "get":
      return before;
    case "put":
      set(store, key, operation.value);
      return before;
    case "delete":
      if (before !== null) remove(store, key, before);
      return before;
    case "cas":
      if (before === operation.expected) set(store, key, operation.value);
      return before;
    case "increment": {
      const sum = sumOf(before, operation.by);
      if (sum !== null) set(store, key, sum);
      return sum;
    }
  }
}

/** Beyond so many digits integers are not exact. */
const integer = /^-?[0-9]{1,15}$/;

/** null if what is there is no integer, or would become too large; nothing counts as 0. */
function sumOf(before: string | null, by: number): string | null {
  if (before !== null && !integer.test(before)) return null;
  const sum = String(Number(before ?? "0") + by);
  return integer.test(sum) ? sum : null;
}

function set(store: KvStore, key: string, value: string): void {
  const before = store.data.get(key);
  ownData(store).set(key, value);
  store.digest = (store.digest + pair(key, value) - (before === undefined ? 0 : pair(key, before))) | 0;
}

function remove(store: KvStore, key: string, before: string): void {
  ownData(store).delete(key);
  store.digest = (store.digest - pair(key, before)) | 0;
}

function ownData(store: KvStore): KvStore["data"] {
  if (!store.ownsData) {
    store.data = new Map(store.data);
    store.ownsData = true;
  }
  return store.data;
}

function ownSessions(store: KvStore): KvStore["sessions"] {
  if (!store.ownsSessions) {
    store.sessions = new Map(store.sessions);
    store.ownsSessions = true;
  }
  return store.sessions;
}

const pair = (key: string, value: string): number => mix(digestText(key), digestText(value));

/** A number that is kept beside the values: a session's, or an answer's place in it. */
const numberBytes = 8;

/** What a transfer of the contents carries: every key and value, and the sessions with the answers that they keep. */
export function bytesOf({ data, sessions }: KvStore): number {
  let bytes = 0;
  for (const [key, value] of data) bytes += key.length + value.length;
  for (const session of sessions.values()) {
    bytes += 3 * numberBytes;
    for (const { value } of session.answers) bytes += 2 * numberBytes + (value?.length ?? 0);
  }
  return bytes;
}

/** `request`: whose answer it is, 0 for none. */
export function kvCommand(operation: Operation, request: number, tag: SessionTag | null = null): KvCommand {
  const texts = textsOf(operation);
  const content = texts.reduce((digest, text) => mix(digest, digestText(text)), digestText(operation.op));
  const bytes = texts.reduce((sum, text) => sum + text.length, operation.op.length);
  const place = tag === null ? request : mix(mix(mix(request, tag.session), tag.sequence), tag.low);
  return { operation, request, tag, bytes, digest: mix(content, place) };
}

/** No value can be this: control characters are taken out of what is read. */
const absent = "\u0000";

/** What distinguishes it from others of its kind. */
function textsOf(operation: Operation): readonly string[] {
  switch (operation.op) {
    case "put":
      return [operation.key, operation.value];
    case "get":
    case "delete":
      return [operation.key, ""];
    case "cas":
      return [operation.key, operation.value, operation.expected ?? absent];
    case "increment":
      return [operation.key, String(operation.by)];
    case "session":
      return [String(operation.client)];
  }
}
