import type { FromWorker, InputProblem, RequestKind, Requests, ToWorker } from "../../worker/protocol/requests.ts";

/** What came of a request. `lost`: the worker died before it answered. */
export type Outcome<K extends RequestKind> =
  | { readonly kind: "answer"; readonly answer: Requests[K]["answer"] }
  | { readonly kind: "problem"; readonly problem: InputProblem }
  | { readonly kind: "lost" };

/** Silence of this long while a request waits means that the worker hangs. In milliseconds. */
const silenceMax = 2000;
/** The worker's script may take this long to load before it says its first word. */
const loadMax = 20_000;
const watchEvery = 250;

interface Pending {
  readonly kind: RequestKind;
  readonly since: number;
  readonly settle: (outcome: Outcome<RequestKind>) => void;
}

/** The parts of a Worker that are needed: a test brings its own. */
export interface WorkerLike {
  postMessage(message: ToWorker): void;
  terminate(): void;
  onmessage: ((event: { readonly data: FromWorker }) => void) | null;
  onerror: ((event: { readonly message?: string; preventDefault?(): void }) => void) | null;
  onmessageerror: (() => void) | null;
}

export interface Engine {
  /** Posts one request. Never rejects; requests are answered in the order in which they were asked. */
  ask<K extends RequestKind>(kind: K, ask: Requests[K]["ask"]): Promise<Outcome<K>>;
  /** Starts a worker; the one before it, if any, is ended and its requests are lost. */
  start(): void;
  /** Requests without an answer; with a kind, only those. */
  waiting(except?: RequestKind): number;
}

/**
 * Owns the worker: typed requests in, outcomes out, and a watchdog. When the worker throws, cannot be loaded, or is
 * silent for two seconds while a request waits, it is ended, every request settles as `lost`, and `onDeath` is told
 * why; the engine stays without a worker until `start` is called again.
 */
export function createEngine(spawn: () => WorkerLike, onDeath: (reason: string) => void, now: () => number): Engine {
  let worker: WorkerLike | null = null;
  let nextId = 1;
  let lastSign = 0;
  let spoken = false;
  let lastWatch = 0;
  let watch: ReturnType<typeof setInterval> | null = null;
  const pending = new Map<number, Pending>();

  function sign(): void {
    lastSign = now();
    spoken = true;
  }

  function receive(message: FromWorker): void {
    sign();
    if (message.kind === "alive") return;
    const entry = pending.get(message.id);
    pending.delete(message.id);
    if (message.kind === "answer") entry?.settle({ kind: "answer", answer: message.answer });
    else entry?.settle({ kind: "problem", problem: message.problem });
  }

  function end(): void {
    worker?.terminate();
    worker = null;
    if (watch !== null) clearInterval(watch);
    watch = null;
    const lost = [...pending.values()];
    pending.clear();
    for (const entry of lost) entry.settle({ kind: "lost" });
  }

  function die(reason: string): void {
    if (worker === null) return;
    end();
    onDeath(reason);
  }

  function look(): void {
    const time = now();
    // The page itself stood still (sleep, debugger, hidden tab): the worker's words may still be in the mail.
    if (time - lastWatch > watchEvery * 4) lastSign = time;
    lastWatch = time;
    const oldest = Math.min(...[...pending.values()].map((p) => p.since));
    const silent = time - Math.max(lastSign, oldest);
    if (pending.size > 0 && silent > (spoken ? silenceMax : loadMax)) die("it did not answer for 2 seconds");
  }

  function start(): void {
    end();
    spoken = false;
    lastSign = lastWatch = now();
    try {
      worker = spawn();
    } catch (error) {
      queueMicrotask(() => onDeath(`it could not start: ${String(error)}`));
      return;
    }
    worker.onmessage = (event) => receive(event.data);
    worker.onerror = (event) => {
      event.preventDefault?.();
      die(event.message ? `it failed: ${event.message.replace(/^Uncaught /, "")}` : "it could not be loaded");
    };
    worker.onmessageerror = () => die("its message could not be read");
    watch = setInterval(look, watchEvery);
  }

  function ask<K extends RequestKind>(kind: K, question: Requests[K]["ask"]): Promise<Outcome<K>> {
    return new Promise((resolve) => {
      if (worker === null) return resolve({ kind: "lost" });
      const id = nextId++;
      pending.set(id, { kind, since: now(), settle: resolve as Pending["settle"] });
      worker.postMessage({ id, kind, ...question } as unknown as ToWorker);
    });
  }

  return {
    ask,
    start,
    waiting: (except) => [...pending.values()].filter((p) => p.kind !== except).length,
  };
}
