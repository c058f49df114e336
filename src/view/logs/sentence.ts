import type { LogIndex, ServerId } from "../../base/units.ts";
import type { ProgressView, ServerView } from "../../worker/protocol/server.ts";
import { halvesOf, standsBy } from "../kit/words/membership.ts";
import { entryAt, progressWords, snapshotRange } from "./cells.ts";

/**
 * What is worth saying about one server's log, in a few words: "commit 3 · two entries that will be overwritten".
 * Everything in it follows from what is drawn; nothing is a guess about messages that may be lost.
 */
export function rowSentence(
  server: ServerView,
  servers: readonly ServerView[],
  progress: ProgressView | null = null,
): string {
  if (server.status === "down") return `down · ${onDisk(server)} on disk`;
  const belongs = standsBy(server) ? "not a member" : server.member === "learner" ? "learner" : null;
  const told = progressWords(progress);
  if (server.lastIndex === 0) return joined([belongs, "no entries yet", told]);
  // Why a log is behind says more than by how much.
  const more = worthSaying(server, servers) ?? (told === null ? behind(server, servers) : null);
  return joined([belongs, `commit ${server.commitIndex}`, more, told]);
}

const joined = (parts: readonly (string | null)[]): string => parts.filter((part) => part !== null).join(" · ");

function onDisk({ disk, base }: ServerView): string {
  const entries = count(disk.lastIndex - base, "entry", "entries");
  return base === 0 ? entries : `a snapshot of ${snapshotRange(base)} and ${entries}`;
}

/** The first of these that there is. */
function worthSaying(server: ServerView, servers: readonly ServerView[]): string | null {
  return doomed(server, servers) ?? onTheWayToDisk(server) ?? leaderWaits(server) ?? unheard(server, servers);
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
  if (server.disk.pending === 0 || server.disk.lastIndex >= server.lastIndex) return null;
  const from = server.disk.lastIndex + 1;
  return `${range(from, server.lastIndex)} on ${from === server.lastIndex ? "its" : "their"} way to disk`;
}

/** How many voters a leader knows to store its first uncommitted entry; in a joint configuration, of each half, and there is no room for what it needs. */
function leaderWaits(server: ServerView): string | null {
  const index = server.commitIndex + 1;
  const { progress } = server;
  if (progress === null || index > server.lastIndex) return null;
  const stores = (id: ServerId): boolean =>
    id === server.id ? server.disk.lastIndex >= index : progress.some((row) => row.server === id && row.match >= index);
  const halves = halvesOf(server).map((half) => ({ ...half, stored: half.voters.filter(stores).length }));
  const known = `entry ${index} known on ${halves.map(({ stored, voters }) => `${stored} of ${voters.length}`).join(" and ")}`;
  if (halves.length > 1) return known;
  if (halves.some(({ stored, quorum }) => stored < quorum)) return `${known}, needs ${halves[0]!.quorum}`;
  const entry = entryAt(server, index);
  return entry !== null && entry.term < server.term ? `${known}, older term` : known;
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
  return missing > 0 ? `${count(missing, "entry", "entries")} fewer than S${leader!.id}` : null;
}
