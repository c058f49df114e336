import type { Micros } from "../../base/units.ts";
import type { History } from "../../history/history.ts";
import type { Work } from "../../history/work.ts";
import type { ClientOperation } from "../../world/state/clients.ts";
import type { Range } from "./exporter.ts";
import { seconds } from "./lines.ts";
import { operationsIn } from "./operations.ts";

/**
 * The clients' history as checkers of other programs want it: processes that do one thing after the other. A client of ours
 * may ask several things at once, and one that was given up may still be executed: each of these takes a process of its own.
 */

export type Ending = "ok" | "fail" | "info";
export interface CallOrEnd {
  readonly at: Micros;
  readonly operation: ClientOperation;
  readonly process: number;
  /** Null: it is the call. */
  readonly ending: Ending | null;
}

const endings = { ok: "ok", failed: "fail", unknown: "info" } as const;

/** Calls and endings in the order in which clients saw them; what has no ending is still open. */
export function callsAndEnds(operations: readonly ClientOperation[]): readonly CallOrEnd[] {
  const moments = operations.flatMap((operation) => {
    const { outcome, calledAt, endedAt, called, returned } = operation;
    const call = { at: calledAt, order: called, operation, ending: null };
    if (outcome === "open" || endedAt === null) return [call];
    // An ending that tells nothing of the order comes last in its instant.
    return [call, { at: endedAt, order: returned ?? Number.POSITIVE_INFINITY, operation, ending: endings[outcome] }];
  });
  const inOrder = moments.sort((a, b) => a.at - b.at || compared(a.order, b.order));
  const processes = new Processes();
  return inOrder.map(({ at, operation, ending }) => ({
    at,
    operation,
    ending,
    process: processes.of(operation, ending),
  }));
}

const compared = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1);

class Processes {
  private readonly free: boolean[] = [];
  private readonly taken = new Map<number, number>();

  of({ number }: ClientOperation, ending: Ending | null): number {
    if (ending === null) return this.take(number);
    const process = this.taken.get(number)!;
    if (ending !== "info") this.free[process] = true;
    return process;
  }

  private take(number: number): number {
    const found = this.free.indexOf(true);
    const process = found < 0 ? this.free.length : found;
    this.free[process] = false;
    this.taken.set(number, process);
    return process;
  }
}

/** What clients called in a stretch, and what a checker must know of it. */
export function* clientHistory(
  run: History,
  range: Range,
): Work<{ readonly operations: readonly ClientOperation[]; readonly notes: readonly string[] }> {
  const operations = yield* operationsIn(run, range);
  const earlier = run.current.actions.some(
    ({ at, act }) => at < range.from && (act.do === "request" || act.do === "load"),
  );
  const begun = run.setup.servers.some(({ log }) => log.length > 0);
  const notes = [
    ...(earlier ? [`What was called before ${seconds(range.from)} is left out, and reads may tell of it.`] : []),
    ...(begun ? ["What logs had when the run began is in no operation, and reads may tell of it."] : []),
  ];
  return { operations, notes };
}
