import { type Assertion, type Code, newline } from "./code.ts";
import type { Expression } from "./expression.ts";

/**
 * The groups of the first match in a text, as a backtracking engine would find it: all ways are followed at once, in the
 * order in which they are preferred, so that it takes no more than the product of both lengths. Where what is repeated may
 * be empty it may find a longer one.
 */
export function matchOf({ code, names }: Expression, text: string): ReadonlyMap<string, string> | null {
  const notes = run(code, names.length * 2, text);
  if (notes === null) return null;
  return new Map(
    names.map((name, group): [string, string] => {
      const [from, to] = [notes[2 * group] ?? -1, notes[2 * group + 1] ?? -1];
      return [name, from < 0 || to < 0 ? "" : text.slice(from, to)];
    }),
  );
}

type Notes = readonly number[];

function run(code: Code, slots: number, text: string): Notes | null {
  const empty: Notes = new Array<number>(slots).fill(-1);
  // Where an instruction was last reached: each is followed once at a place.
  const reached = new Int32Array(code.length).fill(-1);
  let ways: { at: number; notes: Notes }[] = [];
  let found: Notes | null = null;
  const follow = (from: number, place: number, start: Notes, into: typeof ways): void => {
    const stack: { at: number; notes: Notes }[] = [{ at: from, notes: start }];
    for (let way = stack.pop(); way !== undefined; way = stack.pop()) {
      const { at, notes } = way;
      if (reached[at] === place) continue;
      reached[at] = place;
      const step = code[at]!;
      if (step.kind === "jump") stack.push({ at: step.to, notes });
      else if (step.kind === "fork") stack.push({ at: step.second, notes }, { at: step.first, notes });
      else if (step.kind === "note") stack.push({ at: at + 1, notes: notes.with(step.slot, place) });
      else if (step.kind === "assert") {
        if (holds(step.what, text, place)) stack.push({ at: at + 1, notes });
      } else into.push(way);
    }
  };
  for (let place = 0; place <= text.length; place++) {
    // A match that begins earlier is preferred to one that begins here.
    if (found === null) follow(0, place, empty, ways);
    if (ways.length === 0) {
      if (found !== null) break;
      continue;
    }
    const letter = place < text.length ? text.charCodeAt(place) : -1;
    const next: typeof ways = [];
    for (const { at, notes } of ways) {
      const step = code[at]!;
      if (step.kind === "done") {
        found = notes;
        break;
      }
      if (step.kind === "test" && letter >= 0 && step.test(letter)) follow(at + 1, place + 1, notes, next);
    }
    ways = next;
  }
  return found;
}

function holds(what: Assertion, text: string, place: number): boolean {
  const [before, after] = [code(text, place - 1), code(text, place)];
  if (what === "lineStart") return before < 0 || before === newline;
  if (what === "lineEnd") return after < 0 || after === newline;
  return (isWord(before) !== isWord(after)) === (what === "wordEdge");
}
const code = (text: string, place: number): number => (place < 0 || place >= text.length ? -1 : text.charCodeAt(place));
const isWord = (letter: number): boolean =>
  (letter >= 48 && letter <= 57) || (letter >= 65 && letter <= 90) || (letter >= 97 && letter <= 122) || letter === 95;
