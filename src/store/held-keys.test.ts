import { describe, expect, test } from "vitest";
import { createHeldKeys } from "./held-keys.ts";

/** Hotkeys that open something slow: "k" leads to a palette, which then takes every key. */
function desk() {
  const page = { hotkeys: false, palette: "closed" as "closed" | "loading" | "open" };
  const turns: (() => void)[] = [];
  const hotkeys: string[] = [];
  const typed: string[] = [];
  const keys = createHeldKeys<string>({
    waits: () => (page.palette === "closed" ? !page.hotkeys : page.palette === "loading"),
    give(key) {
      if (page.palette === "open") return void typed.push(key);
      hotkeys.push(key);
      if (key === "k") page.palette = "loading";
    },
    later: (then) => turns.push(then),
  });
  const press = (...pressed: string[]) => pressed.map((key) => keys.hold(key));
  const turn = () => turns.shift()?.();
  const allTurns = () => {
    while (turns.length > 0) turn();
  };
  return { page, keys, hotkeys, typed, press, turn, allTurns };
}

describe("keys that nobody can take yet", () => {
  test("are held until their taker is there, and come in order", () => {
    const { page, keys, hotkeys, press, allTurns } = desk();
    expect(press("1", "c")).toEqual([true, true]);
    keys.deliver();
    expect(hotkeys).toEqual([]);
    page.hotkeys = true;
    keys.deliver();
    allTurns();
    expect(hotkeys).toEqual(["1", "c"]);
    expect(press("2")).toEqual([false]);
  });

  test("go to what the keys before them open, however late that comes", () => {
    const { page, keys, hotkeys, typed, press, allTurns } = desk();
    press("k", "c", "r");
    page.hotkeys = true;
    keys.deliver();
    allTurns();
    expect([hotkeys, keys.size()]).toEqual([["k"], 2]);
    press("a");
    page.palette = "open";
    keys.deliver();
    allTurns();
    expect([typed.join(""), keys.size()]).toEqual(["cra", 0]);
  });

  test("are not overtaken by one that is pressed while they are delivered", () => {
    const { page, keys, hotkeys, press, turn, allTurns } = desk();
    press("1", "2");
    page.hotkeys = true;
    keys.deliver();
    expect(press("3")).toEqual([true]);
    keys.deliver();
    turn();
    expect(hotkeys).toEqual(["1", "2"]);
    allTurns();
    expect(hotkeys).toEqual(["1", "2", "3"]);
  });

  test("are dropped with what they were meant for", () => {
    const { page, keys, hotkeys, typed, press, allTurns } = desk();
    page.hotkeys = true;
    page.palette = "loading";
    press("c", "r");
    page.palette = "closed";
    keys.drop();
    keys.deliver();
    allTurns();
    expect([hotkeys, typed, keys.size()]).toEqual([[], [], 0]);
  });

  test("are a hundred at most", () => {
    const { keys, press } = desk();
    press(...Array.from({ length: 150 }, () => "x"));
    expect(keys.size()).toBe(100);
  });
});
