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
  { part: "palette", key: "Control+k", title: "list of actions", there: "Actions" },
  { part: "share", key: "s", title: "dialog for sharing", there: "Share this moment" },
  { part: "bugs", key: "b", title: "list of rules", there: "Break Raft" },
  { part: "scenarios", key: "o", title: "list of scenarios", there: "Scenarios" },
];
for (const { part, key, title } of dialogs) {
  test(`without its part the ${title} says so, and comes when it is there again`, async ({ lab, page }) => {
    const gate = await gateAt(page, partsCalled(part));
    await lab.open({ scenario: steady() });
    const open = () =>
      part === "scenarios"
        ? lab
            .button(/Choose another scenario|Scenarios/)
            .first()
            .click()
        : page.keyboard.press(key);
    await open();
    const missing = page.getByRole("alert").filter({ hasText: `The ${title} could not be loaded.` });
    await expect(missing).toBeVisible();
    await expect(lab.stage).toBeVisible();
    await missing.getByRole("button", { name: "Try again" }).click();
    await expect(missing).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(missing).toHaveCount(0);
    gate.shut = false;
    await open();
    await expect(lab.dialog).toBeVisible();
  });
}

test("a dialog comes with its styles when only these were missing", async ({ lab, page }) => {
  const gate = await gateAt(page, /\/assets\/palette-[^/]*\.css$/);
  await lab.open({ scenario: steady() });
  await page.keyboard.press("Control+k");
  const missing = page.getByRole("alert").filter({ hasText: "could not be loaded" });
  await expect(missing).toBeVisible();
  gate.shut = false;
  await missing.getByRole("button", { name: "Try again" }).click();
  await expect(lab.dialog).toBeVisible();
  await expect(page.locator('link[rel="stylesheet"][href*="palette"]')).toHaveCount(1);
});

test("a pane is missed in its place, and tried again there", async ({ lab, page }) => {
  const gate = await gateAt(page, partsCalled("events"));
  await lab.open({ scenario: steady() });
  await page.getByRole("tab", { name: "Events" }).click();
  const missing = page
    .getByRole("alert")
    .filter({ hasText: "The events could not be loaded. The run itself goes on." });
  await expect(missing).toBeVisible();
  await lab.press("Space");
  await lab.press("Space");
  gate.shut = false;
  await missing.getByRole("button", { name: "Try again" }).click();
  await expect(page.locator(".events-list, .events-row").first()).toBeVisible();
});

test("what comes after the first frame and does not is told in one line, and fetched in one go", async ({
  lab,
  page,
}) => {
  const gate = await gateAt(page, partsCalled("keys", "bar-button"));
  await page.goto("./");
  await lab.idle();
  const missing = page.getByRole("alert").filter({ hasText: "Not all of the page could be loaded." });
  await expect(missing).toContainText("keys");
  await expect(missing).toContainText("buttons under the picture");
  gate.shut = false;
  await missing.getByRole("button", { name: "Try again" }).click();
  await expect(missing).toHaveCount(0);
  await expect(lab.button("Write")).toBeEnabled();
  await lab.press("2");
  expect((await lab.state()).selection).toEqual({ kind: "server", id: 2 });
});

test("without its part in the engine a scenario is refused with a reason, and opens when it is there", async ({
  lab,
  page,
}) => {
  const gate = await gateAt(page, partsCalled("presets"), false);
  await lab.open({ scenario: steady() });
  const before = await lab.hash();
  await lab.button("Scenarios").click();
  await expect(lab.dialog.getByText("Figure 8", { exact: false }).first()).toBeVisible();
  gate.shut = true;
  await lab.dialog.getByText("Figure 8", { exact: false }).first().click();
  await expect(page.getByRole("alert")).toContainText("A part of the engine could not be loaded.");
  expect(await lab.hash()).toBe(before);
  gate.shut = false;
  await lab.button("Scenarios").click();
  await lab.dialog.getByText("Figure 8", { exact: false }).first().click();
  await lab.idle();
  expect((await lab.state()).info?.title).toContain("Figure 8");
});

test("a write without its part says so, and is done when it is asked for again", async ({ lab, page }) => {
  const gate = await gateAt(page, partsCalled("faults", "format"));
  await page.goto("./");
  await lab.idle();
  await lab.press("Space");
  await lab.click("Write");
  await expect(page.getByRole("status").filter({ hasText: "A part of the engine could not be loaded." })).toBeVisible();
  gate.shut = false;
  await lab.click("Write");
  expect((await lab.frame()).requests.length + (await lab.frame()).messages.length).toBeGreaterThan(0);
  expect((await lab.frame()).branch).toBeGreaterThanOrEqual(0);
});

test("a verdict without its part is asked for again", async ({ lab, page }) => {
  const gate = await gateAt(page, partsCalled("checks"));
  await lab.open({ scenario: steady() });
  await page.getByRole("tab", { name: "Checks" }).click();
  const missing = page.getByRole("alert").filter({ hasText: "The checks could not be loaded." });
  await expect(missing).toBeVisible();
  gate.shut = false;
  await missing.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByText(/after every step/).first()).toBeVisible();
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
  const gate = await gateAt(page, partsCalled("address"));
  await page.goto("./");
  await lab.ready();
  await page.keyboard.press("s");
  await expect(lab.dialog.getByRole("status")).toContainText("A part of the engine could not be loaded.");
  await page.keyboard.press("Escape");
  gate.shut = false;
  expect(await lab.sharedUrl()).toContain("#");
});
