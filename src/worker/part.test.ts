import { expect, test } from "vitest";
import { PartMissing, part } from "./part.ts";

test("a part that does not come is told as such, and asked for again it comes", async () => {
  let there = false;
  const load = async () => {
    if (!there) throw new TypeError("Failed to fetch dynamically imported module");
    return "here";
  };
  await expect(part(load)).rejects.toThrow(PartMissing);
  there = true;
  expect(await part(load)).toBe("here");
});
