/**
 * The language of the console: what one would type to a key-value store. A line is words; words in front say who asks
 * and how (`C2`, `S3`, `read=stale`), then comes the command.
 */

import { optionNames } from "../../scenario/option-rows.ts";
import { expectedFor, optionCalled, optionMeant, valuesFor, valueTyped } from "../../scenario/option-words.ts";
import { type Admin, adminVerb, adminVerbs, namesServer } from "./admin.ts";
import { closedRate, type LoadWish, loadMost, usualLoad } from "./load.ts";

export type Operation =
  | { readonly op: "put"; readonly key: string; readonly value: string }
  | { readonly op: "get" | "delete"; readonly key: string }
  | { readonly op: "cas"; readonly key: string; readonly expected: string | null; readonly value: string }
  | { readonly op: "increment"; readonly key: string; readonly by: number };

export type Command =
  | {
      readonly kind: "request";
      readonly operation: Operation;
      /** null: as chosen beside the prompt. */
      readonly client: number | null;
      readonly server: number | null;
      readonly read: string | null;
    }
  | { readonly kind: "load"; readonly load: LoadWish | null }
  | { readonly kind: "admin"; readonly admin: Admin }
  | { readonly kind: "help" };

export type Parsed =
  | { readonly ok: true; readonly command: Command }
  /** A sentence, and where in the line the word starts that it is about. */
  | { readonly ok: false; readonly problem: string; readonly at: number };

/** What there is to name. */
export interface Vocabulary {
  readonly clients: number;
  readonly servers: readonly number[];
  readonly reads: readonly string[];
  readonly keys: readonly string[];
}

/** What the recording's format allows in a key or a value. */
const wordMax = 64;

interface Verb {
  readonly name: string;
  readonly also: readonly string[];
  /** As one would write it down for somebody. */
  readonly form: string;
  readonly about: string;
}
export const verbs: readonly Verb[] = [
  { name: "put", also: ["set", "write"], form: "put KEY VALUE", about: "write a value" },
  { name: "get", also: ["read"], form: "get KEY", about: "read a value" },
  { name: "del", also: ["delete", "rm"], form: "del KEY", about: "delete a key" },
  { name: "cas", also: [], form: "cas KEY OLD NEW", about: "write NEW if the value is OLD; nil is no value" },
  { name: "incr", also: ["increment", "add"], form: "incr KEY [BY]", about: "add to a number" },
  {
    name: "load",
    also: [],
    form: "load open 20 | load closed 3 reads=50% | load off",
    about: "let clients ask by themselves",
  },
  { name: "help", also: ["?"], form: "help", about: "what can be typed here" },
];
const verbOf = (word: string): Verb | undefined =>
  verbs.find(({ name, also }) => name === word.toLowerCase() || also.includes(word.toLowerCase()));

// ---- words --------------------------------------------------------------------------------------------------

interface Word {
  readonly text: string;
  readonly at: number;
}

/** Words between blanks; quotes hold a word with blanks together. */
function wordsOf(line: string): readonly Word[] {
  return [...line.matchAll(/"([^"]*)"?|[^\s"]+/g)].map((found) => ({ text: found[1] ?? found[0], at: found.index }));
}

class Problem extends Error {
  readonly at: number;
  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

// ---- parsing ------------------------------------------------------------------------------------------------

export function parse(line: string, vocabulary: Vocabulary): Parsed {
  try {
    return { ok: true, command: read(wordsOf(line), vocabulary, line.length) };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { ok: false, problem: error.message, at: error.at };
  }
}

function read(words: readonly Word[], vocabulary: Vocabulary, end: number): Command {
  const address = { client: null as number | null, server: null as number | null, read: null as string | null };
  let next = 0;
  for (; next < words.length; next++) if (!addressed(words[next]!, address, vocabulary)) break;
  const first = words[next];
  if (first === undefined) throw new Problem("What shall the client ask? For example: put x 1", end);
  const admin = adminOf(first, words.slice(next + 1), vocabulary, end);
  if (admin !== null) return { kind: "admin", admin };
  const verb = verbOf(first.text);
  if (verb === undefined)
    throw new Problem(`"${first.text}" is no command: ${oneOf(verbs.map((v) => v.name))}`, first.at);
  const rest = words.slice(next + 1);
  if (verb.name === "help") return { kind: "help" };
  if (verb.name === "load") return { kind: "load", load: loadOf(rest, vocabulary, end) };
  const operation = operationOf(verb, rest, end);
  if (address.read !== null && operation.op !== "get")
    throw new Problem("Only a get can say how it is read", words[0]!.at);
  return { kind: "request", operation, ...address };
}

const serverForm = /^s(\d+)$/i;

/** Null: it is a client's command. To `add` a number to a key, as stores have it, is one. */
function adminOf(first: Word, rest: readonly Word[], { servers }: Vocabulary, end: number): Admin | null {
  const verb = adminVerb(first.text);
  const [named, extra] = rest;
  if (verb === undefined) return null;
  if (verb.name === "set") return settingOf(rest, servers, end);
  if (!namesServer(verb)) {
    if (named !== undefined) throw new Problem(`Too many words: ${verb.form}`, named.at);
    return { do: verb.name } as Admin;
  }
  const [, number] = serverForm.exec(named?.text ?? "") ?? [];
  if (verb.name === "add" && named !== undefined && number === undefined) return null;
  if (number === undefined) throw new Problem(`${verb.name} needs a server: ${verb.form}`, named?.at ?? end);
  if (extra !== undefined) throw new Problem(`Too many words: ${verb.form}`, extra.at);
  if (!servers.includes(Number(number))) throw new Problem(noMachine(Number(number)), named!.at);
  return { do: verb.name, server: Number(number) } as Admin;
}

/** Null: `set x 1` is a client's command, and so is `set S2 1`, a key of that name. */
function settingOf(words: readonly Word[], servers: readonly number[], end: number): Admin | null {
  const [whose, name, value, extra] = words;
  const [, number] = serverForm.exec(whose?.text ?? "") ?? [];
  const all = whose?.text.toLowerCase() === "all";
  if (whose === undefined || name === undefined || (number === undefined && !all)) return null;
  const option = optionCalled(name.text);
  if (option === null && value === undefined) return null;
  if (option === null) throw new Problem(`There is no option ${name.text}${optionMeant(name.text)}`, name.at);
  if (number !== undefined && !servers.includes(Number(number))) throw new Problem(noMachine(Number(number)), whose.at);
  if (value === undefined) throw new Problem(`set needs a value: ${option} is ${expectedFor(option)}`, end);
  if (extra !== undefined) throw new Problem("Too many words: set S2 heartbeatMs 20ms", extra.at);
  const typed = valueTyped(option, value.text);
  if ("expected" in typed) throw new Problem(`${option} is ${typed.expected}`, value.at);
  return { do: "set", server: Number(number ?? 0), option, value: typed.value, said: value.text };
}

const noMachine = (server: number): string =>
  `There is no machine S${server}: “Add a spare server” in the settings brings one more`;

interface Address {
  client: number | null;
  server: number | null;
  read: string | null;
}
/** Takes the word if it says who asks, whom, or how. */
function addressed({ text, at }: Word, address: Address, { clients, servers, reads }: Vocabulary): boolean {
  const named = /^@?([cs])(\d+):?$/i.exec(text);
  if (named !== null) {
    const number = Number(named[2]);
    const isClient = named[1]!.toLowerCase() === "c";
    if (isClient && (number < 1 || number > clients))
      throw new Problem(`There is no client C${number}: ${clients === 1 ? "only C1" : `C1 to C${clients}`}`, at);
    if (!isClient && !servers.includes(number)) throw new Problem(`There is no server S${number}`, at);
    if (isClient) address.client = number;
    else address.server = number;
    return true;
  }
  const mode = /^read=(.*)$/i.exec(text);
  if (mode === null) return false;
  const wanted = mode[1]!.toLowerCase();
  if (!reads.includes(wanted)) throw new Problem(`Reads can be ${oneOf(reads)}`, at);
  address.read = wanted;
  return true;
}

function operationOf(verb: Verb, words: readonly Word[], end: number): Operation {
  const word = (place: number, what: string): string => {
    const found = words[place];
    if (found === undefined) throw new Problem(`${verb.name} needs ${what}: ${verb.form}`, end);
    if (found.text.length > wordMax) throw new Problem(`Keys and values have at most ${wordMax} letters`, found.at);
    return found.text;
  };
  const most = (count: number) => {
    const extra = words[count];
    if (extra !== undefined)
      throw new Problem(`Too many words: ${verb.form}. Put quotes around a value with blanks`, extra.at);
  };
  const key = word(0, "a key");
  if (key === "") throw new Problem("A key has at least one letter", words[0]!.at);
  switch (verb.name) {
    case "put":
      most(2);
      return { op: "put", key, value: word(1, "a value") };
    case "cas":
      most(3);
      return { op: "cas", key, expected: absentIfNil(word(1, "the old value")), value: word(2, "the new value") };
    case "incr":
      most(2);
      return { op: "increment", key, by: words[1] === undefined ? 1 : whole(words[1]) };
    default:
      most(1);
      return { op: verb.name === "get" ? "get" : "delete", key };
  }
}

const absentIfNil = (text: string): string | null => (text === "nil" ? null : text);

function whole({ text, at }: Word): number {
  const number = Number(text);
  if (text.trim() === "" || !Number.isInteger(number) || Math.abs(number) > 1_000_000)
    throw new Problem(`"${text}" is no whole number`, at);
  return number;
}

/** `load open 20 clients=3 reads=50% keys=3`, `load 20`, `load closed 4 rate=50`, `load off`. */
function loadOf(words: readonly Word[], vocabulary: Vocabulary, end: number): LoadWish | null {
  const [first] = words;
  if (first === undefined) throw new Problem("load needs a rate: load open 20, load closed 3, load off", end);
  if (first.text === "off" || first.text === "stop" || first.text === "0") return null;
  const named = first.text === "open" || first.text === "closed";
  const amountWord = named ? words[1] : first;
  if (amountWord === undefined) throw new Problem(`load ${first.text} needs a number`, end);
  const amount = whole(amountWord);
  const closed = first.text === "closed";
  inRange(amount, closed ? vocabulary.clients : loadMost.perSecond, amountWord.at);
  const load: LoadWish = closed
    ? { ...usualLoad, mode: "closed", clients: amount, perSecond: closedRate }
    : { ...usualLoad, perSecond: amount };
  return words.slice(named ? 2 : 1).reduce((wish, word) => refined(wish, word, vocabulary), load);
}

function inRange(number: number, most: number, at: number): void {
  if (number < 1 || number > most) throw new Problem(`From 1 to ${most}`, at);
}

function refined(load: LoadWish, { text, at }: Word, { clients, reads }: Vocabulary): LoadWish {
  const [, name, value = ""] = /^(reads|keys|clients|rate|read)=(\w+)%?$/.exec(text) ?? [];
  const number = Number(value);
  switch (name) {
    case "read":
      if (reads.includes(value)) return { ...load, read: value };
      throw new Problem(`Reads can be ${oneOf(reads)}`, at);
    case "reads":
      if (number >= 0 && number <= 100) return { ...load, reads: number };
      throw new Problem("reads= is a share from 0 to 100 %", at);
    case "keys":
      inRange(number, loadMost.keys, at);
      return { ...load, keys: number };
    case "clients":
      inRange(number, clients, at);
      return { ...load, clients: number };
    case "rate":
      inRange(number, loadMost.perSecond, at);
      return { ...load, perSecond: number };
    default:
      throw new Problem(`"${text}" is not understood here: clients=3, reads=50% and keys=3 are`, at);
  }
}

const oneOf = (names: readonly string[]): string =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;

// ---- completion ---------------------------------------------------------------------------------------------

export interface Completion {
  /** The whole line with the word completed. */
  readonly line: string;
  readonly word: string;
  readonly about: string;
}

const completionsMost = 8;

/** How the last word of the line could go on. */
export function completions(line: string, vocabulary: Vocabulary): readonly Completion[] {
  const start = /\S*$/.exec(line)!.index;
  const begun = line.slice(start).toLowerCase();
  const before = wordsOf(line.slice(0, start)).map(({ text }) => text);
  return candidates(before, begun, vocabulary)
    .filter(({ word }) => word.toLowerCase().startsWith(begun) && word.toLowerCase() !== begun)
    .slice(0, completionsMost)
    .map(({ word, about }) => ({
      line: `${line.slice(0, start)}${word}${word.endsWith("=") ? "" : " "}`,
      word,
      about,
    }));
}

type Candidate = Omit<Completion, "line">;

function candidates(before: readonly string[], begun: string, vocabulary: Vocabulary): readonly Candidate[] {
  const servers = vocabulary.servers.map((id) => ({ word: `S${id}`, about: "a server" }));
  const set = before[0]?.toLowerCase() === "set" ? setWords(before.slice(1), servers) : [];
  if (set.length > 0) return set;
  const admin = adminVerb(before.at(-1) ?? "");
  if (admin !== undefined && namesServer(admin) && before.length === 1) return servers;
  if (adminVerb(before[0] ?? "") !== undefined && before.length > 0 && before[0]!.toLowerCase() !== "add") return [];
  const at = before.findIndex((word) => verbOf(word) !== undefined);
  if (at < 0) return openings(before, begun, vocabulary);
  const verb = verbOf(before[at]!)!;
  const place = before.length - at - 1;
  if (verb.name === "load") return loadWords(place, before[at + 1]);
  if (verb.name === "help" || place > 0) return [];
  return vocabulary.keys.map((word) => ({ word, about: "a key" }));
}

/** Servers, options, and the words that an option may have. */
function setWords(said: readonly string[], servers: readonly Candidate[]): readonly Candidate[] {
  const [whose, name] = said;
  if (whose === undefined) return [...servers, { word: "all", about: "all servers" }];
  if (whose.toLowerCase() !== "all" && !serverForm.test(whose)) return [];
  if (name === undefined) return optionNames.map((word) => ({ word, about: "an option" }));
  const option = said.length === 2 ? optionCalled(name) : null;
  return option === null ? [] : valuesFor(option).map((word) => ({ word, about: `a value of ${option}` }));
}

function openings(before: readonly string[], begun: string, { clients, servers, reads }: Vocabulary): Candidate[] {
  const commands = verbs.map(({ name, form }) => ({ word: name, about: form }));
  // Names are offered once they are begun: nobody wants to read them all.
  if (begun === "") return commands;
  const has = (letter: string) => before.some((word) => new RegExp(`^${letter}\\d+$`, "i").test(word));
  const own = has("c") ? [] : Array.from({ length: clients }, (_, i) => ({ word: `C${i + 1}`, about: "asks" }));
  const asked = has("s") ? [] : servers.map((id) => ({ word: `S${id}`, about: "is asked" }));
  const modes = reads.map((mode) => ({ word: `read=${mode}`, about: "how a get is read" }));
  const admin = before.length > 0 ? [] : adminVerbs.map(({ name, form }) => ({ word: name, about: form }));
  return [...commands, ...admin, ...own, ...asked, ...modes];
}

function loadWords(place: number, loop: string | undefined): Candidate[] {
  if (place === 0)
    return [
      { word: "open", about: "so many a second, whatever happens" },
      { word: "closed", about: "so many clients, each waits for its answer" },
      { word: "off", about: "stop" },
    ];
  if (place === 1 || loop === "off") return [];
  return [
    { word: "clients=3", about: "how many clients take part" },
    { word: "reads=50%", about: "share of reads" },
    { word: "keys=3", about: "number of keys" },
  ];
}
