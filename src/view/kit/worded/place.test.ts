import { describe, expect, test } from "vitest";
import { type Box, placeOf } from "./place.ts";

const page = { width: 1440, height: 900 };
const size = { width: 340, height: 160 };
const stage: Box = { left: 0, top: 48, width: 1036, height: 430 };
const server: Box = { left: 600, top: 300, width: 200, height: 120 };
const word = (left: number, top: number): Box => ({ left, top, width: 30, height: 20 });
const clear = { page, never: [server], rather: [stage] };

describe("a definition's place", () => {
  test("is above its word and centred, over the panel below the stage", () => {
    expect(placeOf(word(500, 790), size, clear)).toEqual({ left: 345, top: 622 });
  });

  test("keeps to the page", () => {
    expect(placeOf(word(10, 790), size, clear).left).toBe(8);
    expect(placeOf(word(1425, 790), size, clear).left).toBe(1440 - 340 - 8);
    expect(placeOf(word(1200, 60), size, clear).top).toBe(88);
  });

  test("moves aside from the stage, where the word stands beside it", () => {
    expect(placeOf(word(1060, 300), size, clear)).toEqual({ left: 1044, top: 132 });
  });

  test("leaves the servers in sight where there is no place beside the stage", () => {
    const phone = { width: 390, height: 844 };
    const servers = [{ left: 20, top: 300, width: 350, height: 120 }];
    const all = { page: phone, never: servers, rather: [{ left: 0, top: 60, width: 390, height: 500 }] };
    expect(placeOf(word(100, 520), { width: 374, height: 150 }, all).top).toBe(548);
  });

  test("is on the page where there is no place at all", () => {
    expect(
      placeOf(word(10, 10), { width: 600, height: 300 }, { page: { width: 320, height: 240 }, never: [], rather: [] }),
    ).toEqual({
      left: 8,
      top: 8,
    });
  });
});
