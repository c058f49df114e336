import { expect, test } from "vitest";
import { quiet, setUp } from "./fixtures.ts";
import { firstPreset } from "./opening.ts";

/** What the page shows before the engine has said a word. */

test("what the engine is going to answer is shown at once, and nothing changes when it does", async () => {
  const before = setUp();
  await quiet();
  const { frame, timeline, info } = before.state();
  const lab = setUp({}, { foreseen: { frame: frame!, timeline, info: info! } });
  expect(lab.state()).toMatchObject({ status: "starting", playing: false, frame: { hash: frame!.hash } });
  const shown = lab.state().frame;
  await quiet();
  expect(lab.state().frame).toBe(shown);
  expect(lab.state()).toMatchObject({ status: "ready", playing: true });
});

test("a page that was loaded again goes on with the run that was held, without a question", async () => {
  const lab = setUp();
  await quiet();
  await lab.run(500);
  lab.session.commands.pause();
  await quiet();
  expect(await lab.session.hold()).toBe(true);
  const later = setUp({ read: async (slot) => lab.slots.get(slot) }, { returning: true });
  await quiet();
  expect(later.state()).toMatchObject({ status: "ready", offer: null, playing: false });
  expect(later.worker().log.filter(({ kind }) => kind === "open")).toMatchObject([{ source: { from: "file" } }]);
});

test("where nothing was held it opens as usual", async () => {
  const lab = setUp({}, { returning: true });
  await quiet();
  expect(lab.worker().log.filter(({ kind }) => kind === "open")).toMatchObject([{ source: firstPreset }]);
});

test("a run that storage does not take is not held", async () => {
  const lab = setUp({ write: () => Promise.reject(new Error("full")) });
  await quiet();
  expect(await lab.session.hold()).toBe(false);
});

test("the offer that was noted stands there from the first frame, and goes if there is nothing to restore", async () => {
  const noted = { title: "Noted", savedAt: 7 };
  let answer = (_: unknown): void => {};
  const slot = new Promise((resolve) => {
    answer = resolve;
  });
  const lab = setUp({ read: () => slot }, { offer: noted });
  await quiet();
  expect(lab.state().offer).toEqual(noted);
  answer(undefined);
  await quiet();
  expect(lab.state().offer).toBeNull();
});
