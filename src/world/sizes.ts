import type { Entry } from "../raft/entry.ts";
import type { CarriedSnapshot } from "./state/machine.ts";
import type { Payload } from "./state/messages.ts";

/** Bytes of a message besides what it carries: its kind, its ends, a handful of numbers. The same for every kind. */
export const envelopeBytes = 32;
/** Index and term of an entry. */
const entryBytes = 8;

/** How long a message is, in bytes: what a link with a bandwidth needs time for. */
export function sizeOf(payload: Payload): number {
  return envelopeBytes + carriedBytes(payload);
}

function carriedBytes(payload: Payload): number {
  switch (payload.type) {
    case "AppendEntries":
      return entriesBytes(payload.entries);
    case "InstallSnapshot":
      return (payload.snapshot as CarriedSnapshot).bytes;
    default:
      return 0;
  }
}

function entriesBytes(entries: readonly Entry[]): number {
  let bytes = 0;
  for (const { command } of entries) bytes += entryBytes + (command?.bytes ?? 0);
  return bytes;
}
