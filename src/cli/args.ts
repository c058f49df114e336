import { parseArgs } from "node:util";
import { type Micros, microsPerMilli } from "../base/units.ts";
import { type BugName, bugNames } from "../raft/bugs/index.ts";
import type { Condition } from "../scenario/condition/condition.ts";
import { parseCondition } from "../scenario/condition/parse.ts";
import { didYouMean } from "../scenario/nearest.ts";
import { Usage } from "./usage.ts";

/** The words of a command line. What is wrong with them is said with the nearest right one. */

interface Read<Name extends string> {
  readonly values: { readonly [Each in Name]?: string };
  readonly positionals: readonly string[];
}

/** Options that take a value, and as many other words as there are; throws `Usage`. */
export function read<Name extends string>(args: readonly string[], names: readonly Name[]): Read<Name> {
  const options = Object.fromEntries(names.map((name) => [name, { type: "string" } as const]));
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    return { values: values as Read<Name>["values"], positionals };
  } catch (error) {
    throw new Usage(complaint(error, names));
  }
}

/** As `read`, where `--json` may stand among them, and exactly `count` other words must. */
export function readFor<Name extends string>(
  command: string,
  args: readonly string[],
  names: readonly Name[],
  count = 1,
) {
  const { values, positionals } = read(
    args.filter((word) => word !== "--json"),
    names,
  );
  const files = count === 1 ? "one FILE" : "a FILE and another";
  if (positionals.length !== count)
    throw new Usage(`${command} needs exactly ${files}: a recording, a link in quotes, or preset:NAME`);
  return { values, files: positionals, json: args.includes("--json") };
}

/** As `read`, where there are no other words. */
export function readOptions<Name extends string>(
  args: readonly string[],
  names: readonly Name[],
): Read<Name>["values"] {
  const { values, positionals } = read(args, names);
  const [first] = positionals;
  if (first !== undefined) throw new Usage(`${first}: expected an option${optionsText(names)}`);
  return values;
}

function complaint(error: unknown, names: readonly string[]): string {
  const message = error instanceof Error ? error.message : String(error);
  const [, unknown] = /^Unknown option '(-[^']*)'/.exec(message) ?? [];
  if (unknown === undefined) return message;
  const dashed = names.map((name) => `--${name}`);
  return `there is no option ${unknown}${didYouMean(unknown, dashed) || optionsText(names)}`;
}

const optionsText = (names: readonly string[]): string =>
  names.length === 0 ? "" : `: there is ${names.map((name) => `--${name}`).join(", ")}`;

/** `value` if it is one of `names`; throws `Usage`. */
export function oneOf<Name extends string>(option: string, value: string | undefined, names: readonly Name[]): Name {
  const found = names.find((name) => name === value);
  if (found !== undefined) return found;
  const meant = value === undefined ? "" : didYouMean(value, names);
  throw new Usage(`--${option} ${value ?? ""}: expected one of ${names.join(", ")}${meant}`);
}

export const knownBug = (name: string | undefined): BugName => oneOf("bug", name, bugNames);

export function whole(text: string | undefined, name: string, usual: number, least: number, most: number): number {
  if (text === undefined) return usual;
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new Usage(`--${name} ${text}: expected a whole number from ${least} to ${most}`);
}

/** "10s", "1500ms", "0.619s". */
export function readTime(option: string, text: string): Micros {
  const [, digits, unit] = /^(\d+(?:\.\d+)?)(ms|s)$/.exec(text) ?? [];
  if (digits === undefined) throw new Usage(`--${option} ${text}: expected a time such as 10s or 1500ms`);
  return Math.round(Number(digits) * (unit === "s" ? 1000 : 1) * microsPerMilli);
}

/** A time, or a condition such as "S3 leads and commit >= 4"; what is wrong with that is pointed at. */
export function readTimeOrCondition(option: string, text: string): Micros | Condition {
  if (/^\s*\d/.test(text)) return readTime(option, text);
  const read = parseCondition(text);
  if (read.ok) return read.value;
  const { message, from, to } = read.problem;
  throw new Usage(
    `--${option} is neither a time such as 10s or 1500ms nor a condition: ${message}\n  ${text}\n  ${" ".repeat(from)}${"^".repeat(Math.max(1, to - from))}`,
  );
}
