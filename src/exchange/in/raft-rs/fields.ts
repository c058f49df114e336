import type { Micros } from "../../../base/units.ts";
import { parsed, timeIn, timeOf } from "../stamps.ts";

/** A line of slog: what is said, and the values beside it by their names. */
export interface Logged {
  readonly at: Micros | null;
  readonly text: string;
  readonly fields: ReadonlyMap<string, string>;
}

/** raft-rs marks every line of a server with its id, in each of slog's forms. */
export const ofRaftRs = /[[" ,]raft_id"?[=:]/;

const bracketed = /\[((?:"(?:[^"\\]|\\.)*"|[^\]"]){0,4000})\]/g;
const field = /^("(?:[^"\\]|\\.)*"|[^="]+)=(.*)$/s;

/** TiKV's form, JSON, or that of a terminal; null: it is of none. */
export function loggedIn(line: string): Logged | null {
  if (line.length > 20_000 || !ofRaftRs.test(line)) return null;
  const json = parsed(line.slice(Math.max(0, line.indexOf("{"))));
  if (json !== null && typeof json["msg"] === "string") {
    const fields = Object.entries(json).map(([name, value]) => [name, String(value)] as const);
    return { at: timeOf(json["ts"] ?? json["time"]), text: json["msg"], fields: new Map(fields) };
  }
  return line.trimStart().startsWith("[") ? ofTikv(line) : ofTerminal(line);
}

/** `[time] [LEVEL] [file:line] [what] [name=value] …` */
function ofTikv(line: string): Logged | null {
  const parts = [...line.matchAll(bracketed)].map(([, inner = ""]) => inner);
  const [time = "", , , text] = parts;
  if (text === undefined) return null;
  const fields = new Map<string, string>();
  for (const part of parts.slice(4)) {
    const [, name, value] = field.exec(part) ?? [];
    if (name !== undefined && value !== undefined) fields.set(unquoted(name), unquoted(value));
  }
  return { at: timeIn(time), text: unquoted(text), fields };
}

/** `May 01 10:00:00.000 INFO what, name: value, …` */
function ofTerminal(line: string): Logged | null {
  const [, before = "", text] = /^(.*?)\b(?:TRCE|DEBG|INFO|WARN|ERRO|CRIT) (.*)$/.exec(line) ?? [];
  if (text === undefined) return null;
  const fields = new Map<string, string>();
  for (const [, name = "", value = ""] of text.matchAll(/, ([a-z][a-z_ ]{0,30}): (\[[^\]]*\]|[^,]*)/g))
    fields.set(name, value);
  return { at: timeIn(before), text, fields };
}

function unquoted(text: string): string {
  if (!text.startsWith('"')) return text;
  try {
    return String(JSON.parse(text));
  } catch {
    return text.slice(1, -1);
  }
}
