/**
 * The scripts of etcd/raft's interaction tests (testdata/, in the grammar of cockroachdb/datadriven): a command, its
 * input, "----", and what it has to print.
 */
export interface Directive {
  /** Of the command, from 1. */
  readonly line: number;
  readonly command: string;
  readonly args: readonly Arg[];
  readonly input: readonly string[];
  readonly expected: readonly string[];
  /** Line of the first expected one. */
  readonly expectedFrom: number;
}
export interface Arg {
  readonly key: string;
  readonly values: readonly string[];
}

export function readScript(text: string): readonly Directive[] {
  const lines = text.split(/\r?\n/);
  const directives: Directive[] = [];
  let at = 0;
  const isOver = () => at >= lines.length;
  while (!isOver()) {
    if (lines[at]!.trim() === "" || lines[at]!.startsWith("#")) {
      at++;
      continue;
    }
    const line = at + 1;
    let words = lines[at++]!;
    while (words.endsWith("\\") && !isOver()) words = words.slice(0, -1) + lines[at++]!;
    const input: string[] = [];
    while (!isOver() && lines[at] !== "----") input.push(lines[at++]!);
    at++;
    const expected: string[] = [];
    // A second line of dashes: blank lines belong to what is printed, up to two such lines.
    const isLong = lines[at] === "----";
    if (isLong) at++;
    const expectedFrom = at + 1;
    const ends = () => (isLong ? lines[at] === "----" && lines[at + 1] === "----" : lines[at]!.trim() === "");
    while (!isOver() && !ends()) expected.push(lines[at++]!);
    if (isLong) at += 2;
    const [command = "", ...args] = wordsOf(words);
    directives.push({ line, command, args: args.map(argOf), input, expected, expectedFrom });
  }
  return directives;
}

/** Separated by blanks, but for those inside brackets. */
const wordsOf = (text: string): string[] => text.match(/(?:[^\s(]+(?:\([^)]*\))?|\([^)]*\))+/g) ?? [];

function argOf(word: string): Arg {
  const [, key = "", value] = /^([^=]*)(?:=(.*))?$/s.exec(word) ?? [];
  if (value === undefined) return { key, values: [] };
  const list = /^\((.*)\)$/s.exec(value)?.[1];
  return { key, values: list === undefined ? [value] : list.split(/[\s,]+/).filter(Boolean) };
}
