import { presets } from "../src/scenario/presets/index.ts";
import { expect, test } from "./lab.ts";
import { hashAt, historyOf } from "./scenario.ts";

/** Every scenario opens from the chooser, and each of its bookmarks leads to the state that Node computes. */
for (const preset of presets) {
  test(`${preset.title}: opens, and its bookmarks hold`, async ({ lab, page }) => {
    await lab.open();
    await lab.press("n");
    const card = lab.dialog.getByRole("listitem").filter({ hasText: preset.notes }).getByRole("button");
    await expect(card).toContainText(preset.title);
    await card.click();
    await expect(page.getByRole("banner").getByText(preset.title, { exact: true })).toBeVisible();
    const { info, playing } = await lab.state();
    expect(info?.preset).toBe(preset.id);
    expect(playing).toBe(preset.recording.view?.play ?? true);

    const history = historyOf(preset.recording);
    await lab.inspector.getByRole("tab", { name: "This run" }).click();
    await expect(page.getByRole("heading", { name: preset.title, exact: true })).toBeVisible();
    for (const { at, label, claim } of preset.bookmarks) {
      const step = lab.inspector.getByRole("button", { name: label });
      await step.click();
      const { position, hash } = await lab.frame();
      expect(position.at).toBe(at);
      expect(hash, label).toBe(hashAt(history, at));
      expect(claim(history.world), label).toBeNull();
      await expect(step).toHaveAttribute("aria-current", "step");
    }
    expect((await lab.state()).playing).toBe(false);
  });
}

test("there are at least fourteen scenarios, each with a paragraph and bookmarks", () => {
  expect(presets.length).toBeGreaterThanOrEqual(14);
  for (const { notes, bookmarks } of presets) {
    expect(notes.length).toBeGreaterThan(60);
    expect(bookmarks.length).toBeGreaterThan(0);
  }
});
