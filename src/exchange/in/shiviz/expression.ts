import { failure, type Result, success } from "../../../base/result.ts";
import { assemble, type Code, type Node, newline, type Test } from "./code.ts";

/**
 * A regular expression that comes with a file. It is run without backtracking (`machine.ts`), so that none can hang the
 * reader; what only backtracking could do (references to groups, looking ahead or behind) is refused by its place.
 */
export interface Expression {
  readonly code: Code;
  /** Of the named groups, in the order of their brackets. */
  readonly names: readonly string[];
  /** How many lines a match spans: one more than the line ends that are written in it. */
  readonly lines: number;
}
export interface ExpressionProblem {
  /** From 1. */
  readonly column: number;
  readonly message: string;
}

const longest = 500;
const mostRepeats = 100;
const mostDepth = 40;

class Refused {
  readonly problem: ExpressionProblem;
  constructor(at: number, message: string) {
    this.problem = { column: at + 1, message };
  }
}

export function readExpression(source: string): Result<Expression, ExpressionProblem> {
  if (source.length > longest)
    return failure({ column: longest, message: `an expression has at most ${longest} characters` });
  const reader = new Reader(source);
  try {
    const node = reader.either(0);
    if (reader.at < source.length) throw new Refused(reader.at, "this ) has no beginning");
    const code = assemble(node);
    if (code === null) throw new Refused(0, "with its repetitions written out it is too long");
    return success({ code, names: reader.names, lines: 1 + reader.newlines });
  } catch (refused) {
    if (refused instanceof Refused) return failure(refused.problem);
    throw refused;
  }
}

class Reader {
  at = 0;
  newlines = 0;
  readonly names: string[] = [];

  constructor(private readonly source: string) {}

  either(depth: number): Node {
    if (depth > mostDepth) throw new Refused(this.at, "too many brackets in each other");
    const from = this.at;
    const newlines = this.newlines;
    const options: Node[] = [this.sequence(depth)];
    while (this.source[this.at] === "|") {
      this.at += 1;
      options.push(this.sequence(depth));
    }
    if (options.length > 1 && this.newlines > newlines)
      throw new Refused(from, "a line end may not stand in one of several choices");
    return options.length === 1 ? (options[0] as Node) : { kind: "either", options };
  }

  private sequence(depth: number): Node {
    const parts: Node[] = [];
    for (;;) {
      const letter = this.source[this.at];
      if (letter === undefined || letter === "|" || letter === ")") return { kind: "sequence", parts };
      const from = this.at;
      const newlines = this.newlines;
      const part = this.repeated(this.atom(depth));
      if (part.kind === "repeat" && this.newlines > newlines) throw new Refused(from, "a line end may not be repeated");
      parts.push(part);
    }
  }

  private repeated(node: Node): Node {
    const range = this.range();
    if (range === null) return node;
    if (node.kind === "assert") throw new Refused(this.at - 1, "there is nothing to repeat");
    const lazy = this.source[this.at] === "?";
    if (lazy) this.at += 1;
    return { kind: "repeat", node, least: range[0], most: range[1], lazy };
  }

  private range(): readonly [number, number | null] | null {
    const letter = this.source[this.at];
    const simple =
      letter === "*"
        ? ([0, null] as const)
        : letter === "+"
          ? ([1, null] as const)
          : letter === "?"
            ? ([0, 1] as const)
            : null;
    if (simple !== null) {
      this.at += 1;
      return simple;
    }
    // A { that is none of these stands for itself: ShiViz' own default has such.
    const counted = /^\{(\d{1,4})(?:(,)(\d{0,4}))?\}/.exec(this.source.slice(this.at, this.at + 16));
    if (counted === null) return null;
    const least = Number(counted[1]);
    const most = counted[2] === undefined ? least : counted[3] === "" ? null : Number(counted[3]);
    if (least > mostRepeats || (most ?? 0) > mostRepeats) throw new Refused(this.at, `at most ${mostRepeats} times`);
    if (most !== null && most < least) throw new Refused(this.at, "from more to less");
    this.at += counted[0].length;
    return [least, most];
  }

  private atom(depth: number): Node {
    const letter = this.source[this.at] as string;
    const from = this.at;
    this.at += 1;
    if (letter === "(") return this.group(from, depth);
    if (letter === "[") return { kind: "test", test: this.set(from) };
    if (letter === ".") return { kind: "test", test: (code) => code !== newline && code !== 13 };
    if (letter === "^") return { kind: "assert", what: "lineStart" };
    if (letter === "$") return { kind: "assert", what: "lineEnd" };
    if (letter === "*" || letter === "+" || letter === "?") throw new Refused(from, "there is nothing to repeat");
    if (letter === "\\") return this.escape(from);
    const code = letter.charCodeAt(0);
    return { kind: "test", test: (other) => other === code };
  }

  private group(from: number, depth: number): Node {
    let group: number | null = null;
    if (this.source[this.at] === "?") {
      const opened = /^\?(?::|<([A-Za-z_]\w{0,30})>)/.exec(this.source.slice(this.at, this.at + 40));
      if (opened === null) throw new Refused(from, "of brackets with a ? only (?<name>…) and (?:…) can be read");
      this.at += opened[0].length;
      const name = opened[1];
      if (name !== undefined) {
        if (this.names.includes(name)) throw new Refused(from, `two groups are called ${name}`);
        group = this.names.push(name) - 1;
      }
    }
    const node = this.either(depth + 1);
    if (this.source[this.at] !== ")") throw new Refused(from, "this ( has no )");
    this.at += 1;
    return group === null ? node : { kind: "group", node, group };
  }

  private escape(from: number): Node {
    const letter = this.source[this.at];
    this.at += 1;
    if (letter === undefined) throw new Refused(from, "a \\ at the end");
    if (letter === "b" || letter === "B") return { kind: "assert", what: letter === "b" ? "wordEdge" : "noWordEdge" };
    if (/[1-9k]/.test(letter)) throw new Refused(from, "references to groups cannot be read");
    const test = this.escaped(letter, from);
    if (letter === "n") this.newlines += 1;
    return { kind: "test", test };
  }

  private escaped(letter: string, from: number): Test {
    const classes = classTests[letter];
    if (classes !== undefined) return classes;
    const control = controls[letter];
    if (control === undefined && /[A-Za-z0-9]/.test(letter)) throw new Refused(from, `\\${letter} cannot be read`);
    const code = control ?? letter.charCodeAt(0);
    return (other) => other === code;
  }

  private set(from: number): Test {
    const negated = this.source[this.at] === "^";
    if (negated) this.at += 1;
    const tests: Test[] = [];
    while (this.source[this.at] !== "]") {
      const first = this.setPart(from);
      const isRange = this.source[this.at] === "-" && this.source[this.at + 1] !== "]" && typeof first === "number";
      if (!isRange) {
        tests.push(typeof first === "number" ? (code) => code === first : first);
        continue;
      }
      this.at += 1;
      const last = this.setPart(from);
      if (typeof last !== "number" || last < first) throw new Refused(from, "a range from more to less");
      tests.push((code) => code >= first && code <= last);
    }
    this.at += 1;
    return (code) => tests.some((test) => test(code)) !== negated;
  }

  private setPart(from: number): number | Test {
    const letter = this.source[this.at];
    if (letter === undefined) throw new Refused(from, "this [ has no ]");
    this.at += 1;
    if (letter !== "\\") return letter.charCodeAt(0);
    const escaped = this.source[this.at];
    if (escaped === undefined) throw new Refused(from, "this [ has no ]");
    this.at += 1;
    const classes = classTests[escaped];
    if (classes !== undefined) return classes;
    return controls[escaped] ?? escaped.charCodeAt(0);
  }
}

const isDigit: Test = (code) => code >= 48 && code <= 57;
const isWord: Test = (code) =>
  isDigit(code) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95;
const isBlank: Test = (code) =>
  code === 32 ||
  (code >= 9 && code <= 13) ||
  code === 0xa0 ||
  code === 0xfeff ||
  (code >= 0x2000 && code <= 0x200a) ||
  code === 0x2028 ||
  code === 0x2029;
const classTests: Readonly<Record<string, Test>> = {
  d: isDigit,
  D: (code) => !isDigit(code),
  w: isWord,
  W: (code) => !isWord(code),
  s: isBlank,
  S: (code) => !isBlank(code),
};
const controls: Readonly<Record<string, number>> = { n: newline, r: 13, t: 9, v: 11, f: 12, 0: 0 };
