import type { CallView, Requests, ReturnView } from "../../worker/protocol.ts";
import { type Operation, waiting } from "./operation.ts";

/** What clients asked and were told so far: grows by what the worker adds. */
export interface ClientHistory {
  /** Ascending by call. */
  readonly operations: readonly Operation[];
  /** Events up to here are in it. */
  readonly upTo: number;
  readonly more: boolean;
}
export const emptyHistory: ClientHistory = { operations: [], upTo: 0, more: true };

type Answer = Requests["operations"]["answer"];

/** Operations that nothing was added to keep their identity. */
export function extended(known: ClientHistory, { calls, returns, upTo, more }: Answer): ClientHistory {
  if (calls.length === 0 && returns.length === 0) return { ...known, upTo, more };
  const ends = new Map(returns.map((end) => [end.number, end]));
  const operations = [...known.operations, ...calls.map(asked)].map((operation) => {
    const end = ends.get(operation.number);
    return end === undefined ? operation : ended(operation, end);
  });
  return { operations, upTo, more };
}

function asked({ at, text, ...call }: CallView): Operation {
  return {
    ...call,
    calledAt: at,
    answeredAt: null,
    endedAt: null,
    asked: text,
    state: "asking",
    answer: waiting,
  };
}

/** A client that has given up knows nothing: as a bar, its operation never ends. */
function ended(operation: Operation, { at, state, value }: ReturnView): Operation {
  return {
    ...operation,
    answeredAt: state === "unknown" ? null : at,
    endedAt: at,
    state,
    answer:
      state === "unknown"
        ? "unknown"
        : state === "failed"
          ? (value ?? "refused")
          : operation.reads
            ? (value ?? "nil")
            : "ok",
  };
}
