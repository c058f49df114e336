import type { LogIndex, Term } from "../base/units.ts";
import type { KvOperation } from "./state/commands.ts";

/** The key that entries write which a log has when a run begins. */
export const startKey = "x";

/** What such an entry does: equal terms at an index mean equal entries, as Log Matching demands. */
export const startCommand = (term: Term, index: LogIndex): KvOperation => ({
  op: "put",
  key: startKey,
  value: `${term}.${index}`,
});

/** Whether such an entry may have written the value. */
export const isStartValue = (value: string): boolean => /^\d+\.\d+$/.test(value);
