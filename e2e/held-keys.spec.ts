import type { Page } from "playwright/test";
import type {} from "../src/store/keyboard.ts";
import { carrying, expect, test } from "./lab.ts";
import { encodeScenario, fileJson, steady } from "./scenario.ts";

/** A key is not lost because what it is meant for is still being loaded. */

/** Holds back the answer to whatever asks for such an address, until it is let go. To be said before the page is opened. */
async function holdBack(page: Page, address: RegExp): Promise<() => void> {
  let letGo = (): void => {};
  const released = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route(address, async (route) => {
    await released;
    await route.continue();
  });
  return letGo;
}

const mainScript = /assets\/index-[\w-]+\.js/;

/** The page without its main script, but for what listens to keys. */
async function openBare(page: Page): Promise<void> {
  const fragment = await encodeScenario(steady());
  await page.goto(`./#${fragment}`, { waitUntil: "commit" });
  await page.waitForFunction(() => window.driftwoodKeys !== undefined);
}

test("keys that are pressed before the page's script is there do what they do later", async ({ lab, page }) => {
  const letGo = await holdBack(page, mainScript);
  await openBare(page);
  for (const key of ["3", "c", "Control+k"]) await page.keyboard.press(key);
  await page.keyboard.type("crash s2");
  await page.keyboard.press("Enter");
  letGo();
  await page.waitForFunction(() => "driftwoodIdle" in window);
  expect((await lab.serverView(3)).status).toBe("down");
  expect((await lab.serverView(2)).status).toBe("down");
  await expect(lab.dialog).toBeHidden();
});

test("the file chooser opens before the page's script is there, and the file when it is", async ({ lab, page }) => {
  const letGo = await holdBack(page, mainScript);
  await openBare(page);
  const chooser = page.waitForEvent("filechooser");
  await page.keyboard.press("Control+o");
  const buffer = Buffer.from(JSON.stringify(fileJson(steady({ title: "From a file" }))));
  await (await chooser).setFiles({ name: "run.raft.json", mimeType: "application/json", buffer });
  letGo();
  await page.waitForFunction(() => "driftwoodIdle" in window);
  await expect.poll(async () => (await lab.state()).info?.title).toBe("From a file");
});

test("a file that is dropped before the page's script is there opens when it is", async ({ lab, page }) => {
  const letGo = await holdBack(page, mainScript);
  await openBare(page);
  const dataTransfer = await carrying(page, {
    "run.raft.json": JSON.stringify(fileJson(steady({ title: "Dropped" }))),
  });
  await page.dispatchEvent("body", "drop", { dataTransfer });
  letGo();
  await page.waitForFunction(() => "driftwoodIdle" in window);
  await expect.poll(async () => (await lab.state()).info?.title).toBe("Dropped");
});

test("hotkeys are kept while their handlers load, and what is typed while the palette loads is in its field", async ({
  lab,
  page,
}) => {
  const letKeys = await holdBack(page, /assets\/after-[\w-]+\.js/);
  const letPalette = await holdBack(page, /assets\/palette-[\w-]+\.js/);
  await page.goto(`./#${await encodeScenario(steady())}`);
  await page.waitForFunction(() => window.driftwoodTest?.frame() !== null);
  for (const key of ["3", "c", "2", "p"]) await page.keyboard.press(key);
  letKeys();
  expect((await lab.serverView(3)).status).toBe("down");
  expect((await lab.serverView(2)).status).toBe("paused");

  await page.keyboard.press("Control+k");
  await page.keyboard.type("crash s5");
  await page.keyboard.press("Backspace");
  await page.keyboard.type("4");
  letPalette();
  await lab.idle();
  await expect(lab.dialog.getByLabel("Find an action")).toHaveValue("crash s4");
  await lab.press("Enter");
  expect((await lab.serverView(4)).status).toBe("down");
});

test("a palette that is given up while it loads takes its keys with it; a command is asked when the console is there", async ({
  lab,
  page,
}) => {
  const letPalette = await holdBack(page, /assets\/palette-[\w-]+\.js/);
  const letConsole = await holdBack(page, /assets\/clients-[\w-]+\.js/);
  await lab.open({ scenario: steady() });
  const before = await lab.hash();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("crash");
  await page.keyboard.press("Escape");
  letPalette();
  expect(await lab.hash()).toBe(before);
  await lab.press("3", "c");
  expect((await lab.serverView(3)).status).toBe("down");
  await expect(lab.dialog).toBeHidden();

  await page.keyboard.press("/");
  await page.keyboard.type("put colour blue");
  await page.keyboard.press("Enter");
  letConsole();
  await expect
    .poll(async () => (await lab.frame()).requests.at(-1)?.operation)
    .toMatchObject({ op: "put", key: "colour" });
});
