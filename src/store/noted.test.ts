import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { notedOffer, noting } from "./noted.ts";

const stored = new Map<string, string>();
beforeEach(() => {
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
  });
});
afterEach(() => {
  stored.clear();
  vi.unstubAllGlobals();
});

test("what was saved last is noted, and nothing that was not saved", async () => {
  const save = vi.fn(async (title: string) => title !== "refused");
  const autosave = noting({ load: async () => null, save });
  expect(notedOffer()).toBeNull();
  await autosave.save("one", "text", 5);
  expect(notedOffer()).toEqual({ title: "one", savedAt: 5 });
  await autosave.save("refused", "text", 6);
  expect(notedOffer()).toEqual({ title: "one", savedAt: 5 });
});

test("a note that is something else is none", () => {
  for (const text of ["", "{", "[]", '{"title":1,"savedAt":2}', '{"title":"a"}', "null"]) {
    stored.set("driftwood-saved", text);
    expect(notedOffer()).toBeNull();
  }
});
