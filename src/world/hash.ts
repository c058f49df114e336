import { digestText, Hasher } from "../base/hash.ts";
import type { ServerId } from "../base/units.ts";
import { lastIndex, prefixHash, type RaftLog } from "../raft/log.ts";
import type { RaftOptions } from "../raft/options.ts";
import { optionsThatDiffer, startOptions } from "./start-options.ts";
import type { KvStore } from "./state/machine.ts";
import type { Packet } from "./state/messages.ts";
import type { World } from "./types.ts";

/**
 * 16 hex digits over everything that the future of a world depends on. Logs and stores go in by their digests, so the
 * cost does not grow with them. Left out: the set-up, which never changes, its seed unless another took its place, and what
 * is kept for drawing and checking only.
 */
export const hashWorld = (world: World): string => hashOf(world, digested);

/**
 * 16 hex digits, equal for worlds that differ only in clocks, timers and the numbering of events and messages: where
 * somebody who orders every step by hand has come to the same place by another way.
 */
export const shapeOf = (world: World): string => hashOf(world, shaped);

function hashOf(world: World, form: Parts): string {
  const h = new Hasher();
  const { setup, seed, lost: _lost, followed: _followed, clients, ...future } = world;
  const { ended: _ended, operations: _operations, ...asking } = clients;
  addData(h, future, form);
  addData(h, asking, form);
  if (seed !== setup.seed) h.add(seed);
  addOptions(h, setup.raft, world.options, 0);
  for (const { id, group, options } of world.machines.filter(Boolean))
    if (group === 1) addOptions(h, startOptions(setup, id), options, id);
  return h.digest();
}

/** Where nobody has changed anything, as if options could not change. */
function addOptions(h: Sink, before: RaftOptions, now: RaftOptions, whose: ServerId): void {
  if (now === before) return;
  for (const name of optionsThatDiffer(now, before)) {
    h.add(whose);
    h.addText(name);
    addData(h, now[name], digested);
  }
}

/** What a walk adds to. */
type Sink = Pick<Hasher, "add" | "addText">;
type Parts = Readonly<Record<string, (h: Sink, part: unknown) => void>>;

/** What stands for a part that has a digest of its own, by the name under which it is kept. */
const digested: Parts = {
  packets(h, part) {
    const packets = part as readonly Packet[];
    h.add(packets.length);
    for (const packet of packets) addPacket(h, packet);
  },
  log(h, part) {
    const log = part as RaftLog;
    for (const n of [log.base, lastIndex(log), prefixHash(log, lastIndex(log))]) h.add(n);
  },
  store(h, part) {
    h.add((part as KvStore).digest);
  },
  /** Options are part of the set-up, but for those that differ from it (`addOptions`). */
  options() {},
};

const unseen = (): void => {};
const countersAndClocks = [
  ["now", "events", "eventsAtNow", "sequence", "sent", "ref", "copies", "started", "restarts", "writesIssued"],
  ["sentAt", "arrivesAt", "dueAt", "startedAt", "doneAt", "askedAt", "until", "retryAt", "loadNextAt", "asksAt"],
  ["timerSince", "timeout", "timeoutsDrawn", "timerSequence", "heartbeatSince", "clock", "freeAt"],
].flat();

/** Messages under way are a set: none is ahead of another while somebody decides which comes first. */
function addUnordered(h: Sink, part: unknown): void {
  const digests = (part as readonly unknown[]).map((item) => {
    const own = new Hasher();
    addData(own, item, shaped);
    return own.digest();
  });
  for (const digest of digests.sort()) h.addText(digest);
  h.add(digests.length);
}

const shaped: Parts = {
  ...digested,
  ...Object.fromEntries(countersAndClocks.map((name) => [name, unseen])),
  packets: addUnordered,
};

/** What a walk over a packet adds, in order: packets never change, and each is hashed many times. */
const tapes = new WeakMap<Packet, readonly number[]>();
const tapeMost = 200;

class Tape {
  readonly values: number[] = [];
  add(value: number): void {
    this.values.push(value);
  }
  addText(text: string): void {
    this.add(digestText(text));
  }
}

function addPacket(h: Sink, packet: Packet): void {
  let values = tapes.get(packet);
  if (values === undefined) {
    const tape = new Tape();
    addData(tape, packet, digested);
    values = tape.values;
    if (values.length <= tapeMost) tapes.set(packet, values);
  }
  for (const value of values) h.add(value);
}

/** A canonical walk over plain data: kinds and lengths go in too, and names in their order. */
function addData(h: Sink, data: unknown, known: Parts): void {
  switch (typeof data) {
    case "number":
      return h.add(data);
    case "string":
      return h.addText(data);
    case "boolean":
      return h.add(data ? 1 : 2);
    case "undefined":
      return h.add(3);
    default:
      return data === null
        ? h.add(4)
        : Array.isArray(data)
          ? addList(h, data, known)
          : addRecord(h, data as object, known);
  }
}

function addList(h: Sink, list: readonly unknown[], known: Parts): void {
  h.add(list.length);
  for (let i = 0; i < list.length; i++) addData(h, list[i], known);
}

/** What only faults and operators bring about: as long as it is null or empty it adds nothing, as if there were no such thing. */
const ofTrouble = new Set(["appointments", "nemeses", "outside", "overlay", "trouble", "corrupt", "armed", "atStart"]);
const isNothing = (part: unknown): boolean => part === null || (Array.isArray(part) && part.length === 0);

/** What is kept for what is told of a run alone: it changes nothing that happens. */
const forTelling: ReadonlySet<string> = new Set(["hasAnswered"]);

function addRecord(h: Sink, record: object, known: Parts): void {
  const parts = record as Record<string, unknown>;
  for (const name of Object.keys(parts).sort()) {
    if (forTelling.has(name) || (ofTrouble.has(name) && isNothing(parts[name]))) continue;
    const add = Object.hasOwn(known, name) ? known[name] : undefined;
    if (add !== undefined && parts[name] !== null) add(h, parts[name]);
    else addData(h, parts[name], known);
  }
}
