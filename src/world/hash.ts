import { Hasher } from "../base/hash.ts";
import { lastIndex, prefixHash, type RaftLog } from "../raft/log.ts";
import type { KvStore, World } from "./types.ts";

/**
 * 16 hex digits over everything that the future of a world depends on. Logs and stores go in by their digests, so the
 * cost does not grow with them. Left out: the set-up, which never changes, and what is kept for drawing only.
 */
export function hashWorld(world: World): string {
  const h = new Hasher();
  const { setup: _setup, lost: _lost, client, ...future } = world;
  const { ended: _ended, ...asking } = client;
  addData(h, future);
  addData(h, asking);
  return h.digest();
}

/** What stands for a part that has a digest of its own, by the name under which it is kept. */
const digested: Readonly<Record<string, (h: Hasher, part: unknown) => void>> = {
  log(h, part) {
    const log = part as RaftLog;
    for (const n of [log.base, lastIndex(log), prefixHash(log, lastIndex(log))]) h.add(n);
  },
  store(h, part) {
    h.add((part as KvStore).digest);
  },
  /** A machine's options are part of the set-up. */
  options() {},
};

/** A canonical walk over plain data: kinds and lengths go in too, and names in their order. */
function addData(h: Hasher, data: unknown): void {
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
      return data === null ? h.add(4) : Array.isArray(data) ? addList(h, data) : addRecord(h, data as object);
  }
}

function addList(h: Hasher, list: readonly unknown[]): void {
  h.add(list.length);
  for (let i = 0; i < list.length; i++) addData(h, list[i]);
}

function addRecord(h: Hasher, record: object): void {
  const parts = record as Record<string, unknown>;
  for (const name of Object.keys(parts).sort()) {
    const add = Object.hasOwn(digested, name) ? digested[name] : undefined;
    if (add !== undefined && parts[name] !== null) add(h, parts[name]);
    else addData(h, parts[name]);
  }
}
