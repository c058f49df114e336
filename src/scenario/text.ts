import { createScanner, type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import { failure, type Result, success } from "../base/result.ts";
import { limits } from "./limits.ts";
import { linkIn } from "./link-text.ts";
import type { InputProblem, Place } from "./recording.ts";
import { looksLikeYaml } from "./yaml/looks.ts";

/** A file's text as data, and where each piece of it stands. People may comment in it and leave commas at ends (JSONC). */

export interface ReadText {
  readonly json: unknown;
  /** Where the field of a problem stands, or what is so many characters into its text; if it is missing, where that should be which lacks it. */
  readonly placeOf: (field: string, within?: number) => Place;
}

export function readText(written: string): Result<ReadText, InputProblem> {
  const text = written.replace(/^\ufeff/, "");
  if (text.length > limits.fileText) {
    return failure({ field: "", message: `expected at most ${limits.fileText} characters, found ${text.length}` });
  }
  const other = otherKind(text);
  if (other !== null) return failure({ field: "", message: `expected a recording in JSON; ${other}` });
  return depthProblem(text) ?? readTree(text);
}

function readTree(text: string): Result<ReadText, InputProblem> {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  const [first] = errors.sort((a, b) => a.offset - b.offset);
  if (first !== undefined) return problemAt(text, first.offset, syntaxMessage(text, first));
  if (root === undefined) return problemAt(text, 0, `expected a recording in JSON, which begins with {`);
  const twice = duplicate(root);
  if (twice !== null) return problemAt(text, twice.offset, twiceMessage(text, twice), twice.path);
  return success({
    json: dataOf(root),
    placeOf: (field, within) => placeIn(text, offsetOf(text, root, field, within)),
  });
}

const problemAt = (text: string, offset: number, message: string, field = "") =>
  failure({ field, message, place: placeIn(text, offset) });

function placeIn(text: string, offset: number): Place {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: before.length, column: (before.at(-1) ?? "").length + 1 };
}

// ---- what is no JSON at all ---------------------------------------------------------------------------------

/** What people give instead of a recording, and what to do about it. */
const otherKinds: readonly (readonly [looks: (text: string) => boolean, what: string])[] = [
  [(text) => text.trim() === "", "this is empty"],
  [(text) => ["\u001f\u008b", "\u001f\ufffd"].includes(text.slice(0, 2)), "this is packed with gzip: unpack it first"],
  [(text) => text.startsWith("PK\u0003\u0004"), "this is a zip archive: unpack it first"],
  [(text) => text.includes("\u0000"), "this is not UTF-8: save it in that encoding"],
  [
    (text) => /^\s*<(!doctype\s+html|html)/i.test(text),
    "this is a web page (HTML): save the run there as a file first",
  ],
  [(text) => /^\s*</.test(text), "this is XML"],
  [(text) => linkIn(text) !== null, "this is a link: open it as one"],
  [looksLikeYaml, "this looks like YAML: write it as JSON, which begins with {"],
  [(text) => !/^\s*(["/{[\d-]|null|true|false)/.test(text), "this text is not JSON, which begins with {"],
];
const otherKind = (text: string): string | null => otherKinds.find(([looks]) => looks(text))?.[1] ?? null;

// ---- bounds, before anything descends -----------------------------------------------------------------------

/** Token by token, so that no nesting can overflow the stack. The kinds are `{`, `}`, `[`, `]` and the end. */
const [openBrace, closeBrace, openBracket, closeBracket, end] = [1, 2, 3, 4, 17];

function depthProblem(text: string): ReturnType<typeof problemAt> | null {
  const scanner = createScanner(text, true);
  let depth = 0;
  for (let kind: number = scanner.scan(); kind !== end; kind = scanner.scan()) {
    if (kind === openBrace || kind === openBracket) depth++;
    if (kind === closeBrace || kind === closeBracket) depth--;
    if (depth > limits.depth)
      return problemAt(text, scanner.getTokenOffset(), `expected at most ${limits.depth} levels of nesting`);
  }
  return null;
}

// ---- syntax -------------------------------------------------------------------------------------------------

/** Words of other languages, and what JSON has in their place. */
const foreign: Readonly<Record<string, string>> = {
  NaN: "a number, or leave the field out",
  Infinity: "a number, or null for no limit",
  undefined: "null, or leave the field out",
  None: "null",
  True: "true",
  False: "false",
};

function syntaxMessage(text: string, { error, offset }: ParseError): string {
  if (printParseErrorCode(error) === "UnexpectedEndOfString")
    return 'expected another " to end the text that begins here';
  const [found = ""] = /^(?:-?[\p{L}_$][\p{L}\p{N}_$]*|[\s\S])/u.exec(text.slice(offset, offset + 40)) ?? [];
  if (found.trim() === "" && text.slice(offset).trim() === "") return `expected ${wanted(error)}, found the end`;
  if (found === "'" || found === "`") return `expected double quotes ("), found ${found}`;
  const word = found.replace(/^-/, "");
  if (Object.hasOwn(foreign, word)) return `expected ${foreign[word]}: ${word} is no JSON`;
  const isName = /^[\p{L}_$]/u.test(found) && /^\s*:/.test(text.slice(offset + found.length));
  if (isName) return `expected double quotes around names: "${found}"`;
  return `expected ${wanted(error)}, found ${JSON.stringify(found)}`;
}

/** By the parser's code of an error. */
function wanted(code: ParseError["error"]): string {
  const name = printParseErrorCode(code);
  return Object.hasOwn(wantedBy, name) ? wantedBy[name]! : "JSON";
}
const wantedBy: Readonly<Record<string, string>> = {
  InvalidSymbol: "a name or a value",
  InvalidNumberFormat: "a number as JSON has it",
  PropertyNameExpected: "a name in double quotes",
  ValueExpected: "a value",
  ColonExpected: "a colon",
  CommaExpected: "a comma",
  CloseBraceExpected: "a comma or }",
  CloseBracketExpected: "a comma or ]",
  EndOfFileExpected: "nothing more after the recording",
  UnexpectedEndOfComment: "the end of the comment (*/)",
  UnexpectedEndOfNumber: "the rest of the number",
  InvalidUnicode: "four hex digits after \\u",
  InvalidEscapeCharacter: "a character that may follow \\",
  InvalidCharacter: "a text without control characters (\\n for a line break)",
};

// ---- the tree -----------------------------------------------------------------------------------------------

interface Twice {
  readonly path: string;
  readonly offset: number;
  readonly first: number;
}

/** A name that an object has twice: most readers of JSON take the last one and say nothing. */
function duplicate(node: Node, path = ""): Twice | null {
  const seen = new Map<string, number>();
  for (const [at, child] of (node.children ?? []).entries()) {
    const inside = node.type === "array" ? `${path}[${at}]` : joined(path, nameOf(child));
    const first = seen.get(nameOf(child));
    if (node.type === "object" && first !== undefined) return { path: inside, offset: child.offset, first };
    if (node.type === "object") seen.set(nameOf(child), child.offset);
    const found = duplicate(contentOf(child), inside);
    if (found !== null) return found;
  }
  return null;
}

const twiceMessage = (text: string, { first }: Twice): string =>
  `expected once: it is here twice, first in line ${placeIn(text, first).line}`;

const joined = (path: string, name: string): string => (path === "" ? name : `${path}.${name}`);
const nameOf = ({ type, children }: Node): string => (type === "property" ? String(children?.[0]?.value) : "");
const contentOf = (node: Node): Node => (node.type === "property" ? (node.children?.[1] ?? node) : node);

/** As `JSON.parse` has it: a name such as "__proto__" is a field like any other. */
function dataOf({ type, value, children = [] }: Node): unknown {
  if (type === "array") return children.map(dataOf);
  if (type !== "object") return value;
  return Object.fromEntries(children.map((child) => [nameOf(child), dataOf(contentOf(child))]));
}

/** Where "actions[3].server" begins; as far as there is such a thing. `within` its value, where that is a text that stands there as it is. */
function offsetOf(text: string, root: Node, field: string, within?: number): number {
  let [at, node, rest]: readonly [number, Node, string] = [root.offset, root, field];
  for (let step = stepInto(node, rest); step !== null; step = stepInto(node, rest)) {
    at = step.child.offset;
    node = contentOf(step.child);
    rest = step.rest;
  }
  const { value, offset, length } = node;
  const isPlain = value !== undefined && text.slice(offset + 1, offset + length - 1) === value;
  return within === undefined || !isPlain ? at : offset + 1 + within;
}

function stepInto({ type, children = [] }: Node, path: string): { readonly child: Node; readonly rest: string } | null {
  const after = (length: number): string => path.slice(length).replace(/^\./, "");
  if (type === "array") {
    const [whole = "", index] = /^\[(\d+)\]/.exec(path) ?? [];
    const child = index === undefined ? undefined : children[Number(index)];
    return child === undefined ? null : { child, rest: after(whole.length) };
  }
  // A name may have dots in it: the longest that fits.
  const fits = (name: string): boolean =>
    name !== "" && path.startsWith(name) && /^($|[.[])/.test(path.slice(name.length));
  const [child] = children.filter((each) => fits(nameOf(each))).sort((a, b) => nameOf(b).length - nameOf(a).length);
  return child === undefined ? null : { child, rest: after(nameOf(child).length) };
}
