import { expect, firstVisit, test } from "./lab.ts";

firstVisit(
  "the page opens at the first step and waits; its one dark button plays to the next",
  async ({ page, lab }) => {
    await page.clock.install();
    await lab.open();
    expect(await lab.state()).toMatchObject({ playing: false, frame: { position: { at: 0 } } });
    await expect(page.getByText("Step 1 of 6")).toBeVisible();
    await lab.click("Next");
    await expect(page.getByText("Step 2 of 6")).toBeVisible();
    expect(await lab.state()).toMatchObject({ playing: false, frame: { position: { at: 25_000 } } });
    await lab.hasten("PageDown");
    await expect(page.getByText("Step 3 of 6")).toBeVisible();
    // A row that came later would move the others under the pointer.
    const rowsAtFirst = page.evaluate(countRowsAtFirst);
    await lab.openMenu(lab.server(4));
    await expect(lab.menuItem("Faults")).toBeEnabled();
    expect(await rowsAtFirst).toBe(await lab.menu.getByRole("menuitem").count());
  },
);

/** Runs in the page: how many rows the next menu has when it appears. */
function countRowsAtFirst(): Promise<number> {
  return new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      const rows = document.querySelectorAll("[role=menu] [role=menuitem]").length;
      if (rows > 0) resolve(rows);
      if (rows > 0) observer.disconnect();
    });
    observer.observe(document.documentElement, { childList: true, subtree: true });
  });
}

firstVisit("hints come one by one, by what was done, and stay away once dismissed", async ({ page, lab }) => {
  await page.clock.install();
  await lab.open();
  const hint = page.locator(".bar-hint > span");
  const lessons = page.locator(".bar-hint").getByRole("button", { name: "Learn Raft in 40 minutes" });
  await expect(lessons).toBeVisible();
  await expect(hint).toHaveText("Play until a server leads. Then crash it.");
  for (let step = 2; step <= 4; step++) await lab.hasten("PageDown");
  await expect(hint).toHaveText(`Crash the leader, S${(await lab.leader()).id}: who leads next?`);
  await lab.click(/^Crash leader S\d$/);
  await expect(hint).toHaveText("Nobody leads. Play on until somebody does.");
  await lab.click("No more hints");
  await expect(hint).toBeHidden();
  await page.reload();
  await lab.ready();
  await expect(lab.server(1)).toBeVisible();
  await expect(hint).toBeHidden();
});

firstVisit(
  "after loading the page asks nobody for anything, and for its own parts when they are opened",
  async ({ page, lab, watched }) => {
    await lab.open();
    await expect.poll(() => page.evaluate(() => document.fonts.status)).toBe("loaded");
    // What the engine's last part asks for: the browser takes a pause before it for the end. The page has one like it.
    await expect.poll(() => watched.requests.filter((url) => /\/rolldown-runtime-/.test(url)).length).toBe(2);
    await page.waitForLoadState("networkidle");
    const loaded = watched.requests.length;
    // Each costs a way there and back, and alone it compresses badly: what comes by itself comes in few pieces.
    expect(loaded, watched.requests.join("\n")).toBeLessThan(25);
    // With another address the browser may ask for its icon once more; the page does not.
    const later = () => watched.requests.slice(loaded).filter((url) => !url.endsWith("/favicon.svg"));
    await lab.click("Write");
    await lab.click("Partition");
    await lab.press("Space", ".", ",", "End");
    expect(later(), "asked for while the run goes on").toEqual([]);
    await lab.onServer(1, /^(Crash|Restart)/);
    for (const key of ["n", "s", "g", "q", "?", "Control+k"]) {
      await lab.press(key);
      await expect(lab.dialog).toBeVisible();
      await lab.press("Escape");
      await expect(lab.dialog).toBeHidden();
    }
    const parts = later();
    expect(parts.every((url) => /\/assets\/[\w.-]+\.(js|css|woff2)$/.test(url))).toBe(true);
  },
);

test("the built page's policy forbids inline and foreign code", async ({ page, lab }) => {
  await lab.open();
  const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute("content");
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("require-trusted-types-for 'script'");
  expect(policy).not.toContain("unsafe");
});

test("the settings say what stories hide, for every story on this device", async ({ lab, page }) => {
  await lab.open();
  const unseen = page.getByText("not shown before you get there");
  await expect(unseen).toBeVisible();
  await lab.press("g");
  await lab.dialog.getByLabel("Hide what comes").uncheck();
  await expect(lab.dialog.getByLabel("Play stops at steps")).not.toBeChecked();
  await lab.press("Escape");
  await expect(unseen).toBeHidden();
  await page.reload();
  await lab.ready();
  await expect(page.getByText(/^The client's first write, x=1/)).toBeVisible();
});
