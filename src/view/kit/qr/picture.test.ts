import fc from "fast-check";
import jsQr from "jsqr";
import { expect, test } from "vitest";
import { type QrPicture, qrPicture } from "./picture.ts";

/** A CommonJS package: Node has its exports as the default one, its types do not. */
const readQr = (Reflect.get(jsQr, "default") ?? jsQr) as typeof jsQr;

/** What the path draws, four pixels a module. */
function pixelsOf({ path, size }: QrPicture): { data: Uint8ClampedArray; width: number } {
  const width = size * 4;
  const data = new Uint8ClampedArray(width * width * 4).fill(255);
  for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let row = Number(y) * 4; row < Number(y) * 4 + 4; row++) {
      const from = (row * width + Number(x) * 4) * 4;
      for (let at = from; at < from + Number(length) * 16; at++) if (at % 4 !== 3) data[at] = 0;
    }
  }
  return { data, width };
}

test("a reader reads the link back", () => {
  fc.assert(
    fc.property(fc.webUrl({ withFragments: true, size: "medium" }), (url) => {
      const picture = qrPicture(url)!;
      const { data, width } = pixelsOf(picture);
      expect(readQr(data, width, width)?.data).toBe(url);
    }),
    { numRuns: 4 },
  );
});

test("the link of a scenario at one of its steps is read from the last row", () => {
  const longest = `https://somebody.example.org/driftwood/#${"x".repeat(120)}`;
  expect(qrPicture(longest)!.version).toBeLessThanOrEqual(11);
});

test("what is too long for a code has none", () => {
  expect(qrPicture("x".repeat(2953))?.version).toBe(40);
  expect(qrPicture("x".repeat(2954))).toBeNull();
});
