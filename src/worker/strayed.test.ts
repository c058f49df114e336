import { expect, test } from "vitest";
import type { Action } from "../world/acts.ts";
import { createStraying, strayedAt } from "./strayed.ts";

const crash = (at: number, server: number): Action => ({ at, act: { do: "crash", server } });

test("a run is the one that was told until an action is another, is missing, or comes in addition", () => {
  const told = [crash(10, 1), crash(20, 2)];
  expect(strayedAt(told, told)).toBeNull();
  expect(strayedAt(told, structuredClone(told))).toBeNull();
  expect(strayedAt(told, [crash(10, 1), crash(15, 2)])).toBe(15);
  expect(strayedAt(told, [crash(10, 1)])).toBe(20);
  expect(strayedAt(told, [...told, crash(30, 3)])).toBe(30);
});

test("an action that is added is seen", () => {
  const taken = [crash(10, 1)];
  const straying = createStraying({ actions: [crash(10, 1)], view: null });
  expect(straying(taken)).toBeNull();
  taken.push(crash(40, 2));
  expect(straying(taken)).toBe(40);
});

test("what had strayed when it was shared still has", () => {
  const view = { at: 0, select: "", speed: 1, play: false, strayed: 30 };
  expect(createStraying({ actions: [crash(10, 1)], view })([crash(10, 1)])).toBe(30);
  expect(createStraying({ actions: [crash(10, 1)], view })([])).toBe(10);
});
