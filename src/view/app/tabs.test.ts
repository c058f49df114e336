import { expect, test } from "vitest";
import { paneNames } from "../../store/page.ts";
import { tabsIn } from "./tabs.ts";

const phone = { chosen: "story", whole: true, tells: true, width: 390 } as const;

test("a phone has four tabs, the story first, and the rest under More", () => {
  const { shown, seen, more } = tabsIn(paneNames, phone);
  expect(shown).toBe("story");
  expect(seen).toEqual(["story", "logs", "server", "events"]);
  expect(new Set([...seen, ...more])).toEqual(new Set(paneNames));
});

test("what is chosen under More takes the last tab, and gives it back", () => {
  expect(tabsIn(paneNames, { ...phone, chosen: "faults" }).seen).toEqual(["story", "logs", "server", "faults"]);
  expect(tabsIn(paneNames, { ...phone, chosen: "faults" }).more).toEqual([
    "diagram",
    "events",
    "clients",
    "rules",
    "checks",
    "metrics",
    "hand",
  ]);
  expect(tabsIn(paneNames, { ...phone, chosen: "logs" }).seen).toContain("events");
});

test("a run without a story has no tab for one, and shows something else", () => {
  const { shown, seen } = tabsIn(paneNames, { ...phone, tells: false });
  expect(shown).toBe("logs");
  expect(seen).not.toContain("story");
});

test("a tablet has them all, and a desktop those that the inspector has not", () => {
  expect(tabsIn(paneNames, { ...phone, width: 768 })).toMatchObject({ seen: paneNames, more: [] });
  const desktop = tabsIn(paneNames, { ...phone, whole: false, width: 470 });
  expect(desktop).toEqual({
    shown: "logs",
    seen: ["logs", "diagram", "events", "clients", "faults", "metrics", "hand"],
    more: [],
  });
});
