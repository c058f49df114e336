import type { LogIndex } from "../base/units.ts";
import { entryAt } from "./log.ts";
import { unlimited } from "./options.ts";
import type { Entry, Server } from "./types.ts";

/** The last index, at most `most`, so that first … last holds at most so many bytes of commands, but at least one entry. */
export function endOfPage(server: Server, first: LogIndex, most: LogIndex, bytesMost: number): LogIndex {
  if (bytesMost >= unlimited) return most;
  let bytes = 0;
  for (let index = first; index <= most; index++) {
    bytes += bytesAt(server, index);
    if (bytes > bytesMost && index > first) return index - 1;
  }
  return most;
}

/** Bytes of the commands first … last. */
export function bytesBetween(server: Server, first: LogIndex, last: LogIndex): number {
  let bytes = 0;
  for (let index = first; index <= last; index++) bytes += bytesAt(server, index);
  return bytes;
}

/** Bytes of the commands of some entries. */
export const bytesIn = (entries: readonly Entry[]): number =>
  entries.reduce((sum, { command }) => sum + (command?.bytes ?? 0), 0);

const bytesAt = (server: Server, index: LogIndex): number => entryAt(server.log, index).command?.bytes ?? 0;
