import { expect, keepPage, type Lab, test } from "./lab.ts";
import { steady } from "./scenario.ts";

keepPage();

/** What hands are used to, whatever they did just before. */
test.beforeEach(({ lab }) => lab.open({ scenario: steady() }));

const event = async (lab: Lab) => (await lab.frame()).position.event;

test("after the mouse chose a server, Left and Right still go through time; after Tab they walk the stage", async ({
  lab,
  page,
}) => {
  await lab.openMenu(lab.server(3));
  await lab.press("Escape");
  await expect(lab.menu).toBeHidden();
  const before = await event(lab);
  await lab.press("ArrowRight");
  expect(await event(lab)).toBe(before + 1);
  await lab.press("ArrowLeft");
  expect(await event(lab)).toBe(before);
  await lab.press("Tab", "Shift+Tab", "ArrowRight");
  expect(await event(lab)).toBe(before);
  await expect(page.locator("[data-pick=S4]:focus")).toBeAttached();
});

test("after the mouse chose a scenario, Space plays or pauses", async ({ lab }) => {
  await lab.click("Scenarios");
  await lab.dialog.getByRole("button", { name: "Split vote" }).click();
  await expect(lab.dialog).toBeHidden();
  const { playing } = await lab.state();
  await lab.press("Space");
  expect((await lab.state()).playing).toBe(!playing);
  await expect(lab.dialog).toBeHidden();
});

test("Ctrl+S saves the run from within a field, too", async ({ lab, page }) => {
  await lab.press("/");
  await expect(page.getByLabel("Command", { exact: true })).toBeFocused();
  const download = page.waitForEvent("download");
  await page.keyboard.press("Control+s");
  expect((await download).suggestedFilename()).toBe("a-steady-cluster.raft.json");
});

test("an arrow in a field of milliseconds goes by one", async ({ lab }) => {
  await lab.press("g");
  const field = lab.dialog.getByLabel("Latency, shortest, in milliseconds");
  await field.press("ArrowUp");
  await expect(field).toHaveValue("19");
  await field.fill("18.125");
  expect(await field.evaluate((input) => (input as HTMLInputElement).checkValidity())).toBe(true);
});

test("the chosen tab is in sight at any width", async ({ lab, page }) => {
  const hand = page.getByRole("tab", { name: "By hand" });
  await hand.click();
  for (const width of [720, 360, 320]) {
    await page.setViewportSize({ width, height: 450 });
    await lab.idle();
    await expect(hand).toBeInViewport({ ratio: 0.98 });
  }
});
