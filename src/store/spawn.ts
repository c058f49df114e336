import workerUrl from "../worker/main.ts?worker&url";
import type { WorkerLike } from "./engine.ts";

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
}

/** Under Trusted Types no other address becomes a worker; browsers without them take the address as it is. */
const policy = (globalThis as { readonly trustedTypes?: TrustedTypes }).trustedTypes?.createPolicy("driftwood", {
  createScriptURL(url) {
    if (url !== workerUrl) throw new TypeError("Only the engine's own worker may be started");
    return url;
  },
});

export function spawnWorker(): WorkerLike {
  const url = policy?.createScriptURL(workerUrl) ?? workerUrl;
  return new Worker(url, { type: "module", name: "driftwood" }) as WorkerLike;
}
