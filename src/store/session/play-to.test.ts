import { describe, expect, test } from "vitest";
import { beat, kinds, quiet, setUp } from "./fixtures.ts";

/** Paused at the start of a run that goes at one virtual second per second. */
async function paused() {
  const lab = setUp();
  await quiet();
  lab.session.commands.pause();
  lab.session.commands.seek(0);
  await quiet();
  return lab;
}

describe("playing to a moment", () => {
  test("takes the time that it is given, and stops there exactly", async () => {
    const { session, state, run } = await paused();
    const to = 4 * beat + 123;
    session.commands.playTo(to, 3000);
    await run(1500);
    expect(state().playing).toBe(true);
    expect(session.clock()).toBeGreaterThan(to * 0.4);
    expect(session.clock()).toBeLessThan(to * 0.6);
    await run(1700);
    expect(state()).toMatchObject({ playing: false, until: null, speed: 1 });
    expect(state().frame?.position.at).toBe(to);
    expect(session.clock()).toBe(to);
  });

  test("asks the worker for nothing beyond it", async () => {
    const { session, worker, run } = await paused();
    session.commands.playTo(2 * beat, 100);
    await run(500);
    const asked = kinds(worker(), "advance").map((message) => ("to" in message ? message.to : 0));
    expect(Math.max(...asked)).toBeLessThanOrEqual(2 * beat);
  });

  test("goes at the run's own pace where no time is given", async () => {
    const { session, state, run } = await paused();
    session.commands.playTo(10 * beat);
    expect(state().speed).toBe(1);
    await run(200);
    expect(state().frame?.position.at).toBe(10 * beat);
  });

  test("or to where a condition comes true, without a word; it is forgotten with that", async () => {
    const { session, state, worker, run } = await paused();
    session.commands.playTo(10 * beat, undefined, "S1 leads");
    await run(200);
    expect(state()).toMatchObject({ playing: false, until: null, notices: [] });
    expect(state().frame?.position.at).toBe(3 * beat);
    session.commands.playTo(5 * beat);
    await run(200);
    expect(state().frame?.position.at).toBe(5 * beat);
    expect(kinds(worker(), "advance").at(-1)).not.toHaveProperty("stops");
  });

  test("ends with a pause, and play goes on from there without an end", async () => {
    const { session, state, run } = await paused();
    session.commands.playTo(20 * beat, 2000);
    await run(400);
    session.commands.pause();
    await quiet();
    expect(state()).toMatchObject({ playing: false, until: null, speed: 1 });
    session.commands.play();
    await run(400);
    expect(state().frame?.position.at).toBeGreaterThan(20 * beat);
    expect(state().playing).toBe(true);
  });

  test("what was seen is the latest moment that was shown, and begins anew with another run", async () => {
    const { session, state, run } = await paused();
    session.commands.playTo(5 * beat, 100);
    await run(300);
    session.commands.seek(beat);
    await quiet();
    expect(state().seen).toBe(5 * beat);
    session.commands.open({ from: "file", text: JSON.stringify({ at: 0, acts: [] }) });
    await quiet();
    expect(state().seen).toBe(0);
  });

  test("a run that is opened once more, at the moment that is shown, is seen up to there", async () => {
    const { session, state } = await paused();
    for (let time = 0; time < 2; time++) {
      session.commands.open({ from: "file", text: JSON.stringify({ at: 3 * beat, acts: [] }) });
      await quiet();
      expect(state().seen).toBe(state().frame?.position.at);
      expect(state().seen).toBeGreaterThan(0);
    }
  });
});

describe("stops that are kept", () => {
  test("play stands where one comes true, exactly, and says which; the next play goes on to the next", async () => {
    const { session, state, run } = await paused();
    session.commands.keepStop("S3 leads");
    session.commands.play();
    await run(1000);
    expect(state()).toMatchObject({ playing: false, stops: ["S3 leads"] });
    expect(session.clock()).toBe(3 * beat);
    expect(state().notices.at(-1)?.text).toBe("Stopped: “S3 leads” comes true here.");
    session.commands.play();
    await run(1000);
    expect(session.clock()).toBe(6 * beat);
  });

  test("one that is forgotten stops nothing, and the same is not kept twice", async () => {
    const { session, state, run } = await paused();
    session.commands.keepStop("violation");
    session.commands.keepStop("violation");
    expect(state().stops).toEqual(["violation"]);
    session.commands.forgetStop("violation");
    session.commands.play();
    await run(1000);
    expect(state().playing).toBe(true);
    expect(state().frame?.position.at).toBeGreaterThan(50 * beat);
  });
});
