import { writeRecording } from "../format.ts";
import type { OptionName } from "../option-rows.ts";
import { writeAllOptions } from "../options.ts";
import type { Recording } from "../recording.ts";
import { configurationNames, type Names, type Row, snake } from "./names.ts";
import { timeText } from "./times.ts";

/** What is written whatever the profile has. */
const always: readonly OptionName[] = ["electionTimeoutMs", "heartbeatMs", "snapshotAfter", "preVote", "checkQuorum"];

/** The set-up of a run as `parseYaml` reads it. Its acts, bookmarks and branches are not in it. */
export function writeYaml(recording: Recording): string {
  const { options, ...file } = writeRecording(recording);
  const all = writeAllOptions(recording.setup.raft);
  const shown = Object.fromEntries(always.map((name) => [name, all[name]]));
  const { title, notes, ...rest } = file;
  const said = { ...(title !== "" && { title }), ...(notes !== "" && { notes }) };
  const { raft: _, ...names } = configurationNames;
  return `${lines({ ...said, ...rest, options: { ...shown, ...options } }, names, "").join("\n")}\n`;
}

function lines(file: unknown, names: Names, indent: string): readonly string[] {
  return Object.entries(names).flatMap(([name, row]) => {
    const value = valueAt(file, row.to);
    return value === undefined ? [] : field(name, value, row, indent);
  });
}

const valueAt = (file: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((value, key) => (value as Readonly<Record<string, unknown>> | undefined)?.[key], file);

function field(name: string, value: unknown, { shape }: Row, indent: string): readonly string[] {
  switch (shape.is) {
    case "section":
      return [`${indent}${name}:`, ...lines(value, shape.names, `${indent}  `)];
    case "servers":
      if (!Array.isArray(value)) return [`${indent}${name}: ${value}`];
      return [`${indent}${name}:`, ...value.flatMap((server) => item(server, shape.names, indent))];
    case "time":
      return [`${indent}${name}: "${timeText(Number(value))}"`];
    case "span":
      return [`${indent}${name}: ${spanText(value as readonly [number, number], shape.single)}`];
    case "limit":
      return [`${indent}${name}: ${value === null ? "none" : value}`];
    case "word":
      return [`${indent}${name}: ${snake(String(value))}`];
    case "plain":
      return [`${indent}${name}: ${plainText(value)}`];
  }
}

/** One server of a list. */
function item(server: unknown, names: Names, indent: string): readonly string[] {
  const [first = "", ...rest] = lines(server, names, `${indent}    `);
  return [`${indent}  - ${first.trimStart()}`, ...rest];
}

function spanText([least, most]: readonly [number, number], single: "exactly" | "up to twice"): string {
  if (single === "up to twice" && most === 2 * least) return `"${timeText(least)}"  # drawn from there to twice that`;
  return `"${timeText(least)}${single === "exactly" && least === most ? "" : `-${timeText(most)}`}"`;
}

/** A name stands as it is; other texts as JSON, which YAML reads too. */
function plainText(value: unknown): string {
  const isName = typeof value === "string" && /^[a-z][\w-]*$/i.test(value) && !/^(true|false|null|none)$/i.test(value);
  return isName ? value : JSON.stringify(value).replace(/[\u007f-\u009f\u2028\u2029\ufeff]/g, escaped);
}

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
