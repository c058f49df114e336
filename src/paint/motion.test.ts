import fc from "fast-check";
import { expect, test } from "vitest";
import { easeEnds, placeAt, placeInJumps, timeLeft, waitingPlaces } from "./motion.ts";

const message = { sentAt: 1000, arrivesAt: 11_000 };

test("a message stands at its sender before it is sent and at its receiver after it has arrived", () => {
  expect(placeAt(message, 0)).toBe(0);
  expect(placeAt(message, 1000)).toBe(0);
  expect(placeAt(message, 6000)).toBeCloseTo(0.5);
  expect(placeAt(message, 11_000)).toBe(1);
  expect(placeAt(message, 99_000)).toBe(1);
});

test("a message without any flight time has arrived", () => {
  expect(placeAt({ sentAt: 5, arrivesAt: 5 }, 5)).toBe(1);
});

test("a message never moves back", () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (a, b) => {
      expect(easeEnds(Math.min(a, b))).toBeLessThanOrEqual(easeEnds(Math.max(a, b)));
    }),
  );
});

test("with reduced motion there are three places", () => {
  const places = Array.from({ length: 101 }, (_, i) => placeInJumps(i / 100));
  expect([...new Set(places)]).toEqual([0.16, 0.5, 0.84]);
});

test("waiting messages keep the order of sending, the oldest ahead, apart from each other and off the ends", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 30 }), fc.double({ min: 0.05, max: 0.5, noNaN: true }), (count, spacing) => {
      const places = waitingPlaces(count, spacing);
      expect(places).toHaveLength(count);
      for (const [i, place] of places.entries()) {
        expect(place).toBeGreaterThan(0.1);
        expect(place).toBeLessThan(0.9);
        if (i > 0) expect(places[i - 1]! - place).toBeGreaterThan(0.02);
      }
    }),
  );
});

test("a timer's arc is full when it is set and empty when it fires", () => {
  expect(timeLeft(200, 150, 50)).toBe(1);
  expect(timeLeft(200, 150, 125)).toBe(0.5);
  expect(timeLeft(200, 150, 200)).toBe(0);
  expect(timeLeft(200, 150, 999)).toBe(0);
});
