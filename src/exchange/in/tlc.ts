import { inOnePiece } from "../../history/work.ts";
import { fieldsOf, titleOf, wholeText } from "./itf.ts";
import { type tally, unreadable } from "./tally.ts";
import { type Json, readJson, tlcValue } from "./tla/json.ts";
import { parseValue } from "./tla/parse.ts";
import { type TraceState, toldStates } from "./tla/states.ts";
import type { Value } from "./tla/value.ts";
import type { Given, Importer, Place, ReadRun } from "./told.ts";

/**
 * A counterexample of TLC for raft.tla: as it is printed, with whatever else TLC prints around it, or as `-dumpTrace json`
 * writes it (tlaplus/tlaplus, StandardModules/_JsonTrace.tla).
 */
export const tlc: Importer = {
  name: "tlc",
  title: "TLC trace",
  named: /\.tlc$|_TTrace|tlc.*\.(?:out|log|txt|json)$/i,
  fits: (head) =>
    (/^\s*\{/.test(head) && /"counterexample"\s*:\s*\{/.test(head)) ||
    (/^(?:State )?\d+: <.*>\s*$/m.test(head) && /^\/\\ \w+ = /m.test(head)),
  open: (given) =>
    wholeText(given, (lines, _, seen) => inOnePiece(() => (isJson(lines) ? ofJson : ofText)(lines, given, seen))),
};

const isJson = (lines: readonly string[]): boolean => lines.find((line) => line.trim() !== "")?.trimStart()[0] === "{";

const finished = (
  states: readonly TraceState[],
  given: readonly Given[],
  seen: ReturnType<typeof tally>,
  unknown: readonly string[],
): ReadRun => toldStates({ format: tlc.name, title: titleOf(given, tlc.title), states, unknown }, seen);

function ofJson(lines: readonly string[], given: readonly Given[], seen: ReturnType<typeof tally>): ReadRun {
  const read = readJson(lines);
  if (!read.ok) return unreadable(`This is not JSON: ${read.problem.message}.`, { file: 0, line: read.problem.line });
  const counterexample = fieldsOf(fieldsOf(read.value)?.get("counterexample"));
  const states = counterexample?.get("state");
  if (states?.kind !== "list") return unreadable('There is no "counterexample" with a list "state" in it.');
  const actions = actionsOf(counterexample?.get("action"));
  const found: TraceState[] = [];
  for (const item of states.items) {
    const [number, variables] = item.kind === "list" ? item.items : [];
    const fields = fieldsOf(variables);
    if (number?.kind !== "number" || fields === null) {
      seen.skip("", { file: 0, line: item.line }, "a state that is not a number and an object");
      continue;
    }
    const values = new Map([...fields].map(([name, value]): [string, Value] => [name, tlcValue(value)]));
    found.push({ file: 0, line: item.line, values, action: actions.get(number.text) ?? "" });
  }
  seen.understood = seen.lines - seen.skipped.length;
  return finished(found, given, seen, ["TLC's JSON has no sets and writes every key of a function as text."]);
}

/** By the number of the state that it leads to. */
function actionsOf(json: Json | undefined): ReadonlyMap<string, string> {
  const actions = new Map<string, string>();
  for (const item of json?.kind === "list" ? json.items : []) {
    const [, action, after] = item.kind === "list" ? item.items : [];
    const name = fieldsOf(action)?.get("name");
    const number = after?.kind === "list" ? after.items[0] : undefined;
    if (name?.kind === "text" && number?.kind === "number" && name.text !== "Initial predicate")
      actions.set(number.text, name.text);
  }
  return actions;
}

const header = /^(?:State )?(\d{1,9}): <(.*)>\s*$/;
const ending = /^(?:(?:State )?\d{1,9}: (?:Stuttering|Back to state.*)|Back to state.*)\s*$/;
const conjunct = /^(?:\/\\ )?(\w+) = (.*)$/;

interface Written {
  readonly name: string;
  readonly place: Place;
  readonly lines: string[];
}

function ofText(lines: readonly string[], given: readonly Given[], seen: ReturnType<typeof tally>): ReadRun {
  const states: TraceState[] = [];
  const unknown: string[] = [];
  let open: { readonly place: Place; readonly action: string; readonly written: Written[] } | null = null;
  let over = false;
  const close = (): void => {
    if (open !== null) states.push({ ...open.place, action: open.action, values: valuesOf(open.written, seen) });
    open = null;
  };
  const take = (text: string, place: Place): void => {
    const begins = header.exec(text);
    const isAgain = begins !== null && begins[1] === "1" && (open !== null || states.length > 0);
    if (isAgain) {
      close();
      over = true;
      unknown.push(`At line ${place.line} a further trace begins; the first is read.`);
    }
    if (over) return seen.skip(text, place, "of a further trace; the first is read");
    if (begins !== null) {
      close();
      open = { place, action: actionOf(begins[2] ?? ""), written: [] };
      seen.understood += 1;
      return;
    }
    if (text.trim() === "" || /^@!@!@/.test(text)) {
      close();
      seen.understood += 1;
      return;
    }
    if (ending.test(text)) {
      close();
      seen.understood += 1;
      unknown.push(`TLC says at the end: ${text.trim().slice(0, 100)}.`);
      return;
    }
    if (open === null) return seen.skip(text, place, "not of a state");
    const found = conjunct.exec(text);
    const isFirst = open.written.length === 0;
    if (found !== null && (text.startsWith("/\\ ") || isFirst))
      open.written.push({ name: found[1] ?? "", place, lines: [found[2] ?? ""] });
    else if (isFirst || text.startsWith("/\\")) return seen.skip(text, place, "no variable and its value");
    else open.written[open.written.length - 1]?.lines.push(text);
    seen.understood += 1;
  };
  for (const [index, text] of lines.entries()) take(text, { file: 0, line: index + 1 });
  close();
  return finished(states, given, seen, unknown);
}

/** "Timeout(s1)" of "Timeout(s1) line 182, col 15 to line 191, col 60 of module raft". */
function actionOf(text: string): string {
  if (text.startsWith("Initial predicate") || text.startsWith("Init ")) return "";
  const name = /^\w[\w!]*(?:\([^()]{0,100}\)|\[[^\][]{0,100}\])?/.exec(text)?.[0] ?? "";
  // TLC names the whole next-state relation where it has not taken it apart.
  return name === "Next" ? "" : name;
}

function valuesOf(written: readonly Written[], seen: ReturnType<typeof tally>): ReadonlyMap<string, Value> {
  const values = new Map<string, Value>();
  for (const { name, place, lines } of written) {
    const text = lines.join("\n");
    const read = parseValue(text);
    if (read.ok) values.set(name, read.value);
    else {
      const line = place.line + text.slice(0, read.problem.at).split("\n").length - 1;
      seen.understood -= lines.length;
      seen.skip(`${name} = ${text}`, { file: 0, line }, `the value of ${name} cannot be read: ${read.problem.message}`);
    }
  }
  return values;
}
