import { beforeEach, expect, test, vi } from "vitest";
import { claimTab } from "./autosave.ts";

/** Tabs of one browser: each has its own notes, and all ask for the same locks. */
const holders = new Map<string, () => void>();
const waiting = new Map<string, (() => void)[]>();

type Grant = (lock: { readonly name: string } | null) => Promise<void> | undefined;
const locks = {
  request(name: string, options: LockOptions, grant: Grant): Promise<void> {
    const take = (): Promise<void> => {
      void grant({ name });
      return new Promise((release) => holders.set(name, release));
    };
    if (!holders.has(name)) return take();
    if (options.ifAvailable === true) return Promise.resolve(grant(null));
    return new Promise((resolve, reject) => {
      waiting.set(name, [...(waiting.get(name) ?? []), () => resolve(take())]);
      options.signal?.addEventListener("abort", () => reject(options.signal?.reason));
    });
  },
};

function inTab(notes: Map<string, string>, again: boolean): Promise<number> {
  const [getItem, setItem] = [(key: string) => notes.get(key) ?? null, (k: string, v: string) => void notes.set(k, v)];
  vi.stubGlobal("sessionStorage", { getItem, setItem });
  return claimTab(again);
}

function leave(tab: number): void {
  const name = `driftwood-tab-${tab}`;
  holders.get(name)?.();
  holders.delete(name);
  for (const next of waiting.get(name) ?? []) next();
  waiting.delete(name);
}

const giveUp = new AbortController();
beforeEach(() => {
  holders.clear();
  vi.stubGlobal("navigator", { locks });
  vi.stubGlobal("AbortSignal", { timeout: () => giveUp.signal });
});

test("each tab has the lowest number that is free", async () => {
  expect([await inTab(new Map(), false), await inTab(new Map(), false)]).toEqual([0, 1]);
  leave(0);
  expect(await inTab(new Map(), false)).toBe(0);
});

test("a page that is loaded again waits for the number of the one before, which may not have given it back yet", async () => {
  const [first, second] = [new Map<string, string>(), new Map<string, string>()];
  await inTab(first, false);
  await inTab(second, false);
  const again = inTab(second, true);
  leave(1);
  expect(await again).toBe(1);
});

test("a copy of a tab, which has its notes, takes another number", async () => {
  const notes = new Map<string, string>();
  await inTab(notes, false);
  const copy = inTab(new Map(notes), true);
  giveUp.abort();
  expect(await copy).toBe(1);
});
