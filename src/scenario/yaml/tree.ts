import { isAlias, isMap, isScalar, isSeq, Lexer, parseDocument, type YAMLError } from "yaml";
import { failure, type Result, success } from "../../base/result.ts";
import { limits } from "../limits.ts";
import type { InputProblem, Place } from "../recording.ts";

export interface YamlTree {
  readonly json: unknown;
  /** Where a field such as "servers[1].pre_vote" stands; if it is not there, what it would stand in. */
  readonly placeOf: (field: string) => Place;
}

/** A text of YAML 1.2 as data. One document, names that are text, nothing that stands for another part. */
export function readTree(written: string): Result<YamlTree, InputProblem> {
  const text = written.replace(/^\ufeff/, "");
  if (text.length > limits.fileText)
    return failure({ field: "", message: `expected at most ${limits.fileText} characters, found ${text.length}` });
  const placed = (offset: number): Place => placeIn(text, offset);
  const deep = tooDeepAt(text);
  if (deep !== null) return failure({ field: "", message: tooDeep, place: placed(deep) });
  const document = parseDocument(text, { prettyErrors: false, stringKeys: true });
  const [error] = document.errors;
  if (error !== undefined) return failure({ field: "", message: messageOf(error), place: placed(error.pos[0]) });
  const offsets = new Map<string, number>([["", 0]]);
  const found = dataOf(document.contents, { path: "", at: 0, depth: 1 }, offsets);
  if (!found.ok) return failure({ ...found.problem, place: placed(found.problem.at) });
  return success({ json: found.value, placeOf: (field) => placed(offsetOf(field, offsets)) });
}

const tooDeep = `expected at most ${limits.depth} levels of nesting`;

/** Where brackets, or lists that begin on one line, are nested too deep: the parser would descend into them. */
function tooDeepAt(text: string): number | null {
  let [at, brackets, begun] = [0, 0, 0];
  for (const token of new Lexer().lex(text)) {
    if (token === "[" || token === "{") brackets++;
    if (token === "]" || token === "}") brackets--;
    if (token === "-" || token === "?") begun++;
    if (token.startsWith("\n") || token.startsWith("\r")) begun = 0;
    if (brackets > limits.depth || begun > limits.depth) return at;
    if (!marks.includes(token)) at += token.length;
  }
  return null;
}
/** What the lexer tells beside the text: that a document, an error's end, or a scalar comes. */
const marks = ["\u0002", "\u0018", "\u001f"];

function messageOf({ code, message }: YAMLError): string {
  if (code === "DUPLICATE_KEY") return "expected once: this name is here twice";
  if (code === "TAB_AS_INDENT") return "expected spaces before a name: YAML has no tabs there";
  if (code === "MULTIPLE_DOCS") return "expected one document: a second one begins here";
  return `this is not YAML: ${message}`;
}

interface Here {
  readonly path: string;
  readonly at: number;
  readonly depth: number;
}
type Problem = InputProblem & { readonly at: number };
const problem = ({ path, at }: Here, message: string) => failure<Problem>({ field: path, message, at });

function dataOf(node: unknown, from: Here, offsets: Map<string, number>): Result<unknown, Problem> {
  if (node === null || node === undefined) return success(null);
  if (from.depth > limits.depth + 1) return problem(from, tooDeep);
  if (offsets.size > limits.nodes) return problem(from, `expected at most ${limits.nodes} values in all`);
  if (isScalar(node)) return success(node.value);
  if (isSeq(node)) return listOf(node.items, from, offsets);
  if (isMap(node)) return fieldsOf(node.items, from, offsets);
  return problem(from, isAlias(node) ? "expected the value itself: aliases (*name) are not read" : "expected a value");
}

const startOf = (node: unknown, otherwise: number): number =>
  (node as { readonly range?: readonly [number, number, number] | null } | null)?.range?.[0] ?? otherwise;

function listOf(items: readonly unknown[], { path, at, depth }: Here, offsets: Map<string, number>) {
  const values: unknown[] = [];
  for (const [index, item] of items.entries()) {
    const here = { path: `${path}[${index}]`, at: startOf(item, at), depth: depth + 1 };
    offsets.set(here.path, here.at);
    const value = dataOf(item, here, offsets);
    if (!value.ok) return value;
    values.push(value.value);
  }
  return success(values);
}

type Pairs = readonly { readonly key: unknown; readonly value: unknown }[];

/** As `JSON.parse` has it: a name such as "__proto__" is a field like any other. */
function fieldsOf(pairs: Pairs, { path, at, depth }: Here, offsets: Map<string, number>) {
  const fields: [string, unknown][] = [];
  for (const { key, value } of pairs) {
    const name = isScalar(key) ? String(key.value) : "";
    const here = { path: path === "" ? name : `${path}.${name}`, at: startOf(key, at), depth: depth + 1 };
    offsets.set(here.path, here.at);
    const read = dataOf(value, here, offsets);
    if (!read.ok) return read;
    fields.push([name, read.value]);
  }
  return success(Object.fromEntries(fields));
}

/** The longest beginning of the field that is there. */
function offsetOf(field: string, offsets: ReadonlyMap<string, number>): number {
  let path = field;
  while (!offsets.has(path)) path = path.slice(0, Math.max(0, path.lastIndexOf("."), path.lastIndexOf("[")));
  return offsets.get(path) ?? 0;
}

function placeIn(text: string, offset: number): Place {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: before.length, column: (before.at(-1) ?? "").length + 1 };
}
