import type { Micros, ServerId } from "../../base/units.ts";
import { eventsAPart, inOnePiece, type Work } from "../../history/work.ts";
import { labPatterns } from "./lab/common.ts";
import { labMessages } from "./lab/messages.ts";
import { type Match, type Patterns, readPatterns } from "./lab/patterns.ts";
import { listed } from "./merge.ts";
import { backwards, clipped, mostServers, tally, turnedText, unreadable } from "./tally.ts";
import type { Fact, Given, Importer, Place, Reader, ReadRun, Says, ToldEvent, ToldRun } from "./told.ts";

/**
 * Debug lines of the labs of MIT 6.5840 (6.824), as "Debugging by Pretty Printing" (blog.josejg.com) defines them: tenths
 * of milliseconds since the process began, a topic of four letters, the server's name, free text.
 */
export const labLog: Importer = {
  name: "lab-log",
  title: "6.5840 lab log",
  named: /dslogs|6\.?824|6\.?5840/i,
  fits: (head) => {
    const lines = head.split("\n", 400);
    return lines.some((line) => {
      const [, , topic = "", text = ""] = form.exec(line) ?? [];
      return (knownTopics.includes(topic) && topic.length === 4) || (topic !== "" && speaker.test(text));
    });
  },
  patterns: labPatterns,
  open: (given, patterns = labPatterns) => reading(given, patterns),
};

/** In the order in which a page lists them. */
const knownTopics = "VOTE LEAD TERM LOG1 LOG2 CMIT PERS SNAP TIMR CLNT DROP INFO WARN ERRO TRCE TEST".split(" ");
const kindOf: Readonly<Record<string, ToldEvent["kind"]>> = {
  VOTE: "election",
  LEAD: "election",
  TERM: "election",
  TIMR: "election",
  LOG1: "log",
  LOG2: "log",
  CMIT: "log",
  SNAP: "log",
  PERS: "disk",
  CLNT: "client",
  DROP: "message",
};
const routineTopics = new Set(["TIMR", "TRCE"]);
const mostTopics = 100;

/** A logger of Go may have put its date before it. */
const form = /^(?:\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d(?:\.\d+)? )?(\d{6,12}) ([A-Z][A-Z0-9]{2,5}) (.*)$/;
const speaker = /^[Ss](\d{1,4})(?![A-Za-z0-9])/;
const harness =
  /^\s*(?:Test(?: \(|:)|\.\.\. Passed|--- (?:FAIL|PASS|SKIP)|=== RUN|FAIL\b|PASS\b|ok\s|panic: |fatal error: |exit status|WARNING: DATA RACE)/;
const testBegins = /^\s*Test(?: \(|:)/;

/** What the lines said, column by column: a hundred megabytes are some million lines. */
interface Columns {
  /** As they stand there; -1: a line of the tests around it, which tells no time. */
  readonly tenths: number[];
  /** The source's number of the server; -1: none. */
  readonly who: number[];
  /** Place among the topics; -1: a line of the tests around it. */
  readonly topic: number[];
  readonly text: string[];
  readonly file: number[];
  readonly line: number[];
  readonly match: (Match | null)[];
}

function reading(given: readonly Given[], patternText: string): Reader {
  const read = readPatterns(patternText);
  if (!read.ok) {
    const { line, column, message } = read.problem;
    const problem = unreadable(`The patterns, line ${line}, column ${column}: ${message}.`, { file: 0, line });
    return { line: () => undefined, end: () => inOnePiece(() => problem) };
  }
  const patterns: Patterns = read.value;
  const seen = tally();
  const columns: Columns = { tenths: [], who: [], topic: [], text: [], file: [], line: [], match: [] };
  const topics: string[] = [];
  const topicPlaces = new Map<string, number>();
  const names = new Set<number>();

  const isServer = (number: number): boolean => {
    if (!names.has(number) && names.size < mostServers) names.add(number);
    return names.has(number);
  };
  const keep = (tenths: number, who: number, topic: number, text: string, place: Place, match: Match | null): void => {
    columns.tenths.push(tenths);
    columns.who.push(who);
    columns.topic.push(topic);
    columns.text.push(clipped(text));
    columns.file.push(place.file);
    columns.line.push(place.line);
    columns.match.push(match);
    seen.understood += 1;
  };
  const topicPlace = (topic: string): number => {
    const known = topicPlaces.get(topic);
    if (known !== undefined) return known;
    if (topics.length === mostTopics) return -1;
    topics.push(topic);
    topicPlaces.set(topic, topics.length - 1);
    return topics.length - 1;
  };
  return {
    line(text, place) {
      seen.lines += 1;
      const found = form.exec(text);
      if (found === null) {
        if (harness.test(text)) keep(-1, -1, -1, text.trim(), place, null);
        else if (text.trim() !== "") seen.skip(text, place, "no time and topic at its beginning");
        else seen.understood += 1;
        return;
      }
      const [, digits = "", name = "", said = ""] = found;
      const topic = topicPlace(name);
      if (topic < 0) return seen.skip(text, place, `more than ${mostTopics} topics`);
      const told = speaker.exec(said);
      const who = told === null ? -1 : Number(told[1]);
      if (who >= 0 && !isServer(who)) return seen.skip(text, place, `more than ${mostServers} servers`);
      const match = told === null ? null : patterns.match(name, said.slice(told[0].length));
      keep(Number(digits), who, topic, said, place, match);
    },
    end: (offsets) => told({ given, columns, topics, names, seen, isServer }, offsets),
  };
}

interface FileClock {
  /** Added to the times of the process that now runs. */
  shift: number;
  latest: number;
  restarts: number;
}

/** The rows of each file as they were written, and when by its clock. */
interface Written {
  readonly rows: readonly number[];
  /** By row. */
  readonly tenths: readonly number[];
  readonly restarts: number;
  readonly turned: readonly number[];
}
function asWritten({ tenths, file }: Columns): Written {
  const direction = backwards();
  const byFile = new Map<number, number[]>();
  for (const [row, each] of tenths.entries()) {
    const own = file[row] ?? 0;
    listed(byFile, own).push(row);
    if (each >= 0) direction.see(each, own, `${own}`);
  }
  const turned = direction.files();
  const rows = [...byFile].flatMap(([own, all]) => (turned.has(own) ? all.reverse() : all));
  const clocks = new Map(
    [...byFile.keys()].map((own): [number, FileClock] => [own, { shift: 0, latest: 0, restarts: 0 }]),
  );
  const times = [...tenths];
  for (const row of rows) {
    const clock = clocks.get(file[row] ?? 0)!;
    times[row] = tenths[row]! < 0 ? clock.latest : timeOn(clock, tenths[row]!);
  }
  const restarts = [...clocks.values()].reduce((sum, clock) => sum + clock.restarts, 0);
  return { rows, tenths: times, restarts, turned: [...turned] };
}

/** Lines of several threads come a little out of order; a second back is a new process, set behind the one before. */
function timeOn(clock: FileClock, digits: number): number {
  if (digits + clock.shift < clock.latest - 10_000) {
    clock.shift = clock.latest - digits;
    clock.restarts += 1;
  }
  const tenths = digits + clock.shift;
  if (tenths > clock.latest) clock.latest = tenths;
  return tenths;
}

interface Gathered {
  readonly given: readonly Given[];
  readonly columns: Columns;
  readonly topics: readonly string[];
  readonly names: ReadonlySet<number>;
  readonly seen: ReturnType<typeof tally>;
  isServer(number: number): boolean;
}

function* told(gathered: Gathered, offsets: readonly Micros[]): Work<ReadRun> {
  const { columns, topics, seen } = gathered;
  const { who, topic, text, file, line, match } = columns;
  if (!topic.some((each) => each >= 0))
    return unreadable("No line begins with a time of six digits and a topic, as in: 003127 VOTE S2 asks S0 in T4.");
  nameAll(gathered);
  const numbers = [...gathered.names].sort((one, other) => one - other);
  const idOf = new Map(numbers.map((number, place): [number, ServerId] => [number, place + 1]));
  const written = asWritten(columns);
  yield { done: 0, of: written.rows.length };
  const timeAt = (row: number): Micros => (written.tenths[row] ?? 0) * 100 + (offsets[file[row] ?? 0] ?? 0);
  const rows = inOrder(written.rows, timeAt);
  const start = timeAt(rows[0] ?? 0);
  const events: ToldEvent[] = [];
  const tells = new Set<Fact>();
  const messages = labMessages(idOf);
  let heard = new Set<number>();
  for (const [done, row] of rows.entries()) {
    if (done % eventsAPart === 0) yield { done, of: rows.length };
    const number = who[row] ?? -1;
    const name = topics[topic[row] ?? -1];
    const place = { at: timeAt(row) - start, file: file[row] ?? 0, line: line[row] ?? 1 };
    const server = idOf.get(number) ?? 0;
    const fits = match[row] ?? null;
    const arrow = fits === null ? null : messages.of(fits, number, events.length);
    const says = fits === null ? nothing : saysOf(fits, server, idOf, tells);
    const { at, file: inFile, line: onLine } = place;
    const said = text[row] ?? "";
    const [sends, receives] = arrow === null ? nobodys : [arrow.sends, arrow.receives];
    // Made by the million: one literal each, no spread parts.
    events.push(
      name === undefined
        ? { at, file: inFile, line: onLine, server, kind: "other", routine: false, text: said, says, sends, receives }
        : {
            at,
            file: inFile,
            line: onLine,
            server,
            kind: kindOf[name] ?? "other",
            routine: routineTopics.has(name),
            text: said,
            topic: name,
            says,
            sends,
            receives,
          },
    );
    if (number >= 0) heard.add(number);
    else if (name === undefined && testBegins.test(text[row] ?? "")) {
      for (const each of heard) events.push(forgotten(place, idOf.get(each) ?? 0, `S${each}`));
      heard = new Set();
    }
  }
  if (messages.all.length > 0) tells.add("messages");
  const run: ToldRun = {
    format: labLog.name,
    title: gathered.given.map(({ name }) => name).find((name) => name !== "") ?? labLog.title,
    servers: numbers.map((number) => ({ name: `S${number}` })),
    events,
    messages: messages.all,
    tells: [...tells],
    times: "clock",
    unknown: unknownOf(gathered, written.restarts, tells, messages.paired),
    ...(written.turned.length === 0
      ? {}
      : { supposed: written.turned.map((each) => turnedText(gathered.given[each]?.name ?? "")) }),
    lines: seen.lines,
    understood: seen.understood,
    skipped: seen.skipped,
    topics: [...topics].sort((one, other) => rank(one) - rank(other)),
  };
  return { ok: true, value: run };
}

const none: readonly number[] = [];
const nothing: Says = {};
const nobodys: readonly [readonly number[], null] = [none, null];
const rank = (topic: string): number => (knownTopics.includes(topic) ? knownTopics.indexOf(topic) : knownTopics.length);

/** Servers that are only spoken of are servers too. */
function nameAll({ columns, isServer }: Gathered): void {
  for (const match of columns.match) {
    if (match === null) continue;
    for (const [, server] of match.servers) if (typeof server === "number") named(server, isServer);
    if (match.message !== undefined) named(match.message.peer, isServer);
  }
}
function named(server: number, isServer: (number: number) => boolean): void {
  if (server < 1000) isServer(server);
}

/** The rows by their time; what has one time stays as it was written. */
function inOrder(rows: readonly number[], timeAt: (row: number) => Micros): readonly number[] {
  const isOrdered = rows.every((row, place) => place === 0 || timeAt(row) >= timeAt(rows[place - 1]!));
  return isOrdered ? rows : [...rows].sort((one, other) => timeAt(one) - timeAt(other));
}

function saysOf(match: Match, me: ServerId, idOf: ReadonlyMap<number, ServerId>, tells: Set<Fact>): Says {
  const says: { -readonly [Key in keyof Says]: Says[Key] } = {};
  if (match.role !== undefined) says.role = match.role;
  if (match.status !== undefined) says.status = match.status;
  for (const [fact, value] of match.numbers) says[fact] = value;
  for (const [fact, server] of match.servers) {
    const id = server === "me" ? me : server === "nobody" ? 0 : idOf.get(server);
    if (id !== undefined) says[fact] = id;
  }
  for (const key of Object.keys(says)) tells.add(factOf[key as keyof typeof factOf]);
  return says;
}
const factOf = {
  role: "role",
  status: "status",
  term: "term",
  vote: "vote",
  leader: "leader",
  commit: "commit",
  applied: "applied",
  last: "last",
  lastTerm: "last",
  base: "log",
} as const satisfies Partial<Record<keyof Says, Fact>>;

/** A test makes servers of its own, which run: what the lines of the one before said holds no longer. */
const forgotten = (place: Place & { readonly at: Micros }, server: ServerId, name: string): ToldEvent => ({
  ...place,
  server,
  kind: "other",
  routine: true,
  text: `A new test begins: what was known of ${name} was of the one before.`,
  says: {
    status: "up",
    role: null,
    term: null,
    vote: null,
    leader: null,
    commit: null,
    applied: null,
    last: null,
    lastTerm: null,
    base: null,
    baseTerm: null,
  },
  sends: none,
  receives: null,
});

function unknownOf({ columns }: Gathered, restarts: number, tells: ReadonlySet<Fact>, paired: boolean): string[] {
  const matched = columns.match.reduce((sum, match) => (match === null ? sum : sum + 1), 0);
  const silent = (["role", "term", "vote", "commit"] as const).filter((fact) => !tells.has(fact));
  return [
    "The text of a line is free: only its time, its topic and its server are certain.",
    `State is known where a pattern finds it: in ${matched} of ${columns.match.length} lines.`,
    ...(silent.length === 0 ? [] : [`No pattern has found a ${silent.join(", a ")}.`]),
    ...(paired
      ? [
          "Which send a receive belongs to is not told: it is the oldest open one between the same servers that it does not contradict.",
        ]
      : []),
    ...(restarts === 0
      ? []
      : [
          `The times fall back ${restarts === 1 ? "once" : `${restarts} times`}: a new process, set behind the one before.`,
        ]),
  ];
}
