import { expect, test } from "vitest";
import { leaseWords } from "./lease-words.ts";

const lease = { until: 0, longest: 0, clocksWithin: null };

test("D §6.4.1 a lease says what it is good for, and on what it rests", () => {
  expect(leaseWords({ ...lease, gives: "leadership" })).toMatch(/leads on .* step down/);
  expect(leaseWords({ ...lease, gives: "reads" })).toMatch(/reads alone.*Another leader may be elected before it ends/);
  expect(leaseWords({ ...lease, gives: "reads", clocksWithin: 10 })).toMatch(/no clock runs more than 10 % faster/);
});
