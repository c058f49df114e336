import type { LogIndex, ServerId } from "../../../base/units.ts";
import { oldAndNew } from "../../../scenario/names.ts";
import { nameOf } from "../../../store/server-names.ts";
import type { ProgressView, ServerView } from "../../../worker/protocol/server.ts";
import { halvesOf, standsBy } from "../words/membership.ts";
import { entryAt, progressWords, snapshotRange } from "./cells.ts";

/** What is left out first where there is little room stands first: how the leader sends is nothing beside what it waits for. */
const weights = ["sends", "commit", "member", "matters"] as const;
interface Part {
  readonly text: string;
  readonly weight: (typeof weights)[number];
}

/**
 * How far it looks: to what becomes of entries, which is certain only where all rules hold; to what the next commit needs;
 * or to nothing but what is there, where somebody is to find out the rest.
 */
export type Reach = "fate" | "needs" | "now";

/**
 * What is worth saying about one server's log, in a few words: "commit 3", "two entries that will be overwritten".
 * Everything in it follows from what is drawn; nothing is a guess about messages that may be lost.
 */
export function rowParts(
  server: ServerView,
  servers: readonly ServerView[],
  progress: ProgressView | null = null,
  reach: Reach = "fate",
): readonly Part[] {
  if (server.told !== undefined) return [{ text: server.told.row, weight: "matters" }];
  if (server.status === "down") return [{ text: `down · ${onDisk(server)} on disk`, weight: "matters" }];
  const belongs = standsBy(server) ? "not a member" : server.member === "learner" ? "learner" : null;
  const told = progressWords(progress);
  // Why a log is behind says more than by how much.
  const more = worthSaying(server, servers, reach) ?? (told === null ? behind(server, servers) : null);
  const empty = server.lastIndex === 0;
  return [
    part(belongs, "member"),
    empty ? part("no entries yet", "matters") : part(`commit ${server.commitIndex}`, "commit"),
    part(empty ? null : more, "matters"),
    part(told, "sends"),
  ].flat();
}

const part = (text: string | null, weight: Part["weight"]): readonly Part[] =>
  text === null ? [] : [{ text, weight }];

/** "commit 1 · entry 2 known on 2 of 5, needs 3 · probing", in at most `letters` if it can be done: the last part stays whole. */
export function shortened(parts: readonly Part[], letters: number): string {
  const sentence = parts.map(({ text }) => text).join(" · ");
  const least = weights.find((weight) => parts.some((one) => one.weight === weight));
  if (sentence.length <= letters || parts.length === 1) return sentence;
  return shortened(
    parts.filter(({ weight }) => weight !== least),
    letters,
  );
}

function onDisk({ disk, base }: ServerView): string {
  const entries = count(disk.lastIndex - base, "entry", "entries");
  return base === 0 ? entries : `a snapshot of ${snapshotRange(base)} and ${entries}`;
}

/** The first of these that there is. */
function worthSaying(server: ServerView, servers: readonly ServerView[], reach: Reach): string | null {
  const fate = reach === "fate" ? doomed(server, servers) : null;
  const needs = () => (reach === "now" ? null : leaderWaits(server));
  return fate ?? onTheWayToDisk(server) ?? needs() ?? unheard(server, servers);
}

const words = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
function count(number: number, one: string, many: string): string {
  return `${words[number] ?? number} ${number === 1 ? one : many}`;
}
const range = (from: LogIndex, to: LogIndex): string => (from === to ? `entry ${from}` : `entries ${from}–${to}`);

/** True if another server knows a committed entry at `index` that differs: committed entries stay (§5.4), so this one goes. */
function contradicted(server: ServerView, servers: readonly ServerView[], index: LogIndex): boolean {
  const own = entryAt(server, index);
  return servers.some((other) => {
    const theirs = index <= other.commitIndex ? entryAt(other, index) : null;
    return own !== null && theirs !== null && theirs.term !== own.term;
  });
}

/** True if the entry at `index` is certain to agree with what is committed: the Log Matching Property (§5.3). */
function agrees(server: ServerView, servers: readonly ServerView[], index: LogIndex): boolean {
  if (index <= server.commitIndex) return true;
  return servers.some(
    (other) => index <= other.commitIndex && entryAt(other, index)?.term === entryAt(server, index)?.term,
  );
}

/** Entries that contradict a committed one. The number is given only where the first of them is certain. */
function doomed(server: ServerView, servers: readonly ServerView[]): string | null {
  const first = firstContradicted(server, servers);
  if (first === null) return null;
  const number = server.lastIndex - first + 1;
  return agrees(server, servers, first - 1)
    ? `${count(number, "entry", "entries")} that will be overwritten`
    : "its last entries will be overwritten";
}
function firstContradicted(server: ServerView, servers: readonly ServerView[]): LogIndex | null {
  const furthest = Math.min(server.lastIndex, Math.max(...servers.map((other) => other.commitIndex)));
  let first: LogIndex | null = null;
  // From the end back: where logs disagree at one index they disagree at every later one that both have.
  for (let index = furthest; index > server.commitIndex && contradicted(server, servers, index); index--) first = index;
  return first;
}

function onTheWayToDisk(server: ServerView): string | null {
  if (server.disk.pending === 0 || server.disk.durable >= server.lastIndex) return null;
  const from = server.disk.durable + 1;
  return `${range(from, server.lastIndex)} on ${from === server.lastIndex ? "its" : "their"} way to disk`;
}

/**
 * What a leader waits for: its first uncommitted entry and how many voters are known to store it, of each half in a
 * joint configuration, which needs both majorities. Copies on a majority that do not count are named to the newest.
 */
function leaderWaits(server: ServerView): string | null {
  const index = server.commitIndex + 1;
  if (server.progress === null || index > server.lastIndex) return null;
  const halves = copiesOf(server, index);
  const known = `entry ${index} known on ${storedWords(halves)}`;
  if (!isOnMajority(halves)) return `${known}, needs ${halves.length > 1 ? "both" : halves[0]!.quorum}`;
  const newest = newestOnMajority(server, index);
  const entry = entryAt(server, newest);
  if (entry === null || entry.term >= server.term) return known;
  return `${range(index, newest)} known on ${storedWords(copiesOf(server, newest))}, but of an older term`;
}

const storedWords = (halves: Copies): string =>
  oldAndNew(halves.map(({ stored, voters }) => `${stored} of ${voters.length}`));

/** How many voters of each half are known to store the entry at `index`. */
function copiesOf(server: ServerView, index: LogIndex) {
  const stores = (id: ServerId): boolean =>
    id === server.id
      ? server.disk.durable >= index
      : (server.progress ?? []).some((row) => row.server === id && row.match >= index);
  return halvesOf(server).map((half) => ({ ...half, stored: half.voters.filter(stores).length }));
}

type Copies = ReturnType<typeof copiesOf>;
const isOnMajority = (halves: Copies): boolean => halves.every(({ stored, quorum }) => stored >= quorum);

/** The newest entry from `first` on that a majority is known to store; `first` is one. */
function newestOnMajority(server: ServerView, first: LogIndex): LogIndex {
  let newest = first;
  while (newest < server.lastIndex && isOnMajority(copiesOf(server, newest + 1))) newest++;
  return newest;
}

/** Entries that are committed elsewhere with the same content, which this server has not been told. */
function unheard(server: ServerView, servers: readonly ServerView[]): string | null {
  const furthest = Math.min(server.lastIndex, Math.max(...servers.map((other) => other.commitIndex)));
  if (furthest <= server.commitIndex || entryAt(server, furthest) === null) return null;
  return agrees(server, servers, furthest) ? `not told of commit ${furthest}` : null;
}

/** How much shorter a follower's log is than that of the leader of its own term. */
function behind(server: ServerView, servers: readonly ServerView[]): string | null {
  const leader = servers.find(
    (other) => other.role === "leader" && other.status !== "down" && other.term === server.term,
  );
  const missing = leader === undefined ? 0 : leader.lastIndex - server.lastIndex;
  return missing > 0 ? `${count(missing, "entry", "entries")} fewer than ${nameOf(leader!.id)}` : null;
}
