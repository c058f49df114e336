import { expect, keepPage, test } from "./lab.ts";
import { steady } from "./scenario.ts";

/** Two minutes at 20 writes a second: more than two thousand entries, most of them never drawn. */
const loaded = steady({
  actions: [
    { atMs: 0, do: "timer", server: "S1", leftMs: 10 },
    { atMs: 150, do: "load", perSecond: 20 },
  ],
  view: { atMs: 120_000, select: "", speed: 100, play: false },
  endMs: 120_000,
});

keepPage();

test("while the run goes on at 100 times, the newest entries stay in sight", async ({ lab, page }) => {
  await lab.open({ scenario: loaded });
  const { lastIndex } = await lab.leader();
  await lab.press("Space");
  await page.waitForFunction(
    (index) => (window.driftwoodTest.frame()?.servers[0]?.lastIndex ?? 0) > index,
    lastIndex + 400,
  );
  await lab.press("Space");
  const last = (await lab.leader()).lastIndex;
  await expect(page.getByRole("grid").locator(`[data-server="1"][data-entry="${last}"]`)).toBeVisible();
  expect(await page.locator("[data-entry]").count()).toBeLessThan(5 * 60);
});

test("thousands of entries scroll, and only those in sight exist", async ({ lab, page }) => {
  await lab.open({ scenario: loaded });
  const { lastIndex } = await lab.leader();
  expect(lastIndex).toBeGreaterThan(2000);
  const grid = page.getByRole("grid");
  const cells = grid.locator("[data-entry]");
  await expect(grid.locator(`[data-server="1"][data-entry="${lastIndex}"]`)).toBeVisible();
  expect(await cells.count()).toBeLessThan(5 * 60);
  for (const index of [1, 1000, 1500]) {
    await grid.evaluate((element, part) => {
      element.scrollLeft = part * (element.scrollWidth - element.clientWidth);
    }, index / lastIndex);
    await lab.idle();
    const shown = await cells.evaluateAll((list) => list.map((cell) => Number(cell.getAttribute("data-entry"))));
    expect(
      shown.some((at) => Math.abs(at - index) < 40),
      `entries near ${index}`,
    ).toBe(true);
    expect(await cells.count()).toBeLessThan(5 * 60);
    await expect(grid.locator(`[data-entry="${Math.max(...shown) - 6}"]`).first()).toHaveText(/\d/);
  }
  await lab.click("Newest entries");
  await expect(grid.locator(`[data-server="1"][data-entry="${lastIndex}"]`)).toBeVisible();
  // One turn of the wheel leaves the end for good.
  await grid.hover();
  await page.mouse.wheel(-1500, 0);
  await expect(page.getByRole("button", { name: "Newest entries" })).toBeVisible();
  await lab.idle();
  expect(await grid.evaluate((e) => e.scrollWidth - e.clientWidth - e.scrollLeft)).toBeGreaterThan(1000);
  await expect(grid.locator(`[data-server="1"][data-entry="${lastIndex - 50}"]`)).toBeInViewport();
  await lab.open({ scenario: { ...loaded, title: "Another run" } });
  await expect(page.getByRole("button", { name: "Newest entries" })).toBeHidden();
  await expect(grid.locator(`[data-server="1"][data-entry="${lastIndex}"]`)).toBeInViewport();
});

test("the grid is walked by arrows and says what a cell holds", async ({ lab, page }) => {
  await lab.open({ scenario: steady() });
  // What the keyboard chooses is told, also while a pointer rests on the table.
  await page.getByRole("grid").hover();
  await page.getByRole("grid").focus();
  await lab.press("Home");
  await expect(page.locator(".logs-foot")).toContainText("put x=1");
  await lab.press("ArrowDown", "Enter");
  expect((await lab.state()).selection).toEqual({ kind: "entry", index: 1, term: 1 });
});
