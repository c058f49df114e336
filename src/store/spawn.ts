import painterUrl from "../paint/thread.ts?worker&url";
import experimentUrl from "../worker/experiment.ts?worker&url";
import checkerUrl from "../worker/linearize.ts?worker&url";
import workerUrl from "../worker/main.ts?worker&url";
import searchUrl from "../worker/search.ts?worker&url";
import type { CheckerThread } from "./checker.ts";
import type { ExperimenterLike } from "./experiment/pool.ts";
import type { SearcherLike } from "./search.ts";
import type { WorkerLike } from "./session/engine.ts";

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
}

/** The service worker, beside the page (`build/offline.ts`). */
const offlineUrl = "sw.js";

const own: readonly string[] = [workerUrl, checkerUrl, searchUrl, painterUrl, experimentUrl, offlineUrl];

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
/** One of several, which together do what one experiment asks. */
export function spawnExperimenter(): ExperimenterLike {
  return start(experimentUrl, "driftwood-experimenter") as ExperimenterLike;
}

/** It paints what moves, so that the page's own thread need not. */
export function spawnPainter(): Worker {
  return start(painterUrl, "driftwood-painter");
}

/** Rejects where the browser keeps nothing. */
export const registerOffline = (): Promise<ServiceWorkerRegistration> =>
  navigator.serviceWorker.register(trusted(offlineUrl));

const trusted = (url: string): string => policy?.createScriptURL(url) ?? url;
/** As one file (`build/one-file.ts`) the page has its threads as texts, of which browsers make no modules. */
const type = import.meta.env.MODE === "single" ? "classic" : "module";
const start = (url: string, name: string): Worker => new Worker(trusted(url), { type, name });
