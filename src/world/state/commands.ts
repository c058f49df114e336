import type { ClientId } from "../../base/units.ts";
import type { Command } from "../../raft/entry.ts";
import type { SessionTag } from "../sessions.ts";

export type KvOperation =
  | { readonly op: "put"; readonly key: string; readonly value: string }
  | { readonly op: "get"; readonly key: string }
  | { readonly op: "delete"; readonly key: string }
  /** Compare and swap: puts the value if the key has the expected one; null: if it has none. */
  | { readonly op: "cas"; readonly key: string; readonly expected: string | null; readonly value: string }
  /** No value counts as 0; what is no integer stays. */
  | { readonly op: "increment"; readonly key: string; readonly by: number };
/** What the state machine executes: a client's operation, or the opening of its session. */
export type Operation = KvOperation | { readonly op: "session"; readonly client: ClientId };
/** How a get is served: through the log, confirmed by a round of heartbeats, by the lease, or by whoever is asked at once. */
export type ReadMode = "log" | "index" | "lease" | "stale";

/** A command of the replicated key-value store. `request` is the client's request number, 0 for none. */
export interface KvCommand extends Command {
  readonly operation: Operation;
  readonly request: number;
  /** Its place in its client's session; null: it belongs to none, and may be executed twice if it is repeated. */
  readonly tag: SessionTag | null;
}
