import { failure, type Result, success } from "../../../base/result.ts";
import { mostServers, type tally } from "../tally.ts";
import type { Place } from "../told.ts";
import { type Expression, readExpression } from "./expression.ts";
import { matchOf } from "./machine.ts";

/** The expression that ShiViz uses where a file names none. */
export const usualExpression = "(?<event>.*)\\n(?<host>\\S*) (?<clock>{.*})";
/** Many logs tell the host first, and ShiViz's own examples among them: a file that begins with a clock is one of those. */
const hostFirst = readExpression("(?<host>\\S*) (?<clock>{.*})\\n(?<event>.*)");

/** An event as a log tells it. */
export interface ClockEvent extends Place {
  readonly host: number;
  /** Its number on its host, from 1. */
  readonly own: number;
  /** Of every host that it knows of, its own among them: the number of that host's last event. */
  readonly clock: ReadonlyMap<number, number>;
  readonly text: string;
}
export interface Form {
  /** null: the usual one. */
  readonly expression: Expression | null;
  /** What stands between two executions; null: nothing. */
  readonly between: Expression | null;
}
/** Longer records are not tried: an expression takes its time for every character. */
const longestRecord = 20_000;

export interface Hosts {
  readonly names: readonly string[];
  /** null: there are too many. */
  place(name: string): number | null;
}
export function hosts(): Hosts {
  const names: string[] = [];
  const places = new Map<string, number>();
  return {
    names,
    place(name) {
      const known = places.get(name);
      if (known !== undefined) return known;
      if (names.length === mostServers) return null;
      places.set(name, names.length);
      return names.push(name) - 1;
    },
  };
}

/** A file's first two lines, where they say how the others are to be read; null: they say nothing. */
export function formOf(first: string, second: string): Result<Form, { place: 1 | 2; message: string }> | null {
  const own = first.includes("(?<");
  if (!own && first.trim() !== "") return null;
  const expression = own && first.trim() !== usualExpression ? readForm(first) : success(null);
  if (!expression.ok) return failure({ place: 1, message: expression.problem });
  if (second.trim() === "") return success({ expression: expression.value, between: null });
  if (!own && !second.includes("(?<")) return null;
  const between = readExpression(second);
  if (!between.ok)
    return failure({ place: 2, message: `column ${between.problem.column}: ${between.problem.message}` });
  return success({ expression: expression.value, between: between.value });
}

/**
 * How a file that names no expression tells its events. Where it does not begin with a clock, that is plain; where it
 * does, its end has to say whether each clock stands before its event, or the event of the first is cut off.
 */
export const beginsWithClock = (first: string, second: string): boolean =>
  clockLine.test(first) && !clockLine.test(second);

export function orderOf(lines: readonly string[]): { readonly form: Form; readonly isCut: boolean } {
  const last = lines.findLast((line) => line.trim() !== "") ?? "";
  const isCut = clockLine.test(last);
  return { form: { expression: hostFirst.ok && !isCut ? hostFirst.value : null, between: null }, isCut };
}

function readForm(source: string): Result<Expression, string> {
  const read = readExpression(source);
  if (!read.ok) return failure(`column ${read.problem.column}: ${read.problem.message}`);
  const missing = ["event", "host", "clock"].filter((name) => !read.value.names.includes(name));
  return missing.length === 0
    ? read
    : failure(`the expression has no group called ${missing.join(", and none called ")}`);
}

/** The records of one file. */
export interface Records {
  line(text: string, place: Place): void;
  /** What was kept for a record that did not come is skipped. */
  end(): void;
}
interface Kept {
  readonly text: string;
  readonly place: Place;
}
interface Told {
  readonly event: string;
  readonly host: string;
  readonly clock: unknown;
}

export function recordsIn(
  { expression, between }: Form,
  known: Hosts,
  seen: ReturnType<typeof tally>,
  add: (event: ClockEvent) => void,
): Records {
  const span = expression?.lines ?? 2;
  let kept: Kept[] = [];
  let execution = 0;
  let had = false;

  const take = (told: Told, { text, place }: Kept, lines: number): void => {
    if (execution > 0) return seen.skip(text, place, "of a further execution; the first is read");
    const event = eventOf(told, place, known);
    if (typeof event === "string") return seen.skip(text, place, event);
    had = true;
    seen.understood += lines;
    add(event);
  };
  const drop = ({ text, place }: Kept): void => {
    if (text.trim() === "") seen.understood += 1;
    else
      seen.skip(text, place, expression === null ? "no host and clock come after it" : "the expression does not fit");
  };
  const flush = (): void => {
    for (const line of kept) drop(line);
    kept = [];
  };
  return {
    line(text, place) {
      const line = { text, place };
      if (between !== null && text.length <= longestRecord && matchOf(between, text) !== null) {
        flush();
        if (had) execution += 1;
        had = false;
        seen.understood += 1;
        return;
      }
      const json = disViz(text);
      if (json !== null) {
        flush();
        return take(json, line, 1);
      }
      kept.push(line);
      if (kept.length < span) return;
      const told = expression === null ? usual(kept) : fitted(expression, kept);
      if (told === null) return drop(kept.shift() as Kept);
      const first = kept[0] as Kept;
      kept = [];
      take(told, first, span);
    },
    end: flush,
  };
}

/** What stands after the clock is nothing to ShiViz: a blank, mostly. */
const clockLine = /^(\S*) (\{.*\})/;

function usual([first, second]: readonly Kept[]): Told | null {
  const found = clockLine.exec(second?.text ?? "");
  return found === null ? null : { event: first?.text ?? "", host: found[1] ?? "", clock: parsed(found[2] ?? "") };
}

function fitted(expression: Expression, kept: readonly Kept[]): Told | null {
  const text = kept.map((line) => line.text).join("\n");
  const groups = text.length > longestRecord ? null : matchOf(expression, text);
  if (groups === null) return null;
  return { event: groups.get("event") ?? "", host: groups.get("host") ?? "", clock: parsed(groups.get("clock") ?? "") };
}

/** DisViz writes a JSON object a line. */
export function disViz(line: string): Told | null {
  if (!line.startsWith("{") || !line.includes('"VCString"') || !line.includes('"processId"')) return null;
  const record = parsed(line);
  if (typeof record !== "object" || record === null || Array.isArray(record)) return null;
  const { processId, message, VCString: clock } = record as Readonly<Record<string, unknown>>;
  if (typeof processId !== "string") return null;
  return {
    event: typeof message === "string" ? message : "",
    host: processId,
    clock: typeof clock === "string" ? parsed(clock) : clock,
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A text says why it is none. */
function eventOf({ event, host, clock }: Told, { file, line }: Place, known: Hosts): ClockEvent | string {
  if (host === "") return "it names no host";
  if (typeof clock !== "object" || clock === null || Array.isArray(clock)) return "its clock is not a JSON object";
  const counts = new Map<number, number>();
  for (const [name, count] of Object.entries(clock)) {
    if (typeof count !== "number" || !Number.isSafeInteger(count) || count < 0)
      return `its clock has no whole number for ${name.slice(0, 40)}`;
    const place = name === "" ? null : known.place(name);
    if (place === null) return `it names more than ${mostServers} hosts, or one without a name`;
    if (count > 0) counts.set(place, count);
  }
  const place = known.place(host);
  const own = place === null ? undefined : counts.get(place);
  if (place === null || own === undefined) return `its clock has no part for ${host.slice(0, 40)} itself`;
  return { file, line, host: place, own, clock: counts, text: event };
}
