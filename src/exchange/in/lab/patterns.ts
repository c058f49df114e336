import { failure, type Result, success } from "../../../base/result.ts";
import type { Role } from "../../../raft/types.ts";
import type { ToldMessage } from "../told.ts";
import { holesIn, type Piece, pieceOf, type Segment, segmentsOf } from "./words.ts";

/**
 * Patterns that a user writes: what a line of free text says of the server that printed it. One a line:
 * `VOTE|LEAD: became leader in {term} => role leader, term {term}`. No backtracking: matching takes at most the product
 * of both lengths, whatever is written.
 */
export interface Patterns {
  /** What the first pattern that fits says; null: none fits. */
  match(topic: string, text: string): Match | null;
}
export interface PatternProblem {
  /** From 1. */
  readonly line: number;
  readonly column: number;
  readonly message: string;
}
/** Servers by the source's numbers. */
export interface Match {
  readonly role: Role | undefined;
  readonly status: "up" | "down" | undefined;
  readonly numbers: readonly (readonly [fact: NumberFact, value: number])[];
  readonly servers: readonly (readonly [fact: ServerFact, server: number | "me" | "nobody"])[];
  readonly message: MatchedMessage | undefined;
}
export interface MatchedMessage {
  readonly way: "sends" | "receives";
  readonly kind: ToldMessage["kind"];
  readonly peer: number;
  readonly yes: boolean | null;
  /** What the pattern's {term} holds. */
  readonly term: number | null;
  readonly fields: readonly (readonly [name: string, value: string])[];
}
type NumberFact = (typeof numberFacts)[number];
type ServerFact = (typeof serverFacts)[number];

const numberFacts = ["term", "commit", "applied", "last", "lastTerm", "base"] as const;
const serverFacts = ["vote", "leader"] as const;
const roles = ["follower", "preCandidate", "candidate", "leader"] as const satisfies readonly Role[];
const kinds = [
  "requestVote",
  "requestVoteReply",
  "preVote",
  "preVoteReply",
  "appendEntries",
  "appendEntriesReply",
  "heartbeat",
  "heartbeatReply",
  "installSnapshot",
  "timeoutNow",
  "other",
] as const satisfies readonly ToldMessage["kind"][];
const factNames = ["role", "status", ...numberFacts, ...serverFacts, "sends", "receives"];
/** A pattern may be of this many characters, and there may be this many. */
const mostCharacters = 400;
const mostPatterns = 500;

interface Pattern {
  /** null: of every topic. */
  readonly topics: readonly string[] | null;
  readonly segments: readonly Segment[];
  /** Has to be in a text that it fits. */
  readonly needle: string;
  readonly facts: readonly WrittenFact[];
}
type Amount = { readonly hole: string } | number;
type WrittenFact =
  | { readonly fact: "role"; readonly role: Role }
  | { readonly fact: "status"; readonly status: "up" | "down" }
  | { readonly fact: NumberFact; readonly amount: Amount }
  | { readonly fact: ServerFact; readonly server: Amount | "me" | "nobody" }
  | {
      readonly fact: "sends" | "receives";
      readonly kind: ToldMessage["kind"];
      readonly yes: boolean | null;
      readonly peer: Amount;
    };

export function readPatterns(text: string): Result<Patterns, PatternProblem> {
  const patterns: Pattern[] = [];
  const lines = text.split("\n");
  for (let index = 0; index < lines.length; index++) {
    const line = (lines[index] ?? "").trimEnd();
    if (line.trim() === "" || line.trimStart().startsWith("#")) continue;
    const read = patternOf(line);
    if (!read.ok) return failure({ line: index + 1, ...read.problem });
    patterns.push(read.value);
    if (patterns.length > mostPatterns)
      return failure({ line: index + 1, column: 1, message: `more than ${mostPatterns} patterns` });
  }
  return success(matching(patterns));
}

function matching(patterns: readonly Pattern[]): Patterns {
  const byTopic = new Map<string, readonly Pattern[]>();
  const ofTopic = (topic: string): readonly Pattern[] => {
    const known = byTopic.get(topic);
    if (known !== undefined) return known;
    const found = patterns.filter(({ topics }) => topics === null || topics.includes(topic));
    // A source may have any number of topics; a map of all of them is no use.
    if (byTopic.size < 100) byTopic.set(topic, found);
    return found;
  };
  const first = (topic: string, small: string, from: number): number => {
    const among = ofTopic(topic);
    for (let place = from; place < among.length; place++) {
      const pattern = among[place] as Pattern;
      if (small.includes(pattern.needle) && holesIn(pattern.segments, small) !== null) return place;
    }
    return -1;
  };
  // Lines come in few shapes: which pattern fits depends on what stands between the numbers, not on the numbers.
  const shapes = new Map<string, number>();
  const canCache = !patterns.some(({ segments }) => segments.some(namesDigits));
  const startOf = (topic: string, small: string): number => {
    if (!canCache) return 0;
    const shape = small.replace(/\d+/g, "0");
    const key = `${topic} ${shape}`;
    const known = shapes.get(key);
    if (known !== undefined) return known;
    const found = first(topic, shape, 0);
    if (shapes.size < mostShapes && shape.length < longestShape) shapes.set(key, found);
    return found;
  };
  return {
    match(topic, text) {
      const small = text.toLowerCase();
      const start = startOf(topic, small);
      const place = start < 0 ? -1 : first(topic, small, start);
      const pattern = ofTopic(topic)[place];
      const holes = pattern === undefined ? null : holesIn(pattern.segments, small);
      return pattern === undefined || holes === null ? null : said(pattern.facts, holes);
    },
  };
}

const mostShapes = 5000;
const longestShape = 500;
const namesDigits = ({ pieces }: Segment): boolean =>
  pieces.some(
    (piece) =>
      (piece.kind === "words" && /\d/.test(piece.text)) ||
      (piece.kind === "either" && piece.of.some((word) => /\d/.test(word))),
  );

type Holes = ReadonlyMap<string, number>;

function said(facts: readonly WrittenFact[], holes: Holes): Match {
  const value = (amount: Amount): number => (typeof amount === "number" ? amount : (holes.get(amount.hole) ?? -1));
  let role: Role | undefined;
  let status: "up" | "down" | undefined;
  let message: MatchedMessage | undefined;
  const numbers: [NumberFact, number][] = [];
  const servers: [ServerFact, number | "me" | "nobody"][] = [];
  for (const fact of facts) {
    if (fact.fact === "role") role = fact.role;
    else if (fact.fact === "status") status = fact.status;
    else if ("amount" in fact) {
      if (value(fact.amount) >= 0) numbers.push([fact.fact, value(fact.amount)]);
    } else if ("server" in fact) {
      const server = typeof fact.server === "string" ? fact.server : value(fact.server);
      servers.push([fact.fact, typeof server === "number" && server < 0 ? "nobody" : server]);
    } else {
      const peer = value(fact.peer);
      if (peer < 0) continue;
      const fields = [...holes].map(([name, told]) => [name, String(told)] as const);
      message = { way: fact.fact, kind: fact.kind, peer, yes: fact.yes, term: holes.get("term") ?? null, fields };
    }
  }
  return { role, status, numbers, servers, message };
}

type Wrong = Omit<PatternProblem, "line">;

function patternOf(line: string): Result<Pattern, Wrong> {
  if (line.length > mostCharacters)
    return failure({ column: mostCharacters, message: `a pattern has at most ${mostCharacters} characters` });
  const arrow = line.indexOf("=>");
  if (arrow < 0) return failure({ column: line.length + 1, message: "no => after the words" });
  const topics = /^\s*([A-Z][A-Z0-9]{2,7}(?:\|[A-Z][A-Z0-9]{2,7})*):\s/.exec(line);
  const wordsFrom = topics === null ? 0 : topics[0].length;
  const pieces: Piece[] = [];
  const words = line.slice(0, arrow);
  for (let at = wordsFrom; at < words.length; ) {
    const read = pieceOf(words, at, pieces);
    if (!read.ok) return read;
    at = read.value;
  }
  const segments = segmentsOf(pieces);
  if (segments === null) return failure({ column: wordsFrom + 1, message: "no words before the =>" });
  const holes = new Set(pieces.flatMap((piece) => (piece.kind === "hole" ? [piece.name] : [])));
  const facts = factsOf(line, arrow + 2, holes);
  if (!facts.ok) return facts;
  const literals = pieces.flatMap((piece) => (piece.kind === "words" ? [piece.text] : []));
  const needle = literals.reduce((longest, text) => (text.length > longest.length ? text : longest), "");
  return success({ topics: topics?.[1]?.split("|") ?? null, segments, needle, facts: facts.value });
}

interface Word {
  readonly text: string;
  readonly column: number;
}

function factsOf(line: string, from: number, holes: ReadonlySet<string>): Result<WrittenFact[], Wrong> {
  const facts: WrittenFact[] = [];
  let start = from;
  for (const part of line.slice(from).split(",")) {
    const words: Word[] = [...part.matchAll(/\S+/g)].map((found) => ({
      text: found[0],
      column: start + found.index + 1,
    }));
    const read = factOf(words, start + 1, holes);
    if (!read.ok) return read;
    facts.push(read.value);
    start += part.length + 1;
  }
  return success(facts);
}

function factOf(words: readonly Word[], column: number, holes: ReadonlySet<string>): Result<WrittenFact, Wrong> {
  const [name, second] = words;
  if (name === undefined) return failure({ column, message: `nothing is said here; it could be ${list(factNames)}` });
  if (name.text === "sends" || name.text === "receives") return messageOf(name.text, words, holes);
  if (!factNames.includes(name.text))
    return failure({ column: name.column, message: `no fact is called ${name.text}; there are ${list(factNames)}` });
  if (second === undefined)
    return failure({ column: name.column + name.text.length, message: `${name.text} says no value` });
  const more = words[2];
  if (more !== undefined) return failure({ column: more.column, message: "a comma is missing before this" });
  if (name.text === "role") {
    const role = roles.find((each) => each === second.text);
    return role === undefined ? oneOf(second, roles) : success({ fact: "role", role });
  }
  if (name.text === "status") {
    if (second.text !== "up" && second.text !== "down") return oneOf(second, ["up", "down"]);
    return success({ fact: "status", status: second.text });
  }
  const asServer = serverFacts.find((each) => each === name.text);
  if (asServer !== undefined && (second.text === "me" || second.text === "nobody"))
    return success({ fact: asServer, server: second.text });
  const amount = amountOf(second, holes);
  if (!amount.ok) return amount;
  if (asServer !== undefined) return success({ fact: asServer, server: amount.value });
  const fact = numberFacts.find((each) => each === name.text);
  return fact === undefined ? oneOf(name, factNames) : success({ fact, amount: amount.value });
}

function messageOf(
  way: "sends" | "receives",
  words: readonly Word[],
  holes: ReadonlySet<string>,
): Result<WrittenFact, Wrong> {
  const rest = words.slice(1);
  const last = words[words.length - 1] as Word;
  const ends = last.column + last.text.length;
  const kindWord = rest[0];
  if (kindWord === undefined) return failure({ column: ends, message: `${way} what? It could be ${list(kinds)}` });
  const kind = kinds.find((each) => each === kindWord.text);
  if (kind === undefined) return oneOf(kindWord, kinds);
  const answer = rest[1]?.text === "yes" ? true : rest[1]?.text === "no" ? false : null;
  const [link, peerWord, more] = rest.slice(answer === null ? 1 : 2);
  const wanted = way === "sends" ? "to" : "from";
  if (link?.text !== wanted || peerWord === undefined)
    return failure({ column: link?.column ?? ends, message: `${way} ${kind} needs: ${wanted} {server}` });
  if (more !== undefined) return failure({ column: more.column, message: "a comma is missing before this" });
  const peer = amountOf(peerWord, holes);
  return peer.ok ? success({ fact: way, kind, yes: answer, peer: peer.value }) : peer;
}

function amountOf(word: Word, holes: ReadonlySet<string>): Result<Amount, Wrong> {
  const hole = /^\{([a-z]+\d*)\}$/.exec(word.text)?.[1];
  if (hole !== undefined)
    return holes.has(hole)
      ? success({ hole })
      : failure({ column: word.column, message: `{${hole}} is not among the words before =>` });
  return /^\d{1,9}$/.test(word.text)
    ? success(Number(word.text))
    : failure({ column: word.column, message: `${word.text} is neither a number nor a {hole}` });
}

const oneOf = (word: Word, these: readonly string[]): Result<never, Wrong> =>
  failure({ column: word.column, message: `${word.text} is none of ${list(these)}` });
const list = (these: readonly string[]): string => these.join(", ");
