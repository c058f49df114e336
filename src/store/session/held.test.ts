import { beforeEach, describe, expect, test } from "vitest";
import type { ToWorker } from "../../worker/protocol/requests.ts";
import { kinds, quiet, setUp } from "./fixtures.ts";

describe("time that is held", () => {
  let lab: ReturnType<typeof setUp>;
  beforeEach(async () => {
    lab = setUp();
    await quiet();
    await lab.run(48);
  });

  test("stands, and goes on where it was", async () => {
    const letGo = lab.session.holdTime();
    const at = lab.session.clock();
    await lab.run(500);
    expect(lab.session.clock()).toBe(at);
    expect(lab.state()).toMatchObject({ playing: false, frame: { position: { at: Math.floor(at) } } });
    letGo();
    await quiet();
    expect(lab.state().playing).toBe(true);
    expect(lab.session.clock()).toBe(at);
  });

  test("goes on when the last of several lets go, each of which counts once", async () => {
    const [first, second] = [lab.session.holdTime(), lab.session.holdTime()];
    first();
    first();
    await quiet();
    expect(lab.state().playing).toBe(false);
    second();
    await quiet();
    expect(lab.state().playing).toBe(true);
  });

  test("is held through from one dialog to the next", async () => {
    const first = lab.session.holdTime();
    first();
    const second = lab.session.holdTime();
    await quiet();
    expect(lab.state().playing).toBe(false);
    second();
    await quiet();
    expect(lab.state().playing).toBe(true);
  });

  test("does not go on if it stood before, or if it was paused meanwhile", async () => {
    lab.session.commands.pause();
    lab.session.holdTime()();
    await quiet();
    expect(lab.state().playing).toBe(false);
    lab.session.commands.play();
    const letGo = lab.session.holdTime();
    lab.session.commands.step(1);
    letGo();
    await quiet();
    expect(lab.state().playing).toBe(false);
  });

  test("what closes a dialog is done at the moment that was seen, before or after it is closed", async () => {
    for (const order of ["act first", "close first"]) {
      const letGo = lab.session.holdTime();
      await quiet();
      const seen = Math.floor(lab.session.clock());
      if (order === "close first") letGo();
      lab.session.commands.act({ do: "crash", server: 1 });
      if (order === "act first") letGo();
      lab.passQuietly(30);
      await quiet();
      const act = kinds(lab.worker(), "act").at(-1) as Extract<ToWorker, { kind: "act" }>;
      expect(act.at, order).toBe(seen);
      expect(lab.state().playing).toBe(true);
    }
  });

  test("a run that is opened meanwhile says itself whether it plays", async () => {
    const letGo = lab.session.holdTime();
    lab.session.commands.open({ from: "file", text: JSON.stringify({ at: 0, acts: [] }) });
    letGo();
    await quiet();
    expect(lab.state().playing).toBe(false);
    const again = lab.session.holdTime();
    lab.session.commands.open({ from: "preset", id: "any" });
    await quiet();
    expect(lab.state().playing).toBe(false);
    again();
    await quiet();
    expect(lab.state().playing).toBe(true);
  });
});
