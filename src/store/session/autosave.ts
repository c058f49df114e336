import { createStore, get, set, type UseStore } from "idb-keyval";
import { digestText } from "../../base/hash.ts";

/** A recording as it is kept in the browser. `number` counts saves, so that the newer of two slots is known. */
export interface Saved {
  readonly number: number;
  readonly savedAt: number;
  readonly title: string;
  readonly text: string;
  readonly sum: number;
}

/** Two keys that are written in turn: a save that is cut short leaves the one before it whole. */
const slotNames = ["a", "b"] as const;

export interface Storage {
  read(slot: string): Promise<unknown>;
  write(slot: string, saved: Saved): Promise<void>;
}

function sumOf(saved: Omit<Saved, "sum">): number {
  return digestText(`${saved.number}\n${saved.savedAt}\n${saved.title}\n${saved.text}`);
}

/** What came back from storage, if it is whole; null for anything else, whatever it is. */
export function checkSaved(value: unknown): Saved | null {
  if (typeof value !== "object" || value === null) return null;
  const { number, savedAt, title, text, sum } = value as Record<string, unknown>;
  if (typeof number !== "number" || typeof savedAt !== "number" || typeof sum !== "number") return null;
  if (typeof title !== "string" || typeof text !== "string") return null;
  const saved = { number, savedAt, title, text, sum };
  return sumOf(saved) === sum ? saved : null;
}

/** The newest whole save of the two slots. */
export function newest(slots: readonly unknown[]): Saved | null {
  const whole = slots.map(checkSaved).filter((saved) => saved !== null);
  return whole.reduce<Saved | null>(
    (best, saved) => (best === null || saved.number > best.number ? saved : best),
    null,
  );
}

export interface Autosave {
  /** The newest save that is left from before; null if there is none or storage cannot be read. */
  load(): Promise<Saved | null>;
  /** Writes the older slot. False: nothing was kept, the browser does not allow it. */
  save(title: string, text: string, savedAt: number): Promise<boolean>;
}

/** Keeps the run in `storage`. Never throws: where storage is missing, full or forbidden it says false. */
export function createAutosave(storage: Storage): Autosave {
  let count = 0;
  let before: Promise<Saved | null> | null = null;

  async function read(): Promise<Saved | null> {
    try {
      const saved = newest(await Promise.all(slotNames.map((slot) => storage.read(slot))));
      count = saved?.number ?? 0;
      return saved;
    } catch {
      return null;
    }
  }
  const load = () => {
    before ??= read();
    return before;
  };

  return {
    load,
    async save(title, text, savedAt) {
      // A save with a lower number than one from before would be taken for the older of the two.
      await load();
      count += 1;
      const body = { number: count, savedAt, title, text };
      try {
        await storage.write(slotNames[count % 2 === 0 ? 0 : 1], { ...body, sum: sumOf(body) });
        return true;
      } catch {
        return false;
      }
    },
  };
}

/** IndexedDB, under keys of this tab: two tabs never write the same slot. */
export function browserStorage(tab: Promise<number>): Storage {
  let database: UseStore | null = null;
  const open = () => (database ??= createStore("driftwood", "runs"));
  return {
    read: async (slot) => get(`${await tab}/${slot}`, open()),
    write: async (slot, saved) => set(`${await tab}/${slot}`, saved, open()),
  };
}

/** Where the tab notes its number, for the page that it loads next. */
const tabKey = "driftwood-tab";
/** A page that was left gives its number back in less. Milliseconds. */
const leavingMost = 3000;

/**
 * The number of the page that this tab has just left, if it was loaded again; otherwise the lowest that no other open tab
 * holds. It is held until the tab closes. 0 where locks do not exist.
 */
export async function claimTab(again: boolean): Promise<number> {
  if (!("locks" in navigator)) return 0;
  const before = again ? noted() : null;
  const tab = before !== null && (await inherit(before)) ? before : await lowestFree();
  try {
    sessionStorage.setItem(tabKey, String(tab));
  } catch {
    // Then the next page takes the lowest that is free.
  }
  return tab;
}

function noted(): number | null {
  try {
    const tab = Number.parseInt(sessionStorage.getItem(tabKey) ?? "", 10);
    return Number.isSafeInteger(tab) ? tab : null;
  } catch {
    return null;
  }
}

/** The page before may still hold it for a moment. Who holds it for longer is another tab, of which this one is a copy. */
const inherit = (tab: number): Promise<boolean> => claim(tab, { signal: AbortSignal.timeout(leavingMost) });

async function lowestFree(): Promise<number> {
  for (let tab = 0; tab < 16; tab++) if (await claim(tab, { ifAvailable: true })) return tab;
  return 0;
}

function claim(tab: number, options: LockOptions): Promise<boolean> {
  return new Promise((resolve) => {
    const held = navigator.locks.request(`driftwood-tab-${tab}`, options, (lock) => {
      resolve(lock !== null);
      return lock === null ? undefined : new Promise(() => {});
    });
    held.catch(() => resolve(options.signal === undefined));
  });
}
