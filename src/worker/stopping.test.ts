import { beforeAll, beforeEach, expect, test } from "vitest";
import { entered } from "./fixtures.ts";
import { Laboratory } from "./laboratory.ts";

const ms = 1000;
const lab = new Laboratory();
beforeAll(async () => {
  await entered(lab, { from: "preset", id: "two-leaders" });
});
beforeEach(async () => {
  await lab.seek(0);
});

/** As the page asks while it plays: again and again, and again where an answer did not come all the way. */
async function play(to: number, stops: readonly string[], each = 10 * ms) {
  for (let at = each; at <= to; ) {
    const { frame } = await lab.advanceUntil(at, stops);
    if (frame.cameTrue !== undefined) return { at: frame.position.at, cameTrue: frame.cameTrue };
    if (frame.position.at >= at) at += each;
  }
  return null;
}

test("time stops right after the event at which a condition comes true, however it is cut into answers", async () => {
  expect(await play(1000 * ms, ["S4 leads and commit >= 2"])).toEqual({
    at: 424_529,
    cameTrue: "S4 leads and commit >= 2",
  });
  await lab.seek(0);
  expect((await play(1000 * ms, ["S4 leads and commit >= 2"], 1000 * ms))?.at).toBe(424_529);
});

test("of several the first stops it, and going on from there does not stop at the same again", async () => {
  const stops = ["S4 leads", "leader"];
  expect((await play(1000 * ms, stops))?.cameTrue).toBe("leader");
  expect((await play(1000 * ms, stops))?.cameTrue).toBe("S4 leads");
});

test("what does not come true, and what is no condition, stop nothing", async () => {
  expect(await play(300 * ms, ["S5 leads", "S5 leds"])).toBeNull();
  expect((await lab.advanceUntil(310 * ms, ["S5 leads"])).frame.position.at).toBe(310 * ms);
});
