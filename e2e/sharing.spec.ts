import { readFile } from "node:fs/promises";
import type { Browser, Page } from "playwright/test";
import { carrying, expect, Lab, test, watch } from "./lab.ts";
import { fileJson, steady } from "./scenario.ts";

const scenario = steady({ bookmarks: [{ atMs: 150, label: "The client asks." }], notes: "Something to share." });

/** Does what the recording did not have, and leaves the page at a moment of its own. */
async function make(lab: Lab): Promise<void> {
  await lab.open({ scenario });
  await lab.onServer(3, "Crash S3");
  await lab.click("Write");
  await lab.playUntil(800);
  await lab.press("Home", "Shift+PageDown", ">", "4");
}

async function shareUrl(lab: Lab): Promise<string> {
  await lab.click("Share");
  await expect(lab.dialog.getByText(/^Copied\. \d+ characters\.$/)).toBeVisible();
  const url = await lab.dialog.getByLabel("Link to this moment").inputValue();
  await lab.press("Escape");
  return url;
}

/** The same address for somebody who has never been here; her page must not complain either. */
async function elsewhere(browser: Browser, url: string): Promise<{ readonly page: Page; readonly lab: Lab }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 } });
  const page = await context.newPage();
  const { complaints } = await watch(page);
  const lab = new Lab(page);
  await page.goto(url);
  await lab.ready();
  expect(complaints).toEqual([]);
  return { page, lab };
}

test("a link restores run, moment, selection and speed in a clean browser, and a selected message", async ({
  lab,
  page,
  context,
  browser,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await make(lab);
  const url = await shareUrl(lab);
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(url);
  expect(new URL(url).hash.length).toBeLessThan(600);
  const here = await lab.moment();
  expect(here).toMatchObject({ at: 150_000, selection: { kind: "server", id: 4 }, speed: 2 });

  const other = await elsewhere(browser, url);
  expect(await other.lab.moment()).toEqual(here);
  await other.lab.press("End");
  await lab.press("End");
  expect(await other.lab.hash(), "the end of the run").toBe(await lab.hash());

  await lab.open({ scenario });
  await lab.openMenu(lab.message({ id: "S1>S2#10" }));
  await lab.press("Escape");
  await other.page.goto(await shareUrl(lab));
  await expect.poll(async () => (await other.lab.state()).selection).toMatchObject({ kind: "message", id: "S1>S2#10" });
  await other.lab.inspector.getByRole("tab", { name: "Message" }).click();
  await expect(other.lab.inspector.getByRole("heading", { name: "AppendEntries" })).toBeVisible();
  await other.page.context().close();
});

test("a saved file opens as the same run", async ({ lab, page }) => {
  await make(lab);
  const here = await lab.moment();
  await lab.press("s");
  const download = page.waitForEvent("download");
  await lab.dialog.getByRole("button", { name: "Save as .raft.json" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe("a-steady-cluster.raft.json");
  const path = await file.path();
  const json: unknown = JSON.parse(await readFile(path, "utf8"));
  expect(json).toMatchObject({ format: "driftwood", version: 3, title: "A steady cluster", seed: 5 });

  await page.goto("about:blank");
  await lab.open();
  const chooser = page.waitForEvent("filechooser");
  await lab.press("s");
  await lab.dialog.getByRole("button", { name: "Open a .raft.json" }).click();
  await (await chooser).setFiles(path);
  await expect.poll(async () => (await lab.state()).info?.title).toBe("A steady cluster");
  expect(await lab.moment()).toEqual(here);
});

test("a file dropped on the page opens", async ({ lab, page }) => {
  await lab.open();
  const dataTransfer = await carrying(page, { "run.raft.json": JSON.stringify(fileJson(scenario)) });
  await page.dispatchEvent("main", "dragover", { dataTransfer });
  await expect(page.getByText("Drop a recording, or logs of another Raft, to open them")).toBeVisible();
  await page.dispatchEvent("main", "drop", { dataTransfer });
  await expect.poll(async () => (await lab.state()).info?.title).toBe("A steady cluster");
  expect((await lab.frame()).position.at).toBe(420_000);
});

test("another link in the same tab opens that run", async ({ lab, page }) => {
  await lab.open({ scenario });
  await lab.open({ scenario: { ...scenario, title: "Another one", seed: 9 } });
  await expect.poll(async () => (await lab.state()).info?.title).toBe("Another one");
  await page.goBack();
  await expect.poll(async () => (await lab.state()).info?.title).toBe("A steady cluster");
});

test("in a frame of another page there is no header, and a mark opens the page at this moment", async ({ page }) => {
  const body = `<iframe src="./" width="640" height="400"></iframe>`;
  await page.route("**/frame.html", (route) => route.fulfill({ contentType: "text/html", body }));
  await page.goto("./frame.html");
  const frame = page.frameLocator("iframe");
  await frame.getByRole("button", { name: "Next", exact: true }).click();
  await expect(frame.getByRole("region", { name: "Story" })).toContainText("S3 is a candidate in term 1");
  await expect(frame.getByRole("banner")).toHaveCount(0);
  const opened = page.waitForEvent("popup");
  await frame.getByRole("button", { name: "Open the whole page" }).click();
  const whole = await opened;
  await expect(whole.getByText("Step 2 of 6")).toBeVisible();
  await whole.close();
});
