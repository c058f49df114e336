import { create } from "zustand";
import { registerOffline } from "./spawn.ts";
import { isFramed } from "./story.ts";

/** A newer version than this page is ready: the next load of the page has it. */
export const useNewer = create<{ readonly ready: boolean }>(() => ({ ready: false }));

/** A page that stays open looks for a new version when somebody comes back to it, but not more often. Milliseconds. */
const lookEvery = 3_600_000;

let begun = false;

/** Lets the page be opened without a network from now on. Not in other people's pages, and not while it is developed. */
export function serveOffline(): void {
  if (begun || import.meta.env.MODE !== "production" || isFramed() || !("serviceWorker" in navigator)) return;
  begun = true;
  // Where it may not be kept, it is a page as any other.
  registerOffline().catch(() => {});
  const { serviceWorker } = navigator;
  serviceWorker.addEventListener("message", ({ data }: MessageEvent<{ readonly driftwood?: unknown }>) => {
    if (typeof data?.driftwood === "string" && !isOwn(data.driftwood)) useNewer.setState({ ready: true });
  });
  serviceWorker.startMessages();
  void serviceWorker.ready.then(follow);
}

/** Asks each version that comes which it is: this page may be of that one already. */
function follow(registration: ServiceWorkerRegistration): void {
  const ask = () => registration.waiting?.postMessage("version");
  const watch = () => registration.installing?.addEventListener("statechange", ask);
  // Without a network there is nothing new.
  const look = () => registration.update().catch(() => null);
  watch();
  registration.addEventListener("updatefound", watch);
  // What waits already may be older than what this page came with.
  void look().then((found) => found !== null && registration.installing === null && ask());
  let looked = performance.now();
  document.addEventListener("visibilitychange", () => {
    if (document.hidden || performance.now() < looked + lookEvery) return;
    looked = performance.now();
    void look();
  });
}

/** Whether the page's own script is this file. */
function isOwn(entry: string): boolean {
  const scripts = [...document.querySelectorAll<HTMLScriptElement>('script[type="module"]')];
  return scripts.some(({ src }) => src.endsWith(`/${entry}`));
}
