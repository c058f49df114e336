import type { Autosave } from "./session/autosave.ts";
import { session } from "./use-lab.ts";

const returnKey = "driftwood-return";
const savedKey = "driftwood-saved-under";
const unreachable = "The page cannot be reached at the moment. This one goes on.";
const unsaved = "This run could not be saved, so the page was not loaded again.";

/** Loads the page again, in the version that there is now, with the run at the moment that is shown. */
export async function reloadPage(): Promise<void> {
  if (!(await session.hold())) return session.notify(unsaved, "error");
  if (!(await reachable())) return session.notify(unreachable, "error");
  sessionStorage.setItem(returnKey, "now");
  location.reload();
}

/** What cannot be loaded must not take the place of what is there. */
async function reachable(): Promise<boolean> {
  try {
    return (await fetch(location.href, { method: "HEAD", cache: "no-store" })).ok;
  } catch {
    return false;
  }
}

/** Whether this page was loaded by `reloadPage`: then it goes on with the run that was held. True once. */
export function isReturn(): boolean {
  try {
    const returned = sessionStorage.getItem(returnKey) !== null;
    sessionStorage.removeItem(returnKey);
    return returned;
  } catch {
    // A browser that keeps nothing has not kept the run either.
    return false;
  }
}

/** Whether the browser has loaded this page before in this tab: by its reload, Back or Forward. */
export function isLoadedAgain(): boolean {
  const [entry] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  return entry?.type === "reload" || entry?.type === "back_forward";
}

/** The same autosave; the address at the time is noted with each save. */
export function notingAddress(autosave: Autosave, address: () => string): Autosave {
  return {
    load: autosave.load,
    save(title, text, savedAt) {
      try {
        sessionStorage.setItem(savedKey, address());
      } catch {
        // Then the address is believed, as far as it has come.
      }
      return autosave.save(title, text, savedAt);
    },
  };
}

/**
 * Whether this page was loaded again before the address had come after the run, which it does once a second: it is the one
 * under which the run was saved last. What was saved is newer.
 */
export function isAddressBehind(address: string): boolean {
  try {
    return isLoadedAgain() && sessionStorage.getItem(savedKey) === address;
  } catch {
    return false;
  }
}
