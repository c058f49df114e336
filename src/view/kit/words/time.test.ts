import { describe, expect, test } from "vitest";
import { formatSpan, formatTime } from "./time.ts";

describe("formatTime", () => {
  test.each([
    [0, "0.000 s"],
    [1_642_000, "1.642 s"],
    [1_642_999, "1.642 s"],
    [59_999_999, "59.999 s"],
    [60_000_000, "1:00.000"],
    [65_642_000, "1:05.642"],
    [3_665_642_000, "1:01:05.642"],
  ])("%i µs reads %s", (at, text) => expect(formatTime(at)).toBe(text));
});

describe("formatSpan", () => {
  test.each([
    [-5, "0.0 ms"],
    [0, "0.0 ms"],
    [420, "0.42 ms"],
    [3_400, "3.4 ms"],
    [112_300, "112 ms"],
    [2_100_000, "2.1 s"],
  ])("%i µs reads %s", (length, text) => expect(formatSpan(length)).toBe(text));
});
