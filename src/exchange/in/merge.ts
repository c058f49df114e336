import type { Micros, ServerId, Term } from "../../base/units.ts";
import { eventsAPart, type Work } from "../../history/work.ts";
import { clipped } from "./tally.ts";
import type { Fact, Place, Says, Skipped, ToldEvent, ToldMessage, ToldRun } from "./told.ts";

/**
 * From lines to a run: servers by their names become servers by number, several files are merged by their times, and
 * receipts find what was sent. Shared by the importers.
 */

/** What an importer makes of a line. */
export interface Line extends Place {
  /** Of the source's clock; null: not told. */
  readonly at: Micros | null;
  /** "" where it concerns no server. */
  readonly server: string;
  readonly kind: ToldEvent["kind"];
  readonly routine: boolean;
  readonly text: string;
  readonly topic?: string;
  readonly says: NamedSays;
  readonly sends: readonly Post[];
  readonly receives: Post | null;
}
/** `Says`, with servers by their names; "" is nobody. */
export interface NamedSays extends Omit<Says, "vote" | "leader" | "configuration"> {
  readonly vote?: string | null;
  readonly leader?: string | null;
  readonly configuration?: NamedConfiguration | null;
}
export interface NamedConfiguration {
  readonly voters: readonly string[];
  readonly outgoing: readonly string[];
  readonly learners: readonly string[];
}
/** A message, as its sender or its receiver tells of it. */
export interface Post {
  readonly name: string;
  readonly kind: ToldMessage["kind"];
  /** "" where a receiver does not tell: then the message is only known if its sending is. */
  readonly from: string;
  readonly to: string;
  readonly term: Term | null;
  readonly yes: boolean | null;
  readonly entryCount: number;
  /** What both tell has to be the same. */
  readonly fields: readonly (readonly [name: string, value: string])[];
}

export interface Collected {
  readonly format: string;
  readonly title: string;
  /** File by file, in the order in which each was written. */
  readonly lines: readonly Line[];
  readonly lineCount: number;
  readonly understood: number;
  readonly skipped: readonly Skipped[];
  readonly unknown: readonly string[];
  readonly supposed: readonly string[];
  /** Whose lines stay in their order: each file's, or only each server's in a file. */
  readonly inOrder: "file" | "server";
}

export function* mergedRun(collected: Collected, offsets: readonly Micros[]): Work<ToldRun> {
  const { format, title, lines, lineCount, understood, skipped, supposed } = collected;
  const names = namesIn(lines);
  const idOf = new Map(names.map((name, i) => [name, i + 1]));
  const { times, groups, steppedBack } = timed(lines, offsets, collected.inOrder);
  yield { done: 0, of: lines.length };
  const { order, messages, early } = yield* paired(lines, groups, idOf);
  const start = order.reduce((least, i) => Math.min(least, times?.[i] ?? 0), Number.POSITIVE_INFINITY);
  const events: ToldEvent[] = [];
  for (const [place, i] of order.entries()) {
    events.push(eventOf(lines[i]!, times === null ? place * 1000 : times[i]! - start, idOf));
    if (events.length % eventsAPart === 0) yield { done: lines.length, of: lines.length };
  }
  for (const [at, { sentIn, receivedIn }] of messages.entries()) {
    if (sentIn !== null) (events[sentIn]!.sends as number[]).push(at);
    if (receivedIn !== null) (events[receivedIn] as { receives: number | null }).receives = at;
  }
  return {
    format,
    title,
    servers: names.map((name) => ({ name })),
    events,
    messages,
    tells: factsIn(events, messages),
    times: times === null ? "order" : "clock",
    unknown: [...collected.unknown, ...clockProblems(steppedBack, early)],
    lines: lineCount,
    understood,
    skipped,
    ...(supposed.length === 0 ? {} : { supposed }),
  };
}

function clockProblems(steppedBack: number, early: number): string[] {
  const back =
    steppedBack > 0 ? [`A clock goes back at ${lineCount(steppedBack)}: they stand at the time before.`] : [];
  if (early === 0) return back;
  const receipts = early === 1 ? "One receipt stands" : `${early} receipts stand`;
  return [...back, `${receipts} before what was sent: the clocks differ. Shift a file's times.`];
}
const lineCount = (n: number): string => (n === 1 ? "one line" : `${n} lines`);

// ---- names ---------------------------------------------------------------------------------------------------

/** Every server that a line names. */
export function namesOf({ server, says, sends, receives }: Line): string[] {
  const { vote, leader, configuration } = says;
  const posts = receives === null ? sends : [...sends, receives];
  const members = configuration ? [configuration.voters, configuration.outgoing, configuration.learners].flat() : [];
  return [server, vote, leader, ...members, ...posts.flatMap(({ from, to }) => [from, to])].filter(
    (name): name is string => Boolean(name),
  );
}

function namesIn(lines: readonly Line[]): string[] {
  const names = new Set<string>();
  for (const line of lines) for (const name of namesOf(line)) names.add(name);
  return [...names].sort(byName);
}

/** Hexadecimal numbers by their size, other names by their characters. */
function byName(a: string, b: string): number {
  const bothNumbers = /^[0-9a-f]+$/.test(a) && /^[0-9a-f]+$/.test(b);
  if (bothNumbers && a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : a > b ? 1 : 0;
}

// ---- times ---------------------------------------------------------------------------------------------------

interface Timed {
  /** By line; null where the source tells no times. */
  readonly times: readonly Micros[] | null;
  /** Lines that stand at one time, in the order of times. */
  readonly groups: readonly (readonly number[])[];
  readonly steppedBack: number;
}

function timed(lines: readonly Line[], offsets: readonly Micros[], inOrder: Collected["inOrder"]): Timed {
  const told = lines.map(({ at, file }) => (at === null ? null : at + (offsets[file] ?? 0)));
  const first = new Map<number, Micros>();
  lines.forEach(({ file }, i) => {
    const at = told[i] ?? null;
    if (at !== null && !first.has(file)) first.set(file, at);
  });
  if (lines.some(({ file }) => !first.has(file)))
    return { times: null, groups: [lines.map((_, i) => i)], steppedBack: 0 };

  let steppedBack = 0;
  const latest = new Map<string, Micros>();
  const times = lines.map(({ file, server }, i) => {
    const stream = inOrder === "file" ? `${file}` : `${file} ${server}`;
    const before = latest.get(stream) ?? Number.NEGATIVE_INFINITY;
    const own = told[i] ?? Math.max(before, first.get(file)!);
    if (own < before) steppedBack++;
    const at = Math.max(own, before);
    latest.set(stream, at);
    return at;
  });
  const sorted = lines.map((_, i) => i).sort((a, b) => times[a]! - times[b]! || a - b);
  const groups: number[][] = [];
  for (const i of sorted) {
    const group = groups.at(-1);
    if (group !== undefined && times[group[0]!] === times[i]) group.push(i);
    else groups.push([i]);
  }
  return { times, groups, steppedBack };
}

// ---- messages ------------------------------------------------------------------------------------------------

interface Paired {
  /** Lines, as they come after each other. */
  readonly order: readonly number[];
  readonly messages: readonly ToldMessage[];
  /** Receipts whose message is only sent later. */
  readonly early: number;
}

function* paired(lines: readonly Line[], groups: Timed["groups"], idOf: ReadonlyMap<string, ServerId>): Work<Paired> {
  const order: number[] = [];
  const messages: ToldMessage[] = [];
  const waiting = new Waiting();
  const lonely = new Waiting();
  let early = 0;

  const receive = (post: Post, place: number): void => {
    const sent = waiting.taken(post, (other) => agree(other, post));
    if (sent !== null) messages[sent] = { ...merged(messages[sent]!, post), receivedIn: place };
    else if (post.from !== "") messages.push(messageOf(post, null, place, idOf));
    if (sent === null) lonely.add(post, 0);
  };
  const send = (post: Post, place: number): void => {
    if (lonely.taken(post, (other) => agree(post, other)) !== null) early++;
    waiting.add(post, messages.length);
    messages.push(messageOf(post, place, null, idOf));
  };
  const take = (i: number): void => {
    const { sends, receives } = lines[i]!;
    if (receives !== null && receives.to !== "") receive(receives, order.length);
    for (const post of sends) if (post.from !== "" && post.to !== "") send(post, order.length);
    order.push(i);
  };
  const isSent = (post: Post): boolean => waiting.has(post, (other) => agree(other, post));

  let told = 0;
  for (const group of groups) {
    const several = group.some((i) => lines[i]!.file !== lines[group[0]!]!.file);
    const turns = several ? inCausalOrder(group, lines, isSent) : group;
    for (const i of turns) {
      take(i);
      if (order.length - told < eventsAPart) continue;
      told = order.length;
      yield { done: told, of: lines.length };
    }
  }
  return { order, messages, early };
}

/**
 * Lines of several files that stand at one time, so that a receipt comes after its sending, where that is among them. Each
 * is asked for when those before it are taken.
 */
function* inCausalOrder(
  group: readonly number[],
  lines: readonly Line[],
  isSent: (post: Post) => boolean,
): Generator<number, void> {
  const byFile = new Map<number, number[]>();
  for (const i of group) listed(byFile, lines[i]!.file).push(i);
  const queues = [...byFile.values()];
  const next = queues.map(() => 0);
  const toCome = new Map<string, Post[]>();
  for (const i of group) for (const post of lines[i]!.sends) listed(toCome, linkOf(post)).push(post);
  const waits = (i: number): boolean => {
    const post = lines[i]!.receives;
    return post !== null && !isSent(post) && (toCome.get(linkOf(post))?.some((other) => agree(other, post)) ?? false);
  };
  for (let left = group.length; left > 0; left--) {
    const open = queues.map((queue, q) => queue[next[q]!]);
    const free = open.findIndex((i) => i !== undefined && !waits(i));
    const q = free >= 0 ? free : open.findIndex((i) => i !== undefined);
    const i = open[q]!;
    next[q] = next[q]! + 1;
    yield i;
    for (const post of lines[i]!.sends) {
      const posts = toCome.get(linkOf(post))!;
      posts.splice(posts.indexOf(post), 1);
    }
  }
}

export function listed<Key, T>(map: Map<Key, T[]>, key: Key): T[] {
  const list = map.get(key) ?? [];
  map.set(key, list);
  return list;
}

/** At most so many messages of one kind, term and link wait for the other side's word, and so many terms; then the oldest are given up. */
const maxWaiting = 1000;

interface Waits {
  readonly post: Post;
  readonly at: number;
  /** Which waits longer. */
  readonly since: number;
}
/** Messages of which one side has told, by link and term: in thousands of elections none looks through all the others. */
class Waiting {
  private readonly links = new Map<string, Map<Term | null, Waits[]>>();
  private since = 0;

  add(post: Post, at: number): void {
    const terms = this.links.get(linkOf(post)) ?? new Map<Term | null, Waits[]>();
    this.links.set(linkOf(post), terms);
    const list = listed(terms, post.term);
    if (list.length === maxWaiting) list.shift();
    list.push({ post, at, since: this.since++ });
    if (terms.size <= maxWaiting) return;
    for (const oldest of terms.keys()) {
      terms.delete(oldest);
      break;
    }
  }

  has(post: Post, fits: (other: Post) => boolean): boolean {
    return this.found(post, fits) !== null;
  }

  /** The `at` of the one that fits and waits longest, which waits no more. */
  taken(post: Post, fits: (other: Post) => boolean): number | null {
    const found = this.found(post, fits);
    if (found === null) return null;
    const [{ at }] = found.list.splice(found.place, 1) as [Waits];
    if (found.list.length === 0) this.links.get(linkOf(post))?.delete(found.term);
    return at;
  }

  private found(post: Post, fits: (other: Post) => boolean) {
    const terms = this.links.get(linkOf(post));
    if (terms === undefined) return null;
    const possible = post.term === null ? [...terms.keys()] : [post.term, null];
    let best: { readonly list: Waits[]; readonly place: number; readonly term: Term | null } | null = null;
    for (const term of possible) {
      const list = terms.get(term) ?? [];
      const place = list.findIndex((each) => fits(each.post));
      if (place < 0 || (best !== null && best.list[best.place]!.since < list[place]!.since)) continue;
      best = { list, place, term };
    }
    return best;
  }
}

/** Where the receiver does not tell who sent it, all senders share a queue. */
const anybody: ReadonlySet<ToldMessage["kind"]> = new Set(["installSnapshot"]);
const linkOf = ({ name, kind, from, to }: Post): string => `${name} ${anybody.has(kind) ? "" : from} ${to}`;

function agree(sent: Post, received: Post): boolean {
  if (received.from !== "" && received.from !== sent.from) return false;
  if (sent.term !== null && received.term !== null && sent.term !== received.term) return false;
  if (sent.yes !== null && received.yes !== null && sent.yes !== received.yes) return false;
  return received.fields.every(([name, value]) => {
    const other = sent.fields.find((field) => field[0] === name);
    return other === undefined || other[1] === value;
  });
}

const messageOf = (
  { name, kind, from, to, term, yes, entryCount, fields }: Post,
  sentIn: number | null,
  receivedIn: number | null,
  idOf: ReadonlyMap<string, ServerId>,
): ToldMessage => ({
  name,
  kind,
  from: idOf.get(from) ?? 0,
  to: idOf.get(to) ?? 0,
  term,
  sentIn,
  receivedIn,
  yes,
  entryCount,
  fields,
});

function merged(message: ToldMessage, received: Post): ToldMessage {
  const more = received.fields.filter(([name]) => !message.fields.some((field) => field[0] === name));
  return {
    ...message,
    term: message.term ?? received.term,
    yes: message.yes ?? received.yes,
    fields: more.length > 0 ? [...message.fields, ...more] : message.fields,
  };
}

// ---- events --------------------------------------------------------------------------------------------------

function eventOf(line: Line, at: Micros, idOf: ReadonlyMap<string, ServerId>): ToldEvent {
  const { topic } = line;
  const event = {
    file: line.file,
    line: line.line,
    at,
    server: idOf.get(line.server) ?? 0,
    kind: line.kind,
    routine: line.routine,
    text: clipped(line.text),
    says: saysOf(line.says, idOf),
    sends: [],
    receives: null,
  };
  return topic === undefined ? event : { ...event, topic };
}

function saysOf(named: NamedSays, idOf: ReadonlyMap<string, ServerId>): Says {
  const { vote, leader, configuration } = named;
  if (vote == null && leader == null && configuration == null) return named as Says;
  const says: { -readonly [Key in keyof Says]: Says[Key] } = { ...(named as Says) };
  if (vote != null) says.vote = idOf.get(vote) ?? 0;
  if (leader != null) says.leader = idOf.get(leader) ?? 0;
  if (configuration == null) return says;
  const ids = (names: readonly string[]): ServerId[] => names.map((name) => idOf.get(name) ?? 0).sort((a, b) => a - b);
  const { voters, outgoing, learners } = configuration;
  says.configuration = { voters: ids(voters), outgoing: ids(outgoing), learners: ids(learners) };
  return says;
}

const facts = [
  ...(["status", "role", "term", "vote", "leader", "commit", "applied", "last", "log", "configuration"] as const),
] satisfies readonly Fact[];

function factsIn(events: readonly ToldEvent[], messages: readonly ToldMessage[]): Fact[] {
  const told = facts.filter((fact) => events.some(({ says }) => says[fact] !== undefined && says[fact] !== null));
  return messages.length > 0 ? [...told, "messages"] : told;
}
