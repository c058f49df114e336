import painterUrl from "../paint/thread.ts?worker&url";
import checkerUrl from "../worker/linearize.ts?worker&url";
import workerUrl from "../worker/main.ts?worker&url";
import searchUrl from "../worker/search.ts?worker&url";
import type { CheckerThread } from "./checker.ts";
import type { SearcherLike } from "./search.ts";
import type { WorkerLike } from "./session/engine.ts";

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
}

const own: readonly string[] = [workerUrl, checkerUrl, searchUrl, painterUrl];

/** Under Trusted Types no other addresses become workers; browsers without them take the address as it is. */
const policy = (globalThis as { readonly trustedTypes?: TrustedTypes }).trustedTypes?.createPolicy("driftwood", {
  createScriptURL(url) {
    if (!own.includes(url)) throw new TypeError("Only the engine's own workers may be started");
    return url;
  },
});

export function spawnWorker(): WorkerLike {
  return start(workerUrl, "driftwood") as WorkerLike;
}
export function spawnChecker(): CheckerThread {
  return start(checkerUrl, "driftwood-checker") as unknown as CheckerThread;
}
/** A thread of its own: a search must never make the run wait. */
export function spawnSearch(): SearcherLike {
  return start(searchUrl, "driftwood-search") as SearcherLike;
}

/** It paints what moves, so that the page's own thread need not. */
export function spawnPainter(): Worker {
  return start(painterUrl, "driftwood-painter");
}

const start = (url: string, name: string): Worker =>
  new Worker(policy?.createScriptURL(url) ?? url, { type: "module", name });
