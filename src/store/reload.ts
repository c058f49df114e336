import type { Autosave } from "./session/autosave.ts";
import { labState, session } from "./use-lab.ts";

const returnKey = "driftwood-return";
const momentKey = "driftwood-told-moment";
const savedKey = "driftwood-saved-under";
/** How a told run begins as it is kept (`worker/foreign/file.ts`). */
const toldStart = '{"driftwood":"told",';
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
  if (location.protocol === "file:") return true;
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

const loadedBy = (): NavigationTimingType | undefined =>
  (performance.getEntriesByType("navigation") as PerformanceNavigationTiming[])[0]?.type;

/** Whether the browser has loaded this page before in this tab: by its reload, Back or Forward. */
export const isLoadedAgain = (): boolean => loadedBy() === "reload" || loadedBy() === "back_forward";

/**
 * The same autosave; the address at the time is noted with each save. A run that another program told of has the empty one,
 * also while the address is still that of the run before.
 */
export function notingAddress(autosave: Autosave, address: () => string): Autosave {
  return {
    load: autosave.load,
    save(title, text, savedAt) {
      try {
        sessionStorage.setItem(savedKey, text.startsWith(toldStart) ? "" : address());
      } catch {
        // Then the address is believed, as far as it has come.
      }
      return autosave.save(title, text, savedAt);
    },
  };
}

/**
 * No address says where one is in a run that another program told of: that is noted as the page goes, and what was kept
 * comes back at this moment, without a question.
 */
export function noteMoment(): void {
  const { info, frame } = labState();
  try {
    if (frame === null || info?.told?.kept !== true) return sessionStorage.removeItem(momentKey);
    const { at, event } = frame.position;
    sessionStorage.setItem(momentKey, JSON.stringify({ title: info.title, at: Math.floor(at), event }));
  } catch {
    // Then it comes back at the moment when it was kept.
  }
}

/** Its moment comes last. */
const viewStart = '"view":';
function atMoment(text: string, moment: object): string {
  const place = text.lastIndexOf(viewStart);
  return text.startsWith(toldStart) && place > 0
    ? `${text.slice(0, place)}${viewStart}${JSON.stringify(moment)}}`
    : text;
}

/** The same autosave; a told run that it has kept is at the moment that was noted. */
export const atNotedMoment = (autosave: Autosave): Autosave => ({
  save: autosave.save,
  async load() {
    const saved = await autosave.load();
    if (saved === null || !isLoadedAgain()) return saved;
    try {
      const { title, ...moment } = JSON.parse(sessionStorage.getItem(momentKey) ?? "null") ?? {};
      if (title !== saved.title) return saved;
      return { ...saved, text: atMoment(saved.text, moment) };
    } catch {
      return saved;
    }
  },
});

/**
 * Whether this page was loaded again before the address had come after the run, which it does once a second: it is the one
 * under which the run was saved last. What was saved is newer. A told run that was left is behind no address: it may have
 * changed while the page was on its way.
 */
export function isAddressBehind(address: string): boolean {
  try {
    const wasTold = loadedBy() === "reload" && sessionStorage.getItem(momentKey) !== null;
    return wasTold || (isLoadedAgain() && sessionStorage.getItem(savedKey) === address);
  } catch {
    return false;
  }
}
