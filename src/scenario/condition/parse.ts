import { failure, type Result, success } from "../../base/result.ts";
import type { ServerId } from "../../base/units.ts";
import { nearest } from "../nearest.ts";
import type { Comparison, Condition, ConditionProblem } from "./condition.ts";
import { type Token, tokensOf } from "./tokens.ts";
import {
  countWords,
  eventWords,
  indexWords,
  isIn,
  joiningWords,
  noValue,
  numberWords,
  pairWords,
  plainWords,
  stateWords,
} from "./words.ts";

/**
 * "S3 leads and commit >= 4": conditions over a moment of a run.
 *
 *     or        = and { "or" and }
 *     and       = not { "and" not }
 *     not       = "not" not | "(" or ")" | atom
 *     atom      = "leader" | "candidate" | "violation" | "alike" | [server] number comparison integer
 *               | server state [ "for" server ] | server event [ "for" server ] | server pair server
 *               | [server] "entry" index comparison integer | [server] key ("=" | "!=") (value | "none")
 */
export function parseCondition(text: string): Result<Condition, ConditionProblem> {
  if (text.length > longest) {
    return problem(`a condition has at most ${longest} characters`, longest, text.length);
  }
  return new Parser(text).parse();
}

/** What may stand where a text ends: words, and kinds of things that have no list. */
export type Expected = { readonly word: string; readonly about: string } | "server" | "key" | "value" | "number";

/** What may follow a text, as far as it is right; nothing where it is wrong before its end. */
export function expectedAfter(text: string): readonly Expected[] {
  const parser = new Parser(text);
  const parsed = parser.parse();
  return parsed.ok || parsed.problem.from >= text.length ? parser.expected : [];
}

const longest = 200;
const deepest = 30;
const comparisons: readonly string[] = ["=", "!=", "<", "<=", ">", ">="] satisfies Comparison[];

const problem = (message: string, from: number, to: number, near: string | null = null) =>
  failure({ message, from, to, nearest: near });

class Unparsed extends Error {
  constructor(readonly problem: ConditionProblem) {
    super(problem.message);
  }
}

class Parser {
  /** What was looked for at the present token. */
  expected: Expected[] = [];
  private readonly tokens: readonly Token[];
  private at = 0;
  private depth = 0;

  constructor(text: string) {
    this.tokens = tokensOf(text);
  }

  parse(): Result<Condition, ConditionProblem> {
    try {
      const condition = this.either();
      if (this.token.kind !== "end") this.fail("and, or, or the end");
      return success(condition);
    } catch (error) {
      if (error instanceof Unparsed) return failure(error.problem);
      throw error;
    }
  }

  private get token(): Token {
    return this.tokens[this.at]!;
  }
  private get following(): Token {
    return this.tokens[this.at + 1] ?? this.token;
  }
  private take(): Token {
    const { token } = this;
    this.at++;
    this.expected = [];
    return token;
  }

  private isWord(words: Readonly<Record<string, string>>): boolean {
    this.expected.push(...Object.entries(words).map(([word, about]) => ({ word, about })));
    return this.token.kind === "word" && isIn(words, this.token.plain);
  }
  private isThe(word: string, about: string): boolean {
    return this.isWord({ [word]: about });
  }

  private either(): Condition {
    return this.joined("or", () => this.joined("and", () => this.negated()));
  }

  /** As many parts as `word` joins. */
  private joined(word: "and" | "or", part: () => Condition): Condition {
    const parts = [part()];
    while (this.isThe(word, joiningWords[word])) {
      this.take();
      parts.push(part());
    }
    return parts.length === 1 ? parts[0]! : { is: word, parts };
  }

  private negated(): Condition {
    if (++this.depth > deepest) this.refuse(`no more than ${deepest} levels`, this.token);
    try {
      if (this.isThe("not", joiningWords.not)) {
        this.take();
        return { is: "not", part: this.negated() };
      }
      return this.token.kind === "open" ? this.enclosed() : this.atom();
    } finally {
      this.depth--;
    }
  }

  private enclosed(): Condition {
    this.take();
    const inner = this.either();
    if (this.token.kind !== "close") this.fail("a closing parenthesis");
    this.take();
    return inner;
  }

  private atom(): Condition {
    if (this.isWord(plainWords)) return { is: this.take().plain as keyof typeof plainWords };
    const server = this.serverName();
    if (server !== 0) return this.ofServer(server);
    if (this.isWord(numberWords) || this.isWord(countWords)) return this.number(0);
    if (this.isIndexed()) return this.entry(0);
    this.expected.push("key");
    if (this.isKey()) return this.key(0);
    return this.fail("a condition, such as S1 leads or term >= 2");
  }

  private ofServer(server: ServerId): Condition {
    if (this.isWord(stateWords)) return this.state(server);
    if (this.isWord(pairWords)) return this.pair(server);
    if (this.isWord(eventWords)) return this.event(server);
    if (this.isWord(numberWords)) return this.number(server);
    if (this.isIndexed()) return this.entry(server);
    this.expected.push("key");
    if (this.isKey()) return this.key(server);
    return this.fail(`what S${server} is or does, such as leads, votes, or term >= 2`);
  }

  private event(server: ServerId): Condition {
    const what = this.take().plain as keyof typeof eventWords;
    return { is: "event", server, what, to: what === "votes" || what === "refuses" ? this.aim() : 0 };
  }

  private state(server: ServerId): Condition {
    const what = this.take().plain as keyof typeof stateWords;
    return what === "voted" ? { is: "state", server, what, to: this.aim() } : { is: "state", server, what };
  }

  private pair(server: ServerId): Condition {
    const what = this.take().plain as keyof typeof pairWords;
    return { is: "pair", server, what, to: this.namedServer() };
  }

  /** For whom; 0 where it is not said. */
  private aim(): ServerId {
    if (!this.isThe("for", "for whom")) return 0;
    this.take();
    return this.namedServer();
  }

  private namedServer(): ServerId {
    const server = this.serverName();
    return server === 0 ? this.fail("a server, such as S1") : server;
  }

  private entry(server: ServerId): Condition {
    this.take();
    const index = this.whole();
    const by = this.comparison();
    return { is: "entry", server, index, by, value: this.whole() };
  }

  private number(server: ServerId): Condition {
    const what = this.take().plain as keyof typeof numberWords | keyof typeof countWords;
    const by = this.comparison();
    return { is: "number", server, what, by, value: this.whole() };
  }

  private whole(): number {
    this.expected.push("number");
    const { text, kind } = this.token;
    if (kind !== "word" || !/^\d{1,9}$/.test(text)) this.fail("a whole number");
    return Number(this.take().text);
  }

  private comparison(): Comparison {
    this.expected.push(...comparisons.map((word) => ({ word, about: "" })));
    if (this.token.kind !== "operator") this.fail("a comparison: =, !=, <, <=, >, >=");
    return this.take().text as Comparison;
  }

  /** Before a comparison such a word is a key. */
  private isIndexed(): boolean {
    return this.isWord(indexWords) && this.following.kind !== "operator";
  }

  /** Whatever else stands before a comparison, or ends a text that is not yet finished. */
  private isKey(): boolean {
    const { token, following } = this;
    if (token.kind === "quoted" || (token.kind === "word" && following.kind === "operator")) return true;
    return token.kind === "word" && following.kind === "end" && this.nearestTo(token) === null;
  }

  private key(server: ServerId): Condition {
    const key = this.take().text;
    this.expected.push({ word: "=", about: "" }, { word: "!=", about: "" });
    const { kind, text: by } = this.token;
    if (kind !== "operator" || (by !== "=" && by !== "!=")) return this.fail(`= or != after the key ${key}`);
    this.take();
    this.expected.push("value", { word: noValue, about: "the key has no value" });
    const value = this.token;
    if (value.kind !== "word" && value.kind !== "quoted") this.fail("a value, or none");
    this.take();
    return { is: "key", server, key, by, value: value.plain === noValue ? null : value.text };
  }

  /** 0: none stands here. */
  private serverName(): ServerId {
    this.expected.push("server");
    const [, digit] = /^s([1-9])$/.exec(this.token.plain) ?? [];
    if (digit === undefined) return 0;
    this.take();
    return Number(digit);
  }

  private fail(wanted: string): never {
    const { token } = this;
    if (token.kind === "end") return this.refuse(`something is missing at the end: ${wanted}`, token);
    const near = token.kind === "word" ? this.nearestTo(token) : null;
    const meant = near === null ? `expected ${wanted}` : `did you mean ${near}?`;
    return this.refuse(`“${token.text}” is not understood here: ${meant}`, token, near);
  }

  private nearestTo({ text }: Token): string | null {
    return nearest(
      text,
      this.expected.flatMap((one) => (typeof one === "string" ? [] : [one.word])),
    );
  }

  private refuse(message: string, { from, to }: Token, near: string | null = null): never {
    throw new Unparsed({ message, from, to, nearest: near });
  }
}
