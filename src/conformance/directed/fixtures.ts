import { expect, test } from "vitest";
import { caseShortfalls, type Step } from "../fixtures.ts";

/**
 * Directed cases in a terse notation: a line is a command, and after "=>" what is expected, parted by "  |  ".
 *
 *     campaign 1            the election timer of 1 fires        tick 1 10, tick all 3   ticks of the clock
 *     prop 1 x y            one batch of two commands            cc 1 implicit +4 -1 ^5  add 4, remove 1, 5 a learner
 *     deliver App 1>2       the oldest message that fits; x2, all: so many; drop, dup likewise
 *     stab, stab 1 2        until nothing moves (among those)    part 1,2|3; cut 1>3 3>1; heal
 *     crash 1; restart 1; compact 1; forget 1; transfer 1 3; read 1 r; timeout 2 30; unreach 1 2; snapstat 1 2 ok
 *     ready 1; append 1; apply 1; settle 1     with `auto: false`: one batch, one write, one page, all of it
 *     inj App 1>2 t3 prev=2/1 c4 [3,3]         a hand-made message
 *
 * What is expected is written as in `cases.json`.
 */

interface Setup {
  readonly servers: number;
  readonly voters?: readonly number[];
  readonly learners?: readonly number[];
  /** New machines, without a configuration. */
  readonly empty?: readonly number[];
  /** Everybody starts after a snapshot at this index, of term 1. */
  readonly base?: number;
  /** "1.1.2": terms of the entries. */
  readonly logs?: Readonly<Record<number, string>>;
  readonly terms?: Readonly<Record<number, number>>;
  readonly votes?: Readonly<Record<number, number>>;
  readonly commits?: Readonly<Record<number, number>>;
  readonly timeouts?: Readonly<Record<number, number>>;
  readonly cfg?: Readonly<Record<string, unknown>>;
  /** Where a server's differs from the others'. */
  readonly cfgs?: Readonly<Record<number, Readonly<Record<string, unknown>>>>;
  readonly auto?: boolean;
  readonly oldSnap?: boolean;
}

/** Registers a test. `why` is for the reader. */
export function story(title: string, setup: Setup, text: string): void {
  test(title, () => {
    expect(caseShortfalls(initOf(setup), stepsOf(text))).toEqual([]);
  });
}

function initOf(setup: Setup) {
  const {
    servers,
    timeouts = { 1: 10, 2: 12, 3: 14, 4: 16, 5: 18, 6: 20, 7: 22 },
    auto = true,
    oldSnap = false,
  } = setup;
  const ids = Array.from({ length: servers }, (_, i) => i + 1);
  const nodes = ids.map((id) => (setup.empty?.includes(id) ? { id } : nodeOf(setup, id, ids)));
  return { op: "init", nodes, cfg: { electionTick: 10, heartbeatTick: 1, ...setup.cfg }, timeouts, auto, oldSnap };
}

function nodeOf(setup: Setup, id: number, ids: readonly number[]) {
  const log = (setup.logs?.[id] ?? "")
    .split(".")
    .filter(Boolean)
    .map((term) => ({ term: Number(term) }));
  const { base = 0, learners = [], empty = [] } = setup;
  const voters = setup.voters ?? ids.filter((each) => !learners.includes(each) && !empty.includes(each));
  const term = setup.terms?.[id] ?? log.at(-1)?.term ?? Math.min(base, 1);
  const snapshot = base > 0 ? { snapIndex: base, snapTerm: 1 } : {};
  const cfg = setup.cfgs?.[id];
  const commit = setup.commits?.[id] ?? base;
  return { id, voters, learners, log, term, vote: setup.votes?.[id] ?? 0, commit, ...snapshot, ...(cfg && { cfg }) };
}

function stepsOf(text: string): Step[] {
  const lines = text.split("\n").map((line) => line.replace(/\s+#.*$/, "").trim());
  return lines.filter(Boolean).map((line) => {
    const [command = "", expected = ""] = line.split(/\s*=>\s*/);
    return { command: commandOf(command.trim()), expected: expected.split(/\s{2,}\|\s{2,}/).filter(Boolean) };
  });
}

const pair = (text: string): [number, number] => {
  const [from, to] = text.split(">").map(Number);
  return [from!, to!];
};
const list = (text: string): number[] => text.split(",").filter(Boolean).map(Number);

/** Commands that name one server and nothing else. */
const plain = ["campaign", "crash", "restart", "compact", "snapshot", "forget", "ready", "append", "apply", "settle"];

function commandOf(line: string): unknown {
  const [op = "", ...words] = line.split(/\s+/);
  const [first = "", second = ""] = words;
  const node = Number(first);
  if (plain.includes(op)) return { op, node };
  switch (op) {
    case "tick":
      return { op, ...(first === "all" ? {} : { node }), n: Number(second) };
    case "timeout":
      return { op: "settimeout", node, n: Number(second) };
    case "prop":
      return { op: "propose", node, batch: words.slice(1) };
    case "cc":
      return { op: "confchange", node, ...changeOf(words.slice(1)) };
    case "transfer":
      return { op, node, to: Number(second) };
    case "read":
      return { op: "readindex", node, data: second };
    case "unreach":
      return { op: "unreachable", node, to: Number(second) };
    case "snapstat":
      return { op: "reportsnap", node, to: Number(second), ok: words[2] === "ok" };
    case "deliver":
    case "drop":
    case "dup":
      return { op, ...choiceOf(words) };
    case "stab":
      return words.length === 0 ? { op: "stabilize" } : { op: "stabilize", only: words.map(Number) };
    case "part":
      return { op: "partition", groups: first.split("|").map(list) };
    case "cut":
      return { op, links: words.map(pair) };
    case "heal":
      return { op };
    case "inj":
      return { op: "inject", msg: messageOf(words) };
    default:
      throw new Error(`unknown command: ${line}`);
  }
}

function changeOf(words: readonly string[]) {
  const transition = words.find((word) => word === "implicit" || word === "explicit") ?? "auto";
  const kinds = { "+": "add", "-": "remove", "^": "learner" } as const;
  const changes = words
    .filter((word) => word[0]! in kinds)
    .map((word) => ({ t: kinds[word[0] as keyof typeof kinds], id: Number(word.slice(1)) }));
  return { changes, transition };
}

function choiceOf(words: readonly string[]) {
  const choice: Record<string, unknown> = {};
  for (const word of words) {
    if (word === "all") choice["n"] = -1;
    else if (/^x\d+$/.test(word)) choice["n"] = Number(word.slice(1));
    else if (word.includes(">")) [choice["from"], choice["to"]] = pair(word);
    else choice["type"] = word;
  }
  return choice;
}

function messageOf([type = "", link = "", term = "", ...fields]: readonly string[]) {
  const [from, to] = pair(link);
  return Object.assign({ type, from, to, term: Number(term.slice(1)) }, ...fields.map(fieldOf));
}

function fieldOf(field: string): Record<string, unknown> {
  const [name = "", value = ""] = field.split("=");
  const [index, term] = value.split("/").map(Number);
  if (name === "prev" || name === "last") return { index, logTerm: term };
  if (name === "snap") return { snapIndex: index, snapTerm: term };
  if (name === "conf") return { voters: list(value) };
  if (name === "learn") return { learners: list(value) };
  if (name === "ok") return { index };
  if (name === "rej") return value === "" ? { reject: true } : { reject: true, index };
  if (name === "hint") return { hint: index, logTerm: term };
  if (/^c\d+$/.test(name)) return { commit: Number(name.slice(1)) };
  if (/^\[[\d,]*\]$/.test(name)) return { terms: list(name.slice(1, -1)) };
  throw new Error(`unknown field: ${field}`);
}
