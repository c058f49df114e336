import { expect, keepPage, test } from "./lab.ts";
import { steady } from "./scenario.ts";

keepPage();

test("a word opens its definition by the keyboard, above it and over no server, and Escape closes only that", async ({
  lab,
  page,
}) => {
  await lab.open();
  await lab.press("1");
  await lab.inspector.getByRole("tab").first().click();
  const word = lab.inspector.locator(".worded-word").first();
  await word.focus();
  await word.press("Enter");
  const definition = page.getByRole("dialog");
  await expect(definition).toContainText("paper §");
  await expect(word).toHaveAccessibleDescription(/\w{3,}.*\./);
  const card = (await definition.boundingBox())!;
  for (const server of await lab.stage.locator('[data-keep="in sight"]').all()) {
    const box = (await server.boundingBox())!;
    const apart = card.x >= box.x + box.width || card.x + card.width <= box.x || card.y >= box.y + box.height;
    expect(apart || card.y + card.height <= box.y).toBe(true);
  }
  await lab.press("Escape");
  await expect(definition).toHaveCount(0);
  expect((await lab.state()).selection).toEqual({ kind: "server", id: 1 });
  await word.press("Enter");
  await definition.getByRole("button", { name: "All words" }).click();
  await expect(lab.dialog).toHaveAccessibleName("Keys and words");
  await expect(page.locator(".help-word:focus")).toBeVisible();
  await lab.dialog.getByLabel("Find a word").fill("at most once");
  await expect(lab.dialog.getByText("session", { exact: true })).toBeVisible();
});

test("time stands while a dialog is open, and goes on after it", async ({ lab }) => {
  await lab.open({ scenario: steady({ view: { atMs: 320, select: "", speed: 0.01, play: true } }) });
  await lab.press("n");
  await expect(lab.dialog).toBeVisible();
  const held = await lab.state();
  expect(held.playing).toBe(false);
  await lab.press("Escape");
  await expect.poll(async () => (await lab.state()).playing).toBe(true);
});

test("the palette opens scenarios, options and words by name, and says why something is impossible", async ({
  lab,
  page,
}) => {
  await lab.open({ scenario: steady() });
  const ask = async (words: string) => {
    await lab.press("Control+k");
    await page.keyboard.type(words);
    return page.locator(".palette-item");
  };
  const healing = (await ask("heal all links")).filter({ hasText: "Heal all links" }).first();
  await expect(healing).toHaveAttribute("aria-disabled", "true");
  await expect(healing).toContainText("no link is cut");
  await lab.press("Enter", "Escape");
  expect((await lab.frame()).cuts).toEqual([]);
  await (await ask("quorum")).filter({ hasText: /^quorum/ }).click();
  await expect(page.locator('.help-word[data-word="quorum"]')).toBeFocused();
  await lab.press("Escape");
  await (await ask("pre-vote")).filter({ hasText: /^Pre-voteElections/ }).click();
  await expect(lab.dialog.getByLabel("Pre-vote", { exact: true })).toBeFocused();
  await lab.press("Escape");
  await expect((await ask("two leaders at once")).first()).toContainText("Two leaders at once");
  await lab.press("Enter");
  expect((await lab.state()).info?.preset).toBe("two-leaders");
});

test("in the list of scenarios one types, and walks by arrows; what was seen to its end is ticked", async ({
  lab,
  page,
}) => {
  await lab.open();
  await lab.press("n");
  await expect(page.locator(".scenarios-card:focus")).toContainText("First election");
  await page.keyboard.type("figure 8");
  await expect(page.locator(".scenarios-card").first()).toContainText("yet overwritten");
  await lab.press("Enter");
  const { info } = await lab.state();
  expect(info?.preset).toBe("figure-8");
  for (let step = 0; step < (info?.bookmarks.length ?? 0); step++) await lab.press("Shift+PageDown");
  await lab.press("n");
  await expect(page.locator(".scenarios-stop", { hasText: "Figure 8" }).getByLabel("seen")).toBeVisible();
  await lab.press("Home");
  await expect(page.locator(".scenarios-stop:focus")).toContainText("First election");
  await lab.press("ArrowUp");
  await expect(lab.dialog.getByLabel("Find a scenario")).toBeFocused();
});
