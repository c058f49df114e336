import { expect, test, vi } from "vitest";
import type { LabCommands, LabState } from "../lab.ts";
import { guarded } from "./guard.ts";

const names = ["play", "playTo", "seek", "visit", "step", "jump", "runUntil", "live", "finishWrites", "act", "open"];
function setUp(takes: (wish: "play" | "onward") => boolean) {
  const done = Object.fromEntries(names.map((name) => [name, vi.fn()]));
  const state = { frame: { position: { at: 100, event: 7 } } } as unknown as LabState;
  return { done, lab: guarded(done as unknown as LabCommands, () => state, takes) };
}
const onward = (lab: LabCommands): void => {
  lab.play();
  lab.playTo(500);
  lab.seek(101);
  lab.visit(8);
  lab.step(1);
  lab.jump("commit", 1);
  lab.runUntil("leader", 1000);
  lab.live();
  lab.finishWrites();
};
const backward = (lab: LabCommands): void => {
  lab.seek(100);
  lab.visit(7);
  lab.step(-1);
  lab.jump("commit", -1);
  lab.act({ do: "crash", server: 1 });
};
const calls = (done: Record<string, ReturnType<typeof vi.fn>>): number =>
  Object.values(done).reduce((sum, { mock }) => sum + mock.calls.length, 0);

test("where the lesson takes nothing upon itself everything is done", () => {
  const { done, lab } = setUp(() => false);
  onward(lab);
  backward(lab);
  expect(calls(done)).toBe(14);
});

test("a question holds time, and nothing else", () => {
  const { done, lab } = setUp(() => true);
  onward(lab);
  expect(calls(done)).toBe(0);
  backward(lab);
  expect(calls(done)).toBe(5);
});

test("to play is a wish of its own", () => {
  const { done, lab } = setUp((wish) => wish === "play");
  onward(lab);
  expect(calls(done)).toBe(8);
  expect(done["play"]).not.toHaveBeenCalled();
});
