import { session } from "./use-lab.ts";

const returnKey = "driftwood-return";
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
