import type { LogIndex } from "../base/units.ts";
import type { Entry } from "./entry.ts";
import { entryAt } from "./log.ts";
import { unlimited } from "./options.ts";
import type { Server } from "./types.ts";

/** Bytes of what an entry carries; 0 if it is empty. */
const payloadOf = ({ command, change }: Pick<Entry, "command" | "change">): number =>
  (command?.bytes ?? 0) + (change?.bytes ?? 0);

/** What an entry counts where pages and messages are limited: an empty one is not free. */
const sizeOf = (entry: Entry): number => Math.max(1, payloadOf(entry));

export const sizeOfAll = (entries: readonly Entry[]): number => entries.reduce((sum, entry) => sum + sizeOf(entry), 0);

export const payloadOfAll = (entries: readonly Pick<Entry, "command" | "change">[]): number =>
  entries.reduce((sum, entry) => sum + payloadOf(entry), 0);

/** The last index, at most `most`, so that first … last are not larger than `sizeMost` together, but at least one entry. */
export function endOfPage(server: Server, first: LogIndex, most: LogIndex, sizeMost: number): LogIndex {
  if (sizeMost >= unlimited) return most;
  let size = 0;
  for (let index = first; index <= most; index++) {
    size += sizeOf(entryAt(server.log, index));
    if (size > sizeMost && index > first) return index - 1;
  }
  return most;
}
