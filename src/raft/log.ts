import { assert } from "../base/assert.ts";
import { mix } from "../base/hash.ts";
import type { LogIndex, Term } from "../base/units.ts";
import type { Entry } from "./types.ts";

/**
 * A log that is cheap to keep many copies of. Entries live in chunks that copies share; a copy owns its list of
 * chunks and its length. A chunk may hold more than a log's length says (another copy went on): the rest is not ours.
 * Appending where the chunk ends extends it in place; where somebody else has already gone on, the chunk is copied.
 *
 * Beside each entry stands the hash of the whole prefix that ends with it, so that two logs are equal up to an index
 * exactly if their prefix hashes there are.
 */
export interface RaftLog {
  length: number;
  chunks: Chunk[];
}
interface Chunk {
  readonly entries: Entry[];
  readonly hashes: number[];
}

const shift = 8;
const chunkSize = 1 << shift;
const mask = chunkSize - 1;
const emptyHash = 0x5eed;

export const emptyLog = (): RaftLog => ({ length: 0, chunks: [] });

/** O(length / 256); the entries are shared. */
export const copyLog = (log: RaftLog): RaftLog => ({ length: log.length, chunks: log.chunks.slice() });

export const lastIndex = (log: RaftLog): LogIndex => log.length;
export const lastTerm = (log: RaftLog): Term => termAt(log, log.length);

/** Term of the entry at `index`; 0 at index 0. */
export function termAt(log: RaftLog, index: LogIndex): Term {
  return index === 0 ? 0 : entryAt(log, index).term;
}

/** 1 <= index <= lastIndex. */
export function entryAt(log: RaftLog, index: LogIndex): Entry {
  assert(index >= 1 && index <= log.length, "an index inside the log");
  return log.chunks[(index - 1) >> shift]!.entries[(index - 1) & mask]!;
}

/** Equal for two logs, exactly if they hold the same entries up to `index` (0 <= index <= lastIndex). */
export function prefixHash(log: RaftLog, index: LogIndex): number {
  if (index === 0) return emptyHash;
  assert(index <= log.length, "a prefix inside the log");
  return log.chunks[(index - 1) >> shift]!.hashes[(index - 1) & mask]!;
}

/** Entries first … last, both included; empty if last < first. */
export function slice(log: RaftLog, first: LogIndex, last: LogIndex): Entry[] {
  const entries: Entry[] = [];
  for (let index = first; index <= last; index++) entries.push(entryAt(log, index));
  return entries;
}

/** Appends in place. The entry's index is lastIndex + 1. */
export function append(log: RaftLog, entry: Entry): void {
  assert(entry.index === log.length + 1, "entries are appended without gaps");
  const at = log.length & mask;
  const number = log.length >> shift;
  let chunk = log.chunks[number];
  if (chunk === undefined) {
    chunk = { entries: [], hashes: [] };
    log.chunks.push(chunk);
  }
  const there = chunk.entries[at];
  if (there === undefined || !sameEntry(there, entry)) {
    if (there !== undefined) {
      chunk = { entries: chunk.entries.slice(0, at), hashes: chunk.hashes.slice(0, at) };
      log.chunks[number] = chunk;
    }
    const before = prefixHash(log, log.length);
    chunk.entries.push(entry);
    chunk.hashes.push(mix(mix(before, entry.term), entry.command === null ? 1 : entry.command.digest));
  }
  log.length++;
}

/** Removes every entry from `first` on, in place. */
export function truncate(log: RaftLog, first: LogIndex): void {
  assert(first >= 1, "an index");
  if (first > log.length) return;
  log.length = first - 1;
  log.chunks.length = (log.length + mask) >> shift;
}

export function sameEntry(a: Entry, b: Entry): boolean {
  return a.term === b.term && a.index === b.index && a.command?.digest === b.command?.digest;
}
