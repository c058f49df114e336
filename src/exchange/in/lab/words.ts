import { failure, type Result, success } from "../../../base/result.ts";

/** What the left side of a pattern is made of (`patterns.ts`). Words are in small letters. */
export type Piece =
  | { readonly kind: "words"; readonly text: string }
  /** One of these, the first that stands there; "" for none. */
  | { readonly kind: "either"; readonly of: readonly string[] }
  /** Blanks, commas, colons, brackets; nothing where something of that kind stands before or the text ends. */
  | { readonly kind: "blank" }
  | { readonly kind: "hole"; readonly name: string; readonly before: RegExp }
  /** Anything. */
  | { readonly kind: "gap" }
  | { readonly kind: "start" };
/** What stands between two gaps. Where it begins, it can only end in one place: no choice is ever taken back. */
export interface Segment {
  readonly atStart: boolean;
  readonly pieces: readonly Exclude<Piece, { kind: "gap" | "start" }>[];
}

/** What may stand before the number that a hole takes. Each finds its longest form in one pass. */
const signs = "[\\s,;:.|()[\\]{}=#'\"]{0,3}";
const holeKinds: Readonly<Record<string, RegExp>> = {
  term: new RegExp(`(?:current ?term|cur ?term|my ?term|term|t)${signs}t?`, "y"),
  server: new RegExp(`(?:server|peer|node|candidate|leader|follower|raft|s|c)${signs}s?`, "y"),
  index: new RegExp(`(?:index|idx)${signs}`, "y"),
  number: /(?:)/y,
};
const digits = /-?\d{1,15}(?![a-z0-9])/y;
const separators = /[\s,;:.|()[\]{}=#'"!?*&/]+/y;
const isSeparator = /[\s,;:.|()[\]{}=#'"!?*&/]/;
const isWord = /[a-z0-9]/;

/** Reads the piece at `at` into `into`; the place behind it. */
export function pieceOf(
  words: string,
  at: number,
  into: Piece[],
): Result<number, { readonly column: number; readonly message: string }> {
  const wrong = (message: string, place = at) => failure({ column: place + 1, message });
  const letter = words[at] ?? "";
  const last = into[into.length - 1];
  if (words.startsWith("...", at)) {
    if (last?.kind === "gap") return wrong("two ... beside each other say no more than one");
    into.push({ kind: "gap" });
    return success(at + 3);
  }
  if (letter === " " || letter === "\t") {
    if (last !== undefined && last.kind !== "blank") into.push({ kind: "blank" });
    return success(at + 1);
  }
  if (letter === "^" && into.length === 0) {
    into.push({ kind: "start" });
    return success(at + 1);
  }
  if (letter === "{") {
    const name = /^\{([a-z]+)(\d*)\}/.exec(words.slice(at, at + 40));
    const before = name === null ? undefined : holeKinds[name[1] ?? ""];
    if (name === null || before === undefined)
      return wrong(`a hole is one of {${Object.keys(holeKinds).join("}, {")}}`);
    const called = `${name[1]}${name[2]}`;
    if (into.some((piece) => piece.kind === "hole" && piece.name === called))
      return wrong(`{${called}} stands here twice; call the second {${name[1]}${Number(name[2] || 1) + 1}}`);
    into.push({ kind: "hole", name: called, before });
    return success(at + name[0].length);
  }
  if (letter === "(") {
    const end = words.indexOf(")", at);
    if (end < 0) return wrong("this ( has no )");
    const of = words
      .slice(at + 1, end)
      .toLowerCase()
      .split("|");
    if (of.some((each) => /[({.^]/.test(each))) return wrong("between ( and ) only words may stand");
    into.push({ kind: "either", of: of.map((each) => each.trim()) });
    return success(end + 1);
  }
  if (/[)}]/.test(letter)) return wrong(`this ${letter} has no beginning; a blank stands for brackets too`);
  const text = /^(?:(?!\.\.\.)[^\s({)}])+/.exec(words.slice(at))?.[0] ?? letter;
  into.push({ kind: "words", text: text.toLowerCase() });
  return success(at + text.length);
}

/** null: there is nothing to look for. */
export function segmentsOf(pieces: readonly Piece[]): Segment[] | null {
  const segments: Segment[] = [];
  let current: Segment["pieces"][number][] = [];
  let atStart = false;
  const close = (): void => {
    // A blank beside a gap says nothing.
    while (current[0]?.kind === "blank") current.shift();
    while (current[current.length - 1]?.kind === "blank") current.pop();
    if (current.length > 0) segments.push({ atStart, pieces: current });
    current = [];
    atStart = false;
  };
  for (const piece of pieces) {
    if (piece.kind === "gap") close();
    else if (piece.kind === "start") atStart = true;
    else current.push(piece);
  }
  close();
  return segments.length === 0 ? null : segments;
}

/** What the holes take where all segments stand in a text (in small letters), one after the other; null: they do not. */
export function holesIn(segments: readonly Segment[], text: string): ReadonlyMap<string, number> | null {
  const holes = new Map<string, number>();
  let at = 0;
  for (const segment of segments) {
    const end = findSegment(segment, text, at, holes);
    if (end === null) return null;
    at = end;
  }
  return holes;
}

function findSegment(segment: Segment, text: string, from: number, holes: Map<string, number>): number | null {
  if (segment.atStart) return standsAt(segment, text, leading(text), holes);
  const first = segment.pieces[0];
  for (let at = from; at < text.length; at++) {
    if (first?.kind === "words") {
      at = text.indexOf(first.text, at);
      if (at < 0) return null;
    }
    // A word does not begin in the middle of another.
    if (at > 0 && isWord.test(text[at - 1] ?? "") && isWord.test(text[at] ?? "")) continue;
    const end = standsAt(segment, text, at, holes);
    if (end !== null) return end;
  }
  return null;
}

function leading(text: string): number {
  separators.lastIndex = 0;
  return separators.test(text) ? separators.lastIndex : 0;
}

function standsAt({ pieces }: Segment, text: string, from: number, holes: Map<string, number>): number | null {
  let at = from;
  for (const piece of pieces) {
    if (piece.kind === "words") {
      if (!text.startsWith(piece.text, at)) return null;
      at += piece.text.length;
    } else if (piece.kind === "either") {
      const found = piece.of.find((each) => text.startsWith(each, at) && endsWord(text, at + each.length));
      if (found === undefined) return null;
      at += found.length;
    } else if (piece.kind === "blank") {
      separators.lastIndex = at;
      if (separators.test(text)) at = separators.lastIndex;
      else if (at > 0 && at < text.length && !isSeparator.test(text[at - 1] ?? "")) return null;
    } else {
      piece.before.lastIndex = at;
      if (!piece.before.test(text)) return null;
      digits.lastIndex = piece.before.lastIndex;
      if (!digits.test(text)) return null;
      holes.set(piece.name, Number(text.slice(piece.before.lastIndex, digits.lastIndex)));
      at = digits.lastIndex;
    }
  }
  return endsWord(text, at) ? at : null;
}

/** Whether no word goes on here. */
const endsWord = (text: string, at: number): boolean =>
  !isWord.test(text[at] ?? "") || !isWord.test(text[at - 1] ?? "");
