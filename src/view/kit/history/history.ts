import type { Micros } from "../../../base/units.ts";
import type { OperationRow } from "../../../worker/protocol/clients.ts";
import type { Requests } from "../../../worker/protocol/requests.ts";
import { httpOf } from "./http.ts";
import { asOf, type Operation, waiting } from "./operation.ts";

/** What clients asked and were told, as far as it is known here. */
export interface ClientHistory {
  /** Ascending by call; each at its place in the worker's list. */
  readonly operations: readonly Operation[];
  /** The same as the worker told them: what a checker takes. */
  readonly rows: readonly OperationRow[];
}
export const emptyHistory: ClientHistory = { operations: [], rows: [] };

type Answer = Requests["history"]["answer"];

/** From where the worker's list may differ from what is known: the first operation that had not ended. */
export function firstOpen({ operations }: ClientHistory): number {
  const place = operations.findIndex(({ endedAt }) => endedAt === null);
  return place < 0 ? operations.length : place;
}

/** Takes the rows at their places. Operations that nothing happened to keep their identity. */
export function extended(history: ClientHistory, { rows, from }: Answer): ClientHistory {
  if (rows.length === 0) return history;
  const { operations } = history;
  const fresh = rows.map((row, i) => {
    const known = operations[from + i];
    return known !== undefined && known.endedAt === row.endedAt ? known : operationOf(row);
  });
  return { operations: placed(operations, fresh, from), rows: placed(history.rows, rows, from) };
}

/** What there was of it at that time: what is called later is not there, what ends later waits. */
export function upTo(history: ClientHistory, at: Micros): ClientHistory {
  if (history.operations.every(({ calledAt, endedAt }) => calledAt <= at && (endedAt === null || endedAt <= at)))
    return history;
  const rows = history.rows.filter(({ calledAt }) => calledAt <= at);
  const operations = history.operations.filter(({ calledAt }) => calledAt <= at);
  return { rows: rows.map((row) => rowAsOf(row, at)), operations: operations.map((one) => asOf(one, at)) };
}

const rowAsOf = (row: OperationRow, at: Micros): OperationRow =>
  row.endedAt === null || row.endedAt <= at
    ? row
    : { ...row, endedAt: null, returned: null, outcome: "open", value: null, result: waiting };

const placed = <Item>(list: readonly Item[], items: readonly Item[], from: number): readonly Item[] => [
  ...list.slice(0, from),
  ...items,
  ...list.slice(from + items.length),
];

const states = { open: "asking", ok: "done", failed: "failed", unknown: "unknown" } as const;

function operationOf(row: OperationRow): Operation {
  const { number, client, calledAt, endedAt, outcome, operation, server, text } = row;
  return {
    number,
    client,
    calledAt,
    // Nobody knows when what was given up on takes effect, if ever: as a bar it never ends.
    answeredAt: outcome === "unknown" ? null : endedAt,
    endedAt,
    asked: text,
    http: httpOf(row),
    key: operation.key,
    reads: operation.op === "get",
    server,
    state: states[outcome],
    answer: answerOf(row),
  };
}

function answerOf({ outcome, operation, value }: OperationRow): string {
  if (outcome === "open") return waiting;
  if (outcome !== "ok") return outcome === "unknown" ? "unknown" : "not executed";
  switch (operation.op) {
    case "put":
    case "delete":
      return "ok";
    case "get":
      return value ?? "nil";
    case "cas":
      return value === operation.expected ? "ok" : `no, it is ${value ?? "nil"}`;
    case "increment":
      return value ?? "not a number";
  }
}
