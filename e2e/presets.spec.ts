import { presets } from "../src/scenario/presets/index.ts";
import type { Preset } from "../src/scenario/presets/preset.ts";
import { expect, type Lab, test } from "./lab.ts";
import { hashAt, historyOf } from "./scenario.ts";

/** Opened one after the other in one page; so many in one test that each process has one. */
const together = 10;

/**
 * Every scenario opens, the first by the chooser and the others by their addresses, and each of its bookmarks leads to
 * the state that Node computes.
 */
for (let from = 0; from < presets.length; from += together) {
  const some = presets.slice(from, from + together);
  test(`scenarios open, and their bookmarks hold: ${from + 1} to ${from + some.length}`, async ({ lab }) => {
    await lab.open();
    for (const [i, preset] of some.entries()) {
      await test.step(preset.title, async () => {
        if (i === 0) await choose(lab, preset);
        else await lab.page.goto(`./#${preset.id}`);
        await isOpen(lab, preset);
        await followBookmarks(lab, preset);
      });
    }
  });
}

async function choose(lab: Lab, preset: Preset): Promise<void> {
  await lab.press("n");
  const card = lab.dialog.getByRole("listitem").filter({ hasText: preset.notes }).getByRole("button");
  await expect(card).toContainText(preset.title);
  await card.click();
}

async function isOpen(lab: Lab, preset: Preset): Promise<void> {
  await expect(lab.page.getByRole("banner").getByText(preset.title, { exact: true })).toBeVisible();
  const { info, playing } = await lab.state();
  expect(info?.preset).toBe(preset.id);
  expect(playing).toBe(preset.recording.view?.play ?? true);
}

/** What each of them says of that state is tested without a browser. */
async function followBookmarks(lab: Lab, preset: Preset): Promise<void> {
  const history = historyOf(preset.recording);
  await lab.inspector.getByRole("tab", { name: "Story" }).click();
  await expect(lab.page.getByRole("heading", { name: preset.title, exact: true })).toBeVisible();
  if (preset.recording.view?.hide === true) await lab.inspector.getByRole("button", { name: /^Show all/ }).click();
  const { steps, playing } = await lab.page.evaluate(clickEach);
  expect(steps).toEqual(
    preset.bookmarks.map(({ at, label }) => ({ label, current: "step", at, hash: hashAt(history, at) })),
  );
  expect(playing).toBe(false);
}

/** Runs in the page, alone: from here a click takes longer than what comes of it. */
async function clickEach() {
  const steps = [];
  for (const step of document.querySelectorAll<HTMLElement>(".story-bookmark")) {
    step.click();
    await window.driftwoodIdle();
    const frame = window.driftwoodTest.frame();
    const label = step.querySelector(".ui-time + span")?.textContent;
    steps.push({ label, current: step.ariaCurrent, at: frame?.position.at, hash: frame?.hash });
  }
  return { steps, playing: window.driftwoodTest.state().playing };
}
