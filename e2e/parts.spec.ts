import type { Page } from "playwright/test";
import { expect, firstVisit, test } from "./lab.ts";
import { steady } from "./scenario.ts";

/** Parts of the page that do not come: each says so in its place, the rest lives, and they come when they can. */

interface Gate {
  shut: boolean;
}
const partsCalled = (...names: readonly string[]) => new RegExp(`/assets/(${names.join("|")})-[^/]*$`);

/**
 * While it is shut, nothing with such an address can be fetched. Put it up before the page is opened: a page that is
 * there when it comes may go on asking past it for a moment.
 */
async function gateAt(page: Page, address: RegExp, shut = true): Promise<Gate> {
  const gate = { shut };
  await page.route(address, (route) => (gate.shut ? route.abort() : route.continue()));
  return gate;
}

const failures = /Failed to load resource|Failed to fetch|Unable to preload|net::ERR|could not be loaded/;
test.afterEach(({ watched }) => {
  const others = watched.complaints.filter((complaint) => !failures.test(complaint));
  watched.complaints.splice(0, watched.complaints.length, ...others);
});

const dialogs = [
  { part: "palette", key: "Control+k", title: "list of actions" },
  { part: "share", key: "s", title: "dialog for sharing" },
  { part: "bugs", key: "b", title: "list of rules" },
  { part: "scenarios", key: null, title: "list of scenarios" },
];

test("a dialog or pane without its part says so in its place, and comes when it is there again", async ({
  lab,
  page,
}) => {
  const all = await gateAt(page, partsCalled(...dialogs.map(({ part }) => part)));
  const styles = await gateAt(page, /\/assets\/settings-[^/]*\.css$/);
  const events = await gateAt(page, partsCalled("events"));
  const checks = await gateAt(page, partsCalled("checks"));
  const presets = await gateAt(page, partsCalled("presets"), false);
  await lab.open({ scenario: steady() });
  const missing = (what: string) => page.getByRole("alert").filter({ hasText: `The ${what} could not be loaded.` });
  const tryAgain = (what: string) => missing(what).getByRole("button", { name: "Try again" }).click();
  const open = (key: string | null) =>
    key === null ? lab.button("Scenarios").first().click() : page.keyboard.press(key);

  for (const { key, title } of dialogs) {
    await test.step(title, async () => {
      await open(key);
      await expect(missing(title)).toBeVisible();
      await expect(lab.stage).toBeVisible();
      await tryAgain(title);
      await expect(missing(title)).toBeVisible();
      await page.keyboard.press("Escape");
      await expect(missing(title)).toHaveCount(0);
    });
  }
  all.shut = false;
  for (const { key, title } of dialogs) {
    await open(key);
    await expect(lab.dialog, title).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(lab.dialog).toBeHidden();
  }

  await test.step("a dialog of which only the styles are missing comes with them", async () => {
    await page.keyboard.press("g");
    await expect(missing("settings")).toBeVisible();
    styles.shut = false;
    await tryAgain("settings");
    await expect(lab.dialog).toBeVisible();
    await expect(page.locator('link[rel="stylesheet"][href*="settings"]')).toHaveCount(1);
    await page.keyboard.press("Escape");
  });

  await test.step("while a pane is missed the run goes on", async () => {
    await page.getByRole("tab", { name: "Events" }).click();
    await expect(missing("events")).toContainText("The run itself goes on.");
    await lab.press("Space");
    await lab.press("Space");
    events.shut = false;
    await tryAgain("events");
    await expect(page.locator(".events-list, .events-row").first()).toBeVisible();
  });

  await test.step("a verdict is asked for again", async () => {
    await page.getByRole("tab", { name: "Checks" }).click();
    await expect(missing("checks")).toBeVisible();
    checks.shut = false;
    await tryAgain("checks");
    await expect(page.getByText(/after every step/).first()).toBeVisible();
  });

  await test.step("without its part in the engine a scenario is refused with a reason", async () => {
    const before = await lab.hash();
    const figure8 = lab.dialog.getByText("Figure 8", { exact: false }).first();
    await lab.button("Scenarios").click();
    await expect(figure8).toBeVisible();
    presets.shut = true;
    await figure8.click();
    await expect(page.getByRole("alert")).toContainText("A part of the engine could not be loaded.");
    expect(await lab.hash()).toBe(before);
    presets.shut = false;
    await lab.button("Scenarios").click();
    await figure8.click();
    await lab.idle();
    expect((await lab.state()).info?.title).toContain("Figure 8");
  });
});

test("what comes after the first frame and does not is told in one line and fetched in one go; a write without its part is done when it is asked for again", async ({
  lab,
  page,
}) => {
  const later = await gateAt(page, partsCalled("after"));
  const engine = await gateAt(page, partsCalled("reader"));
  await page.goto("./");
  await lab.idle();
  const missing = page.getByRole("alert").filter({ hasText: "Not all of the page could be loaded." });
  await expect(missing).toContainText("Missing: ");
  for (const name of ["panes, keys and buttons", "marks on the picture", "speeds and moments"])
    expect(((await missing.textContent()) ?? "").split(name), name).toHaveLength(2);
  await expect(lab.stage).toBeVisible();
  later.shut = false;
  await missing.getByRole("button", { name: "Try again" }).click();
  await expect(missing).toHaveCount(0);
  await expect(page.locator('link[rel="stylesheet"][href*="/after-"]')).toHaveCount(1);
  await lab.ready();
  await expect(lab.inspector).toContainText("Step by step");
  await expect(lab.button("Jump to")).toBeEnabled();
  await expect(lab.button("Write")).toBeEnabled();
  await lab.press("2");
  expect((await lab.state()).selection).toEqual({ kind: "server", id: 2 });

  await lab.press("Space");
  await lab.click("Write");
  await expect(page.getByRole("status").filter({ hasText: "A part of the engine could not be loaded." })).toBeVisible();
  engine.shut = false;
  await lab.click("Write");
  const { requests, messages, branch } = await lab.frame();
  expect(requests.length + messages.length).toBeGreaterThan(0);
  expect(branch).toBeGreaterThanOrEqual(0);
});

test("reloading from there keeps the run at its moment", async ({ lab, page }) => {
  await gateAt(page, partsCalled("palette"));
  await lab.open({ fragment: "" });
  await lab.button("Scenarios").click();
  await lab.dialog.getByText("Figure 8", { exact: false }).first().click();
  await lab.idle();
  await lab.press("Shift+PageDown");
  const { at, hash, title } = await lab.moment();
  await page.keyboard.press("Control+k");
  const loaded = page.waitForEvent("load");
  await page.getByRole("alert").getByRole("button", { name: "Reload the page" }).click();
  await loaded;
  await lab.ready();
  expect(await lab.moment()).toMatchObject({ at, hash, title, playing: false });
});

// What a browser has from before it need not reach.
firstVisit("a page that cannot be reached is not left", async ({ lab, page, context }) => {
  await lab.open({ scenario: steady() });
  await context.setOffline(true);
  await page.waitForFunction(() =>
    fetch(location.href, { cache: "no-store" }).then(
      () => false,
      () => true,
    ),
  );
  await page.keyboard.press("Control+k");
  await page.getByRole("alert").getByRole("button", { name: "Reload the page" }).click();
  await expect(page.getByText("The page cannot be reached at the moment. This one goes on.")).toBeVisible();
  await context.setOffline(false);
  await expect(lab.dialog).toBeVisible();
});

test("a link without its part says why it could not be made, and is made when it is there", async ({ lab, page }) => {
  const gate = await gateAt(page, partsCalled("reader"));
  await page.goto("./");
  await lab.ready();
  await page.keyboard.press("s");
  await expect(lab.dialog.getByRole("status")).toContainText("A part of the engine could not be loaded.");
  await page.keyboard.press("Escape");
  gate.shut = false;
  expect(await lab.sharedUrl()).toContain("#");
});
