import { expect, test } from "vitest";
import { fontsIn } from "./svg-fonts.ts";

const named = (svg: string): readonly string[] => fontsIn(svg).map(({ family, weight }) => `${family} ${weight}`);

test("a picture gets the fonts and the weights in which its text is set, and no others", () => {
  expect(named('<svg><rect width="400"/></svg>')).toEqual([]);
  expect(named('<text font-family="Inter, sans-serif">a</text>')).toEqual(["Inter 400"]);
  expect(named('<text font-family="&quot;JetBrains Mono&quot;, monospace" font-weight="500">a</text>')).toEqual([
    "JetBrains Mono 400",
    "JetBrains Mono 500",
  ]);
  expect(named(`<text style="font: 600 13px 'Inter', system-ui">a</text>`)).toEqual(["Inter 400", "Inter 600"]);
  expect(named("<style>text{font-family:Inter;font-weight:bold}</style>")).toEqual(["Inter 400", "Inter 600"]);
});
