import { expect, test } from "vitest";
import type { Edited } from "../../worker/protocol/acts.ts";
import { quiet, setUp } from "./fixtures.ts";

/** A session whose worker answers an edit in this way, and takes every step that it is given but an empty one. */
async function answering(edited: Edited) {
  const lab = setUp();
  await quiet();
  const worker = lab.worker();
  const perform = worker.perform.bind(worker);
  worker.perform = (message) => {
    if (message.kind === "edit") return { ...worker.moved(700), ...edited };
    if (message.kind !== "steps") return perform(message);
    if (message.steps.some(({ label }) => label === "")) return "a step has no sentence";
    return { ...worker.moved(worker.at), steps: message.steps.toSorted((a, b) => a.at - b.at) };
  };
  const texts = () => lab.state().notices.map(({ text }) => text);
  return { ...lab, texts };
}
const gone = (text: string) => ({ at: 900, text, why: "S1 is not down" });

test("an act is changed while time stands: where the run is then is shown, what is not possible any more is said, and it is kept", async () => {
  const lab = await answering({ refused: null, impossible: [gone("restart S1")] });
  expect(lab.state().playing).toBe(true);
  expect(await lab.session.edit({ place: 0, instead: null })).toBeNull();
  expect(lab.state().playing).toBe(false);
  expect(lab.state().frame?.position.at).toBe(700);
  expect(lab.texts()).toEqual([
    "New branch; the old future is kept. Not possible any more: restart S1 (S1 is not down).",
  ]);
  await lab.session.keep();
  expect(lab.slots.size).toBe(1);
});

test("of several acts that are not possible any more the first is named", async () => {
  const lab = await answering({ refused: null, impossible: [gone("restart S1"), gone("pause S1")] });
  await lab.session.edit({ place: 0, instead: null });
  expect(lab.texts()[0]).toContain("2 acts are not possible any more, first restart S1 (S1 is not down).");
});

test("what is refused is told to whoever asked, and to nobody else; nothing is kept", async () => {
  const lab = await answering({ refused: "nothing is changed", impossible: [] });
  expect(await lab.session.edit({ place: 0, instead: null })).toBe("nothing is changed");
  expect(lab.texts()).toEqual([]);
  await lab.session.keep();
  expect(lab.slots.size).toBe(0);
});

test("steps are the run's own at once, and kept; those that cannot be leave it as it was", async () => {
  const lab = await answering({ refused: null, impossible: [] });
  const [first, second] = [
    { at: 10, label: "First." },
    { at: 20, label: "Second." },
  ];
  expect(await lab.session.tell([second, first])).toBeNull();
  expect(lab.state().info).toMatchObject({ title: "Metronome", bookmarks: [first, second] });
  expect(await lab.session.tell([{ at: 30, label: "" }])).toBe("a step has no sentence");
  expect(lab.state().info?.bookmarks).toEqual([first, second]);
  await lab.session.keep();
  expect(lab.slots.size).toBe(1);
});
