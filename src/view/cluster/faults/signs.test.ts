import { expect, test } from "vitest";
import type { ActiveFault } from "../../../worker/protocol/faults.ts";
import type { DirectedLink } from "../../../world/state/messages.ts";
import { layoutStage } from "../layout.ts";
import { signsOf } from "./signs.ts";

const layout = layoutStage(3, 1036, 470);
const loss = (...links: DirectedLink[]): ActiveFault => ({
  id: "loss",
  name: "lose",
  words: "20 % of the messages are lost",
  targets: links.map((link) => ({ on: "loss", link })),
  until: null,
  undo: null,
});
const count = (...faults: ActiveFault[]) => signsOf(faults, layout).length;

test("a link has one sign for both ways, and one for a single way", () => {
  expect(count(loss([1, 2]))).toBe(1);
  expect(count(loss([1, 2], [2, 1]))).toBe(1);
  expect(count(loss([1, 2], [2, 1], [3, 1]))).toBe(2);
  const [one] = signsOf([loss([1, 2])], layout);
  const [both] = signsOf([loss([1, 2], [2, 1])], layout);
  expect([one?.x, one?.y]).not.toEqual([both?.x, both?.y]);
});

test("what lies on all links has no sign of its own: a line tells of it", () => {
  const all = [1, 2, 3].flatMap((from) => [1, 2, 3].flatMap((to): DirectedLink[] => (from === to ? [] : [[from, to]])));
  expect(count(loss(...all))).toBe(0);
});
