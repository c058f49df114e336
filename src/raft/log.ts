import { assert } from "../base/assert.ts";
import { mix } from "../base/hash.ts";
import type { LogIndex, Term } from "../base/units.ts";
import type { Entry } from "./entry.ts";

/**
 * A log of which a copy costs nothing but its ends. Entries live in chunks, and copies share the list of these; it may
 * hold more than a log's length says (another copy went on): the rest is not ours, but follows on what is. Appending
 * where the list ends extends it in place, for all; where somebody has already gone on, it is there if it is the same
 * entry, and otherwise this log goes on in a list of its own.
 *
 * Beside each entry stands the hash of the whole prefix that ends with it, so that two logs are equal up to an index
 * exactly if their prefix hashes there are.
 *
 * The entries up to `base` are gone: a snapshot stands for them. 0 <= base <= last.
 */
export interface RaftLog {
  base: LogIndex;
  baseTerm: Term;
  baseHash: number;
  last: LogIndex;
  /** chunks[0] holds the entries 256 k + 1 … 256 k + 256 among which base + 1 is. Nothing in it is ever replaced. */
  chunks: Chunk[];
}
interface Chunk {
  readonly entries: Entry[];
  readonly hashes: number[];
}

const shift = 8;
const mask = (1 << shift) - 1;
const emptyHash = 0x5eed;

/** A log that begins after a snapshot. */
export const logAfter = (base: LogIndex, baseTerm: Term, baseHash: number): RaftLog => ({
  base,
  baseTerm,
  baseHash,
  last: base,
  chunks: [],
});

export const emptyLog = (): RaftLog => logAfter(0, 0, emptyHash);

/** The entries are shared, now and as long as both go on alike. */
export const copyLog = ({ base, baseTerm, baseHash, last, chunks }: RaftLog): RaftLog => ({
  base,
  baseTerm,
  baseHash,
  last,
  chunks,
});

/** Makes `copy`, which nobody else holds, a copy of `log`. */
export function copyLogInto(copy: RaftLog, log: RaftLog): void {
  copy.base = log.base;
  copy.baseTerm = log.baseTerm;
  copy.baseHash = log.baseHash;
  copy.last = log.last;
  copy.chunks = log.chunks;
}

export const firstIndex = (log: RaftLog): LogIndex => log.base + 1;
export const lastIndex = (log: RaftLog): LogIndex => log.last;
/** Term and index of a log's last entry: what votes compare (§5.4.1). */
export interface LogEnd {
  readonly term: Term;
  readonly index: LogIndex;
}
export const logEnd = (log: RaftLog): LogEnd => ({ term: lastTerm(log), index: lastIndex(log) });
export const lastTerm = (log: RaftLog): Term => termAt(log, log.last);

const chunkOf = (log: RaftLog, index: LogIndex): number => ((index - 1) >> shift) - (log.base >> shift);

/** Term of the entry at `index`, or of the snapshot at `base` (0 for the empty prefix). base <= index <= last. */
export function termAt(log: RaftLog, index: LogIndex): Term {
  return index === log.base ? log.baseTerm : entryAt(log, index).term;
}

/** As `termAt`; null where the log knows no term: below `base`, or beyond its end. */
export function knownTerm(log: RaftLog, index: LogIndex): Term | null {
  return index < log.base || index > log.last ? null : termAt(log, index);
}

/** base < index <= last. */
export function entryAt(log: RaftLog, index: LogIndex): Entry {
  assert(index > log.base && index <= log.last, "an index inside the log");
  return log.chunks[chunkOf(log, index)]!.entries[(index - 1) & mask]!;
}

/** Equal for two logs, exactly if they hold (or held) the same entries up to `index`. base <= index <= last. */
export function prefixHash(log: RaftLog, index: LogIndex): number {
  if (index === log.base) return log.baseHash;
  assert(index > log.base && index <= log.last, "a prefix that the log knows");
  return log.chunks[chunkOf(log, index)]!.hashes[(index - 1) & mask]!;
}

/** As `prefixHash`; null where the log does not know it: below `base`, or beyond its end. */
export const knownHash = (log: RaftLog, index: LogIndex): number | null =>
  index < log.base || index > log.last ? null : prefixHash(log, index);

const noEntries: readonly Entry[] = [];

const knows = (log: RaftLog, index: LogIndex): boolean => index >= log.base && index <= log.last;

/** True if both logs know their prefix up to there, and it is the same. Where they share their list, it is. */
export const sameUpTo = (a: RaftLog, b: RaftLog, index: LogIndex): boolean =>
  knows(a, index) && knows(b, index) && (a.chunks === b.chunks || prefixHash(a, index) === prefixHash(b, index));

/** Entries first … last, both included; empty if last < first. */
export function slice(log: RaftLog, first: LogIndex, last: LogIndex): readonly Entry[] {
  if (last < first) return noEntries;
  // Begun with its first one, a list has room for just that: nearly always it is all. An empty one grows to seventeen.
  const entries = [entryAt(log, first)];
  for (let index = first + 1; index <= last; index++) entries.push(entryAt(log, index));
  return entries;
}

/** The entry's index is last + 1. */
export function append(log: RaftLog, entry: Entry): void {
  assert(entry.index === log.last + 1, "entries are appended without gaps");
  const at = log.last & mask;
  const number = chunkOf(log, entry.index);
  if (number === log.chunks.length) log.chunks.push(newChunk(log, at));
  const there = log.chunks[number]!.entries[at];
  if (there === undefined) add(log, number, entry);
  else if (there !== entry && !sameEntry(there, entry)) {
    leaveOthers(log, number, at);
    add(log, number, entry);
  }
  log.last++;
}

function add(log: RaftLog, number: number, entry: Entry): void {
  const { entries, hashes } = log.chunks[number]!;
  entries.push(entry);
  hashes.push(hashAfter(prefixHash(log, log.last), entry));
}

/** What follows there is somebody else's. */
function leaveOthers(log: RaftLog, number: number, at: number): void {
  const { entries, hashes } = log.chunks[number]!;
  log.chunks = log.chunks.slice(0, number);
  log.chunks.push({ entries: entries.slice(0, at), hashes: hashes.slice(0, at) });
}

/** A log may begin in the middle of a chunk: places before that are never read. */
function newChunk(log: RaftLog, at: number): Chunk {
  const gap = at === 0 ? [] : new Array<Entry>(at).fill({ index: 0, term: log.baseTerm, command: null, change: null });
  return { entries: gap, hashes: new Array<number>(at).fill(0) };
}

const hashAfter = (before: number, { term, command, change }: Entry): number =>
  mix(mix(before, term), command !== null ? command.digest : change !== null ? change.digest : 1);

/** Removes every entry from `first` on. first > base. */
export function truncate(log: RaftLog, first: LogIndex): void {
  assert(first > log.base, "only entries are truncated, not what a snapshot covers");
  if (first <= log.last) log.last = first - 1;
}

/** Forgets the entries up to `index`: a snapshot stands for them now. base <= index <= last. */
export function compact(log: RaftLog, index: LogIndex): void {
  if (index <= log.base) return;
  const baseTerm = termAt(log, index);
  const baseHash = prefixHash(log, index);
  const gone = (index >> shift) - (log.base >> shift);
  if (log.last === index) log.chunks = [];
  else if (gone > 0) log.chunks = log.chunks.slice(gone);
  log.base = index;
  log.baseTerm = baseTerm;
  log.baseHash = baseHash;
}

export function sameEntry(a: Entry, b: Entry): boolean {
  return (
    a.term === b.term &&
    a.index === b.index &&
    a.command?.digest === b.command?.digest &&
    a.change?.digest === b.change?.digest
  );
}
