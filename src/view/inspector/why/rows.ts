import type { PastEvent } from "../../../worker/protocol/why.ts";

/** Of an event's past the few rows that are shown, and the lines between them. */

/** `enter`: from the line beside into the dot; `leave`: from the dot to the line beside. */
export type Stroke = "own top" | "own bottom" | "beside top" | "beside bottom" | "own" | "beside" | "enter" | "leave";
export interface PastRow {
  readonly event: PastEvent;
  /** Whether it stands on the line of what set each other off, or beside it: somebody's state was used. */
  readonly beside: boolean;
  readonly strokes: readonly Stroke[];
  /** Events of other rows. */
  readonly causes: readonly number[];
  readonly effects: readonly number[];
}

/** At most so many rows, the oldest first: the event, what it rests on, and what set that off, step by step. */
export function pastRows(past: readonly PastEvent[], most: number): readonly PastRow[] {
  const [start] = past;
  if (start === undefined) return [];
  const known = new Map(past.map((each) => [each.event, each]));
  const chain = new Set([start.event]);
  for (let at: PastEvent | undefined = start; at !== undefined; ) {
    const trigger: number | undefined = at.causes.find(({ as }) => as === "trigger")?.event;
    if (trigger !== undefined) chain.add(trigger);
    at = trigger === undefined ? undefined : known.get(trigger);
  }
  const shown = chosen(start, known, chain, most);
  const rows = [...shown].sort((a, b) => a - b).flatMap((event) => known.get(event) ?? []);
  return lined(rows, chain);
}

/** What set it off first; then whose state was used, the newest first; then what set the newest of these off. */
function chosen(
  start: PastEvent,
  known: ReadonlyMap<number, PastEvent>,
  chain: ReadonlySet<number>,
  most: number,
): ReadonlySet<number> {
  const shown = new Set([start.event]);
  const add = (event: number): void => {
    if (shown.size < most && known.has(event)) shown.add(event);
  };
  for (const { event, as } of start.causes) if (as === "trigger") add(event);
  const used = start.causes.filter(({ as }) => as === "state").map(({ event }) => event);
  // Some room stays for what set the trigger off.
  for (const event of used.slice(0, 2)) add(event);
  for (const event of [...chain].sort((a, b) => b - a)) add(event);
  for (const event of used) add(event);
  return shown;
}

function lined(rows: readonly PastEvent[], chain: ReadonlySet<number>): readonly PastRow[] {
  const strokes = rows.map(() => new Set<Stroke>());
  const causes = rows.map((): number[] => []);
  const effects = rows.map((): number[] => []);
  const isBeside = (place: number): boolean => !chain.has(rows[place]!.event);
  rows.forEach((row, to) => {
    for (const { event } of row.causes) {
      const from = rows.findIndex((each) => each.event === event);
      if (from < 0) continue;
      causes[to]!.push(event);
      effects[from]!.push(row.event);
      const own = !isBeside(from) && !isBeside(to);
      strokes[from]!.add(own ? "own bottom" : isBeside(from) ? "beside bottom" : "leave");
      for (let between = from + 1; between < to; between++) strokes[between]!.add(own ? "own" : "beside");
      strokes[to]!.add(own ? "own top" : isBeside(to) ? "beside top" : "enter");
    }
  });
  return rows.map((event, i) => ({
    event,
    beside: isBeside(i),
    strokes: [...strokes[i]!],
    causes: causes[i]!,
    effects: effects[i]!,
  }));
}

/** The first half of a sentence, and what follows its colon as a sentence of its own. */
export function halves(sentence: string): readonly [head: string, rest: string] {
  const at = sentence.indexOf(": ");
  if (at < 0) return [sentence, ""];
  const rest = sentence.slice(at + 2);
  return [sentence.slice(0, at), `${rest.charAt(0).toUpperCase()}${rest.slice(1)}${/[.!?]$/.test(rest) ? "" : "."}`];
}

/** Its first half, unless that is a single word that says nothing alone. */
export function inShort(sentence: string): string {
  const [head] = halves(sentence);
  return head.includes(" ") ? head : sentence;
}

/** As the rest of a sentence: what begins with a name keeps its capital. */
export const inMidst = (title: string): string =>
  /^[A-Z](?:[a-z]+)?(?: |$)/.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title;

/** "S3 waits for its disk, done at 0.620 s": "for its disk, done at 0.620 s". */
export const waited = (sentence: string): string => sentence.replace(/^(?:S\d|entry \d+|It) waits? /, "");
