import { expect, test } from "vitest";
import { grouped } from "./grouped.ts";

test("thousands are set apart, and no decimals", () => {
  expect([0, 999, 1000, 8412, 1_234_567, -1234, 0.12345, 1234.5678].map(grouped)).toEqual([
    "0",
    "999",
    "1,000",
    "8,412",
    "1,234,567",
    "-1,234",
    "0.12345",
    "1,234.5678",
  ]);
});
