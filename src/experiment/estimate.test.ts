import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { binomialCdf, quantile, quantileFromAbove, shareInterval } from "./estimate.ts";

describe("the binomial distribution", () => {
  test("has the values of the tables", () => {
    expect(binomialCdf(2, 5, 0.5)).toBeCloseTo(0.5, 12);
    expect(binomialCdf(0, 10, 0.1)).toBeCloseTo(0.3486784401, 10);
    expect(binomialCdf(3, 10, 0.25)).toBeCloseTo(0.7758750916, 9);
    expect(binomialCdf(50, 100, 0.5)).toBeCloseTo(0.5397946187, 9);
  });

  test("holds for so many runs that a single probability is too small to be written", () => {
    expect(binomialCdf(500_000, 1_000_000, 0.5)).toBeCloseTo(0.5004, 3);
    expect(binomialCdf(499_000, 1_000_000, 0.5)).toBeCloseTo(0.0228, 3);
  });
});

describe("the interval of a share", () => {
  // Clopper and Pearson (1934), as every table has them.
  test.each([
    [0, 10, 0, 0.3085],
    [1, 10, 0.0025, 0.445],
    [5, 10, 0.1871, 0.8129],
    [10, 10, 0.6915, 1],
    [0, 1000, 0, 0.00368],
    [30, 1000, 0.0203, 0.0426],
  ])("%i of %i", (yes, n, low, high) => {
    const interval = shareInterval(yes, n);
    expect(interval.low).toBeCloseTo(low, 3);
    expect(interval.high).toBeCloseTo(high, 3);
  });

  test("has the share in it, and is narrower where more was run", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.double({ min: 0, max: 1, noNaN: true }), (n, at) => {
        const yes = Math.round(at * n);
        const own = shareInterval(yes, n);
        const more = shareInterval(4 * yes, 4 * n);
        expect(own.low).toBeLessThanOrEqual(yes / n);
        expect(own.high).toBeGreaterThanOrEqual(yes / n);
        expect(more.high - more.low).toBeLessThan(own.high - own.low + 1e-9);
      }),
    );
  });
});

describe("a quantile", () => {
  const hundred = Array.from({ length: 100 }, (_, i) => i + 1);

  test("is an order statistic, between two others", () => {
    // Ranks 40 and 61: P(40 <= X < 61) of the binomial distribution with n = 100 and p = 1/2 is 0.9648.
    expect(quantile(hundred, 100, 0.5)).toEqual({ value: 50, low: 40, high: 61 });
  });

  test("lies among those that were given up, if too many were", () => {
    expect(quantile([1, 2, 3], 10, 0.5)).toEqual({ value: null, low: 2, high: null });
    expect(quantile(hundred.slice(0, 60), 100, 0.5)).toEqual({ value: 50, low: 40, high: null });
  });

  test("of few runs has no bound that they could show", () => {
    expect(quantile([7], 1, 0.5)).toEqual({ value: 7, low: null, high: null });
    expect(quantile(hundred, 100, 0.99)).toEqual({ value: 99, low: 97, high: null });
  });

  test("from above is the same of the values turned round", () => {
    expect(quantileFromAbove(hundred, 100, 0.5)).toEqual({ value: 51, low: 40, high: 61 });
    expect(quantileFromAbove(hundred, 100, 0.99)).toEqual({ value: 2, low: null, high: 4 });
    expect(quantileFromAbove([8, 9, 10], 10, 0.5)).toEqual({ value: null, low: null, high: 9 });
  });

  test("95 of 100 intervals have the true one in them, or more", () => {
    // A stream of its own: the numbers 0 … 999 in an order without a pattern, of which every sample takes 50.
    let state = 12345;
    const next = (): number => {
      state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
      return state % 1000;
    };
    let covers = 0;
    for (let sample = 0; sample < 400; sample++) {
      const values = Array.from({ length: 50 }, next).sort((a, b) => a - b);
      const { low, high } = quantile(values, 50, 0.5);
      if (low! <= 500 && 500 <= high!) covers++;
    }
    expect(covers).toBeGreaterThanOrEqual(370);
  });
});
