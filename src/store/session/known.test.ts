import { expect, test } from "vitest";
import type { Saved } from "./autosave.ts";
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

/** A page that was loaded again, with that behind its address, after one that kept a run; and the text that it kept. */
async function loadedAgain(address: (kept: string) => string) {
  const lab = setUp();
  await quiet();
  lab.session.commands.act({ do: "crash", server: 1 });
  await quiet();
  await lab.session.keep();
  const kept = Math.max(0, ...[...lab.slots.values()].map((saved) => (saved as Saved).number));
  const { text } = [...lab.slots.values()].find((saved) => (saved as Saved).number === kept) as Saved;
  const read = async (slot: string) => lab.slots.get(slot);
  const later = setUp({ read }, { again: true }, { from: "link", fragment: address(text) });
  await quiet();
  await quiet();
  return later;
}

test("the same run is brought back with what was kept of it, and is not offered as well", async () => {
  const later = await loadedAgain((kept) => kept);
  expect(later.worker().log.filter(({ kind }) => kind === "open")).toMatchObject([{ source: { from: "link" } }]);
  expect(later.state()).toMatchObject({ status: "ready", offer: null });
});

test("another run is opened by its address, and what was kept is offered", async () => {
  const later = await loadedAgain(() => JSON.stringify({ at: 0, acts: ["restart"] }));
  expect(later.state()).toMatchObject({ status: "ready", offer: { title: "Metronome" } });
  const broken = await loadedAgain(() => "broken");
  expect(broken.state()).toMatchObject({ status: "ready", offer: { title: "Metronome" } });
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
