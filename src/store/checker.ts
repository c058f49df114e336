import type { Linearizability, OperationRow } from "../worker/protocol/clients.ts";

/** The parts of a Worker that are needed. */
export interface CheckerThread {
  postMessage(rows: readonly OperationRow[]): void;
  terminate(): void;
  onmessage: ((event: { readonly data: Linearizability }) => void) | null;
  onerror: ((event: { preventDefault?(): void }) => void) | null;
}

/**
 * Asks the second thread. A question that comes while one is being answered ends the thread and starts another: a
 * search may take seconds, and nobody waits for it any more. Null: it was overtaken, or the thread failed.
 */
export function createChecker(spawn: () => CheckerThread): Ask {
  let thread: CheckerThread | null = null;
  let waiting: ((answer: Linearizability | null) => void) | null = null;
  const settle = (answer: Linearizability | null): void => {
    waiting?.(answer);
    waiting = null;
  };
  const end = (): void => {
    thread?.terminate();
    thread = null;
    settle(null);
  };
  return (rows) => {
    if (waiting !== null) end();
    return new Promise((resolve) => {
      waiting = resolve;
      thread ??= spawn();
      thread.onmessage = ({ data }) => settle(data);
      thread.onerror = (event) => {
        event.preventDefault?.();
        end();
      };
      thread.postMessage(rows);
    });
  };
}

type Ask = (rows: readonly OperationRow[]) => Promise<Linearizability | null>;

/** Several panels ask of the same history: they share one question and its answer. */
export function sharing(ask: Ask): Ask {
  let last: { readonly asked: string; readonly answer: ReturnType<Ask> } | null = null;
  return (rows) => {
    const asked = rows
      .map(({ number, called, returned, outcome, text, result }) =>
        [number, called, returned, outcome, text, result].join(" "),
      )
      .join("\n");
    if (last?.asked === asked) return last.answer;
    const answer = ask(rows);
    last = { asked, answer };
    void answer.then((found) => {
      if (found === null && last?.answer === answer) last = null;
    });
    return answer;
  };
}
