import type { KvOperation } from "../../world/state/commands.ts";

/** One key as a client may think of it: a register. null: it has no value. */
export type Register = string | null;

export interface Effect {
  readonly state: Register;
  /** What the client is told: the value read or replaced; after an increment, the new value. */
  readonly value: string | null;
}

/**
 * What an operation does to its key if it is executed alone. Written apart from the store that the servers run: a
 * mistake in one shows as a difference from the other.
 */
export function effectOf(operation: KvOperation, before: Register): Effect {
  switch (operation.op) {
    case "get":
      return { state: before, value: before };
    case "put":
      return { state: operation.value, value: before };
    case "delete":
      return { state: null, value: before };
    case "cas":
      return { state: before === operation.expected ? operation.value : before, value: before };
    case "increment":
      return incremented(operation.by, before);
  }
}

/** What is not a whole number of at most 15 digits, and what would no longer be one, stays as it is. */
function incremented(by: number, before: Register): Effect {
  const after = before === null || /^-?\d{1,15}$/.test(before) ? Number(before ?? 0) + by : Number.NaN;
  if (!(Math.abs(after) < 1e15)) return { state: before, value: null };
  return { state: String(after), value: String(after) };
}
