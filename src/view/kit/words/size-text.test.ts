import { expect, test } from "vitest";
import { sizeText } from "./size-text.ts";

test("lengths as one says them", () => {
  expect([0, 320, 1234, 56_789, 1_500_000, 34_000_000].map(sizeText)).toEqual([
    "0 bytes",
    "320 bytes",
    "1.2 kB",
    "57 kB",
    "1.5 MB",
    "34 MB",
  ]);
});
