import type { Place, ReadRun, Skipped, ToldMessage } from "./told.ts";

/** More servers than this are not taken from one source: what names them is skipped. */
export const mostServers = 64;
const mostSkipped = 1000;
const longestText = 400;

/** A text as an event may have it. */
export const clipped = (text: string): string => (text.length <= longestText ? text : `${text.slice(0, 399)}…`);

/** A number as terms, indices and counts are: whole, not negative, exact; else null. */
export const wholeNumber = (value: unknown): number | null =>
  typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : null;

export const unreadable = (message: string, place: Place = { file: 0, line: 1 }): ReadRun => ({
  ok: false,
  problem: { file: place.file, line: place.line, message },
});

/** Counts lines, and keeps the first of those that are not understood. */
export interface Tally {
  lines: number;
  understood: number;
  readonly skipped: Skipped[];
  skip(text: string, place: Place, why: string): void;
}
export function tally(): Tally {
  const skipped: Skipped[] = [];
  return {
    lines: 0,
    understood: 0,
    skipped,
    skip(text, { file, line }, why) {
      if (skipped.length < mostSkipped) skipped.push({ file, line, text: text.slice(0, 200), why });
    },
  };
}

/** Finds files whose newest line comes first, as `journalctl -r` and the pages of log servers list them. */
export interface Backwards {
  /** `stream`: lines of it are written in the order of time. */
  see(at: number, file: number, stream: string): void;
  files(): ReadonlySet<number>;
}
export function backwards(): Backwards {
  const latest = new Map<string, number>();
  const steps = new Map<number, { back: number; forward: number }>();
  return {
    see(at, file, stream) {
      const before = latest.get(stream);
      latest.set(stream, at);
      const seen = steps.get(file) ?? { back: 0, forward: 0 };
      steps.set(file, seen);
      if (before !== undefined && at < before) seen.back++;
      if (before !== undefined && at > before) seen.forward++;
    },
    // A clock that is set back goes forward before and after.
    files: () => new Set([...steps].filter(([, { back, forward }]) => back > 3 * forward).map(([file]) => file)),
  };
}
export const turnedText = (name: string): string =>
  `The newest line of ${name || "the text"} stands first: it is read from its end.`;

/** Which send a receive belongs to, where a source has no ids: of those that look alike, the first that still flies. */
export interface InFlight {
  sent(likeness: string, message: number): void;
  /** null: none flies. It flies no more. */
  taken(likeness: string): number | null;
}
export function inFlight(): InFlight {
  const flying = new Map<string, { readonly messages: number[]; next: number }>();
  return {
    sent(likeness, message) {
      const known = flying.get(likeness);
      if (known === undefined) flying.set(likeness, { messages: [message], next: 0 });
      else known.messages.push(message);
    },
    taken(likeness) {
      const known = flying.get(likeness);
      const message = known?.messages[known.next];
      if (known === undefined || message === undefined) return null;
      known.next += 1;
      if (known.next === known.messages.length) flying.delete(likeness);
      return message;
    },
  };
}

/** A message whose other end becomes known later. */
export type OpenMessage = { -readonly [Key in keyof ToldMessage]: ToldMessage[Key] };
