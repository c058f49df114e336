import { failure, type Result, success } from "../../../base/result.ts";
import type { Value } from "./value.ts";
import { mapOf } from "./value.ts";

/** JSON with the line on which everything begins, and numbers as they are written: none loses a digit. */
export type Json = { readonly line: number } & (
  | { readonly kind: "number" | "text"; readonly text: string }
  | { readonly kind: "truth"; readonly truth: boolean }
  | { readonly kind: "null" }
  | { readonly kind: "list"; readonly items: readonly Json[] }
  | { readonly kind: "object"; readonly fields: ReadonlyMap<string, Json> }
);
export interface JsonProblem {
  readonly line: number;
  readonly message: string;
}
const mostDepth = 200;

export function readJson(lines: readonly string[]): Result<Json, JsonProblem> {
  const reader = new Reader(lines);
  try {
    const json = reader.value(0);
    const more = reader.peek();
    return more === "" ? success(json) : failure({ line: reader.line, message: `${more} stands behind the end` });
  } catch (stop) {
    if (stop instanceof Stop) return failure(stop.problem);
    throw stop;
  }
}

class Stop {
  constructor(readonly problem: JsonProblem) {}
}

/** Strings never go over a line's end, so that every piece lies in one line. */
class Reader {
  /** From 1. */
  line = 1;
  private at = 0;

  constructor(private readonly lines: readonly string[]) {}

  /** The next character that is no blank; "" at the end. */
  peek(): string {
    for (;;) {
      const text = this.lines[this.line - 1];
      if (text === undefined) {
        this.line = Math.max(1, this.lines.length);
        return "";
      }
      while (this.at < text.length && " \t\r\uFEFF".includes(text[this.at] ?? "")) this.at += 1;
      if (this.at < text.length) return text[this.at] ?? "";
      if (this.line >= this.lines.length) return "";
      this.line += 1;
      this.at = 0;
    }
  }

  value(depth: number): Json {
    const sign = this.peek();
    const line = this.line;
    if (depth > mostDepth) return this.stop("more in each other than can be read");
    if (sign === "{") return { line, kind: "object", fields: this.fields(depth) };
    if (sign === "[") return { line, kind: "list", items: this.items(depth) };
    if (sign === '"') return { line, kind: "text", text: this.string() };
    const word = this.word();
    if (/^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(word)) return { line, kind: "number", text: word };
    if (word === "true" || word === "false") return { line, kind: "truth", truth: word === "true" };
    if (word === "null") return { line, kind: "null" };
    return this.stop(sign === "" ? "the text ends too early" : `${word === "" ? sign : word.slice(0, 20)} is no value`);
  }

  private fields(depth: number): Map<string, Json> {
    this.at += 1;
    const fields = new Map<string, Json>();
    if (this.takes("}")) return fields;
    do {
      if (this.peek() !== '"') this.stop("the name of a field is missing");
      const name = this.string();
      if (!this.takes(":")) this.stop("a : is missing");
      fields.set(name, this.value(depth + 1));
    } while (this.takes(","));
    if (!this.takes("}")) this.stop("a } or a comma is missing");
    return fields;
  }

  private items(depth: number): Json[] {
    this.at += 1;
    const items: Json[] = [];
    if (this.takes("]")) return items;
    do items.push(this.value(depth + 1));
    while (this.takes(","));
    if (!this.takes("]")) this.stop("a ] or a comma is missing");
    return items;
  }

  private string(): string {
    const text = this.lines[this.line - 1] ?? "";
    let end = this.at + 1;
    for (; end < text.length && text[end] !== '"'; end++) if (text[end] === "\\") end += 1;
    if (end >= text.length) return this.stop("a string does not end");
    const piece = text.slice(this.at, end + 1);
    this.at = end + 1;
    if (!piece.includes("\\")) return piece.slice(1, -1);
    try {
      return String(JSON.parse(piece));
    } catch {
      return this.stop("a string has a \\ that means nothing");
    }
  }

  private word(): string {
    const found = /^[\w.+-]+/.exec((this.lines[this.line - 1] ?? "").slice(this.at, this.at + 2000))?.[0] ?? "";
    this.at += found.length;
    return found;
  }
  private takes(sign: string): boolean {
    if (this.peek() !== sign) return false;
    this.at += 1;
    return true;
  }
  private stop(message: string): never {
    throw new Stop({ line: this.line, message });
  }
}

/**
 * A value of ITF (Apalache, ADR 015). What is marked by a # is what its mark says; an object with `tag` and `value` stays
 * the record that it may be.
 */
export function itfValue(json: Json): Value {
  if (json.kind === "list") return { kind: "list", items: json.items.map(itfValue) };
  if (json.kind !== "object") return plainValue(json);
  const [only] = json.fields.size === 1 ? [...json.fields] : [];
  const [mark, inner] = only ?? ["", undefined];
  if (mark === "#bigint" && inner?.kind === "text" && /^-?\d{1,1000}$/.test(inner.text))
    return { kind: "number", text: String(BigInt(inner.text)) };
  if (mark === "#tup" && inner?.kind === "list") return { kind: "list", items: inner.items.map(itfValue) };
  if (mark === "#set" && inner?.kind === "list") return { kind: "set", items: inner.items.map(itfValue) };
  if (mark === "#map" && inner?.kind === "list") return itfMap(inner.items);
  if (mark.startsWith("#")) return { kind: "opaque", text: inner?.kind === "text" ? inner.text : mark };
  return recordOf(json.fields, itfValue);
}

function itfMap(items: readonly Json[]): Value {
  const pairs = items.map((item) => (item.kind === "list" && item.items.length === 2 ? item.items : null));
  if (pairs.includes(null)) return { kind: "opaque", text: "a #map whose items are not pairs" };
  return mapOf(pairs.map((pair) => [itfValue(pair?.[0] as Json), itfValue(pair?.[1] as Json)]));
}

/** A value of TLC's JSON, which writes sets as lists and all functions but sequences as objects. */
export function tlcValue(json: Json): Value {
  if (json.kind === "list") return { kind: "list", items: json.items.map(tlcValue) };
  return json.kind === "object" ? recordOf(json.fields, tlcValue) : plainValue(json);
}

function recordOf(fields: ReadonlyMap<string, Json>, read: (json: Json) => Value): Value {
  return mapOf([...fields].map(([name, value]) => [{ kind: "text", text: name }, read(value)]));
}

function plainValue(json: Json): Value {
  if (json.kind === "text") return { kind: "text", text: json.text };
  if (json.kind === "truth") return { kind: "truth", truth: json.truth };
  const isWhole = json.kind === "number" && /^-?\d{1,1000}$/.test(json.text);
  if (isWhole) return { kind: "number", text: String(BigInt(json.text)) };
  return { kind: "opaque", text: json.kind === "number" ? json.text : "null" };
}
