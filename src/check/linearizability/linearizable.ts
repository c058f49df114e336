import { isStartValue, startKey } from "../../world/start-command.ts";
import type { ClientOperation } from "../../world/state/clients.ts";
import { type Alternatives, couldBeTold } from "./could.ts";
import { type Call, type Found, search, type Verdict } from "./search.ts";

/** Operations tried, in all keys together: some seconds at the most. A count and no clock, so that every machine says the same. */
const searchBudget = 2_000_000;

/** The same for the question what else could have been told, for each key by itself. */
const alternativesBudget = 200_000;

export interface KeyResult extends Found {
  readonly key: string;
  /** How many operations there are to be placed. */
  readonly operations: number;
  /** Illegal: what the operation that fits nowhere could have been told instead; null otherwise. */
  readonly could: Alternatives | null;
}
export interface Linearizability {
  /** Illegal if some key's is, else unknown if some key's is. */
  readonly verdict: Verdict;
  /** One row per key, sorted; those that are not ok first. */
  readonly keys: readonly KeyResult[];
}

/**
 * Whether the clients' operations can be put in one order that respects who returned before whom was called and
 * explains every answer. Key by key, which is the same (Herlihy and Wing 1990, locality).
 */
export function linearizable(history: Iterable<ClientOperation>, budget = searchBudget): Linearizability {
  let left = budget;
  const keys: KeyResult[] = [];
  for (const [key, calls] of callsByKey(history)) {
    const { order, ...found } = search(calls, left);
    left = Math.max(0, left - found.steps);
    const could = found.verdict === "illegal" ? couldBeTold(calls, found.stuck, alternativesBudget) : null;
    const operations = calls.filter(isClients).length;
    keys.push({ key, operations, ...found, order: order.filter(isClients), could });
  }
  const worst = (["illegal", "unknown", "ok"] as const).find((verdict) => keys.some((row) => row.verdict === verdict));
  return { verdict: worst ?? "ok", keys: keys.sort((a, b) => rank[a.verdict] - rank[b.verdict]) };
}

const rank: Readonly<Record<Verdict, number>> = { illegal: 0, unknown: 1, ok: 2 };

/** Left out: what certainly was not executed, and reads that nobody heard the answer of. */
function callsByKey(history: Iterable<ClientOperation>): [string, Call[]][] {
  const keys = new Map<string, Call[]>();
  for (const { number, operation, called, returned, outcome, value } of history) {
    if (outcome === "failed" || (outcome !== "ok" && operation.op === "get")) continue;
    const call = { number, operation, called, returned: outcome === "ok" ? returned : null, value };
    const known = keys.get(operation.key);
    if (known === undefined) keys.set(operation.key, [call]);
    else known.push(call);
  }
  keys.get(startKey)?.push(...writtenBefore(keys.get(startKey)!));
  return [...keys].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Operations are counted from 1. */
const isClients = ({ number }: { readonly number: number }): boolean => number > 0;

/**
 * Writes of entries that logs had when the run began, as far as answers tell of them and no client can have written the
 * same: each took effect at some time, or never.
 */
function writtenBefore(calls: readonly Call[]): Call[] {
  const written = new Set(calls.flatMap(({ operation }) => ("value" in operation ? [operation.value] : [])));
  const told = new Set(calls.flatMap(({ value }) => (value !== null && isStartValue(value) ? [value] : [])));
  return [...told]
    .filter((value) => !written.has(value))
    .map((value, i) => {
      const operation = { op: "put", key: startKey, value } as const;
      return { number: -i, operation, called: 0, returned: null, value: null };
    });
}
