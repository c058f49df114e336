import { digestText, mix } from "../base/hash.ts";
import type { LogIndex } from "../base/units.ts";
import { limits } from "./limits.ts";

/**
 * What the replicated state machine keeps of a client (§8, D 6.3). It depends on the log alone, so every server has the
 * same sessions at the same index. Never changed: replaced.
 */
export interface Session {
  /** The index of the entry that opened it. */
  readonly id: LogIndex;
  /** The index of its last command: of too many sessions, the one that was not used for longest goes. */
  readonly usedAt: LogIndex;
  /** Commands numbered below have been answered, as the client has said: their answers are forgotten. */
  readonly low: number;
  /** Ascending by sequence number; a client may have several commands under way, and they may come in any order. */
  readonly answers: readonly StoredAnswer[];
}
export interface StoredAnswer {
  readonly sequence: number;
  readonly value: string | null;
  /** The entry that executed it. */
  readonly index: LogIndex;
}
/** The place of a command in its client's session. */
export interface SessionTag {
  readonly session: LogIndex;
  readonly sequence: number;
  /** The client waits for no answer to a command below this one. */
  readonly low: number;
}

export const openedAt = (index: LogIndex): Session => ({ id: index, usedAt: index, low: 1, answers: [] });

export const answerOf = ({ answers }: Session, sequence: number): StoredAnswer | undefined =>
  answers.find((answer) => answer.sequence === sequence);

/** The session after one more command at `index`. `answer`: null if it was answered before. */
export function used(session: Session, tag: SessionTag, index: LogIndex, answer: StoredAnswer | null): Session {
  const all = answer === null ? session.answers : inOrder([...session.answers, answer]);
  const most = limits.answersKept;
  const low = Math.max(session.low, tag.low, all.length > most ? all[all.length - most]!.sequence : 0);
  return { id: session.id, usedAt: index, low, answers: all.filter(({ sequence }) => sequence >= low) };
}

const inOrder = (answers: StoredAnswer[]): StoredAnswer[] => answers.sort((a, b) => a.sequence - b.sequence);

/** Whose turn it is to go when there are too many. */
export function leastUsed(sessions: Iterable<Session>): Session | null {
  let least: Session | null = null;
  for (const session of sessions) if (least === null || session.usedAt < least.usedAt) least = session;
  return least;
}

export function sessionDigest({ id, usedAt, low, answers }: Session): number {
  let digest = mix(mix(id, usedAt), low);
  for (const { sequence, value, index } of answers) {
    digest = mix(mix(mix(digest, sequence), index), value === null ? 0 : digestText(value));
  }
  return digest;
}
