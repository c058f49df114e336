import { describe, expect, test } from "vitest";
import { checkSaved, createAutosave, newest, type Saved, type Storage } from "./autosave.ts";

function memory(): Storage & { readonly slots: Map<string, unknown> } {
  const slots = new Map<string, unknown>();
  return {
    slots,
    read: async (slot) => slots.get(slot),
    write: async (slot, saved) => void slots.set(slot, structuredClone(saved)),
  };
}
const broken: Storage = {
  read: () => Promise.reject(new Error("forbidden")),
  write: () => Promise.reject(new Error("full")),
};

describe("autosave", () => {
  test("what was saved last comes back", async () => {
    const storage = memory();
    const autosave = createAutosave(storage);
    for (const text of ["one", "two", "three"]) expect(await autosave.save("a run", text, 5)).toBe(true);
    expect(await createAutosave(storage).load()).toMatchObject({ title: "a run", text: "three", savedAt: 5 });
  });

  test("the two slots are written in turn, also after a reload", async () => {
    const storage = memory();
    const first = createAutosave(storage);
    await first.save("", "one", 1);
    await first.save("", "two", 2);
    const second = createAutosave(storage);
    await second.load();
    await second.save("", "three", 3);
    expect([...storage.slots.values()].map((saved) => (saved as Saved).text).sort()).toEqual(["three", "two"]);
  });

  test("a save that comes before what was there is read is the newest all the same", async () => {
    const storage = memory();
    const first = createAutosave(storage);
    for (const text of ["one", "two", "three"]) await first.save("", text, 1);
    await createAutosave(storage).save("", "four", 2);
    expect((await createAutosave(storage).load())?.text).toBe("four");
  });

  test("a save that is not whole is passed over for the one before it", async () => {
    const storage = memory();
    const autosave = createAutosave(storage);
    await autosave.save("", "one", 1);
    await autosave.save("", "two", 2);
    const [slot, saved] = [...storage.slots].find(([, value]) => (value as Saved).text === "two")!;
    storage.slots.set(slot, { ...(saved as Saved), text: "tw" });
    expect((await createAutosave(storage).load())?.text).toBe("one");
  });

  test("the checksum covers every field", async () => {
    const storage = memory();
    await createAutosave(storage).save("title", "text", 7);
    const saved = [...storage.slots.values()][0] as Saved;
    expect(checkSaved(saved)).toEqual(saved);
    for (const change of [{ number: 9 }, { savedAt: 8 }, { title: "t" }, { text: "" }, { sum: saved.sum ^ 1 }]) {
      expect(checkSaved({ ...saved, ...change })).toBeNull();
    }
  });

  test("anything else that storage returns is nothing", () => {
    for (const value of [undefined, null, 5, "text", [], {}, { number: "1" }]) expect(checkSaved(value)).toBeNull();
    expect(newest([])).toBeNull();
  });

  test("storage that throws is survived and said", async () => {
    const autosave = createAutosave(broken);
    expect(await autosave.load()).toBeNull();
    expect(await autosave.save("", "one", 1)).toBe(false);
  });
});
