import type { FromWorker, InputProblem, RequestKind, Requests, ToWorker } from "../../worker/protocol/requests.ts";

import { createHearing, type Heard } from "./hearing.ts";

/** What came of a request. `lost`: the worker died before it answered. */
export type Outcome<K extends RequestKind> =
  | { readonly kind: "answer"; readonly answer: Requests[K]["answer"] }
  | { readonly kind: "problem"; readonly problem: InputProblem }
  /** It was told to stop, and has left everything as it was. */
  | { readonly kind: "cancelled" }
  | { readonly kind: "lost" };

/** A request that takes long, and how much of it is done: 0 … 1. */
export interface Working {
  readonly kind: RequestKind;
  readonly done: number;
}

/** Silence of this long while a request waits means that the worker hangs. In milliseconds. */
const silenceMax = 2000;
/** The worker's script may take this long to load before it says its first word. */
const loadMax = 20_000;
const watchEvery = 250;

interface Pending {
  readonly kind: RequestKind;
  readonly since: number;
  readonly onLong: () => void;
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
  /**
   * Posts one request. Never rejects; requests are answered in the order in which they were asked, but for `open`.
   * `onLong` is called when it begins to take long.
   */
  ask<K extends RequestKind>(kind: K, ask: Requests[K]["ask"], onLong?: () => void): Promise<Outcome<K>>;
  /** Tells the worker to stop whatever it does of that kind. */
  cancel(kind: RequestKind): void;
  /** Starts a worker; the one before it, if any, is ended and its requests are lost. */
  start(): void;
  /** Requests without an answer; with a kind, only those. */
  waiting(except?: RequestKind): number;
}

/**
 * Owns the worker: typed requests in, outcomes out, and a watchdog. When the worker throws, cannot be loaded, or is
 * silent for two seconds while a request waits, it is ended, every request settles as `lost`, and `onDeath` is told
 * why; the engine stays without a worker until `start` is called again. `onWorking` hears how far a request is that
 * takes long, and null when it is over.
 */
export function createEngine(
  spawn: () => WorkerLike,
  onDeath: (reason: string) => void,
  now: () => number,
  onWorking: (working: Working | null) => void = () => {},
): Engine {
  let worker: WorkerLike | null = null;
  let nextId = 1;
  let lastSign = 0;
  let spoken = false;
  let lastWatch = 0;
  let watch: ReturnType<typeof setInterval> | null = null;
  /** The request that was last heard to take long. */
  let long = 0;
  const pending = new Map<number, Pending>();
  let heard = createHearing();

  /** What has said that it will be silent is not expected to be heard. */
  function sign(): void {
    lastSign = Math.max(lastSign, now());
    spoken = true;
  }

  function receive(said: FromWorker): void {
    sign();
    const message = heard(said);
    if (message.kind === "progress" && message.silent !== undefined) lastSign += message.silent;
    if (message.kind === "alive") return;
    const entry = pending.get(message.id);
    if (entry === undefined) return;
    if (message.kind === "progress") return tell(message.id, entry, message.done / message.of);
    pending.delete(message.id);
    lastSign = now();
    if (message.id === long) calm();
    entry.settle(outcomeOf(message));
  }

  function tell(id: number, { kind, onLong }: Pending, done: number): void {
    long = id;
    onLong();
    onWorking({ kind, done: Math.min(1, Math.max(0, done)) });
  }

  function calm(): void {
    if (long !== 0) onWorking(null);
    long = 0;
  }

  function end(): void {
    worker?.terminate();
    worker = null;
    if (watch !== null) clearInterval(watch);
    watch = null;
    calm();
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
    if (time - lastWatch > watchEvery * 4) lastSign = Math.max(lastSign, time);
    lastWatch = time;
    const oldest = Math.min(...[...pending.values()].map((p) => p.since));
    const silent = time - Math.max(lastSign, oldest);
    if (pending.size > 0 && silent > (spoken ? silenceMax : loadMax)) die("it did not answer for 2 seconds");
  }

  function start(): void {
    end();
    spoken = false;
    heard = createHearing();
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

  function ask<K extends RequestKind>(
    kind: K,
    question: Requests[K]["ask"],
    onLong: () => void = () => {},
  ): Promise<Outcome<K>> {
    return new Promise((resolve) => {
      if (worker === null) return resolve({ kind: "lost" });
      const id = nextId++;
      pending.set(id, { kind, since: now(), onLong, settle: resolve as Pending["settle"] });
      worker.postMessage({ id, kind, ...question } as unknown as ToWorker);
    });
  }

  function cancel(kind: RequestKind): void {
    for (const [id, entry] of pending) if (entry.kind === kind) worker?.postMessage({ kind: "cancel", id });
  }

  return {
    ask,
    cancel,
    start,
    waiting: (except) => [...pending.values()].filter((p) => p.kind !== except).length,
  };
}

function outcomeOf(message: Exclude<Heard, { readonly kind: "alive" | "progress" }>): Outcome<RequestKind> {
  switch (message.kind) {
    case "answer":
      return { kind: "answer", answer: message.answer };
    case "problem":
      return { kind: "problem", problem: message.problem };
    case "cancelled":
      return { kind: "cancelled" };
  }
}
