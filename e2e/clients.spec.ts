import type { Locator } from "playwright/test";
import { expect, type Lab, test } from "./lab.ts";
import { steady } from "./scenario.ts";

/** The console and the bars: what clients ask, what they are told, and what they never learn. */

async function openClients(lab: Lab): Promise<void> {
  await lab.open({ scenario: steady() });
  await lab.page.getByRole("tab", { name: "Clients" }).click();
  await expect(prompt(lab)).toBeVisible();
}

const prompt = (lab: Lab): Locator => lab.page.getByRole("textbox", { name: "Command" });
const said = (lab: Lab): Locator => lab.page.getByRole("log", { name: "Commands and answers" }).locator("p");

async function type(lab: Lab, line: string): Promise<void> {
  await prompt(lab).fill(line);
  await lab.press("Enter");
}
/** Space belongs to the prompt while it has the keyboard. */
async function playUntil(lab: Lab, ms: number): Promise<void> {
  await prompt(lab).blur();
  await lab.playUntil(ms);
}

test("a write and a read are asked in the console and answered", async ({ lab }) => {
  await openClients(lab);
  await type(lab, "put colour blue");
  await expect(said(lab).last()).toContainText("put colour=blue");
  await expect(said(lab).last()).toContainText("no answer yet");
  await playUntil(lab, 700);
  await expect(said(lab).last()).toContainText("ok");
  await type(lab, "get colour");
  await playUntil(lab, 1000);
  await expect(said(lab).last()).toContainText("get colour");
  await expect(said(lab).last()).toContainText("blue");
});

test("mistakes are told in words, and lines come back", async ({ lab, page }) => {
  await openClients(lab);
  const before = await lab.hash();
  await type(lab, "pt x 1");
  await expect(page.getByRole("alert")).toContainText('"pt" is no command');
  await expect(prompt(lab)).toHaveValue("pt x 1");
  expect(await lab.hash()).toBe(before);
  await type(lab, "S3 del x");
  expect((await lab.frame()).requests.at(-1)).toMatchObject({ server: 3, operation: { op: "delete", key: "x" } });
  await type(lab, "get x");
  await lab.press("ArrowUp", "ArrowUp");
  await expect(prompt(lab)).toHaveValue("S3 del x");
  await lab.press("ArrowDown");
  await expect(prompt(lab)).toHaveValue("get x");
  await prompt(lab).fill("p");
  await lab.press("Tab");
  await expect(prompt(lab)).toHaveValue("put ");
});

test("a request that is never answered stays open, and its bar too", async ({ lab, page }) => {
  await openClients(lab);
  await lab.page.keyboard.press("Escape");
  await lab.press("1", "i");
  await type(lab, "S1 put y 2");
  await playUntil(lab, 2600);
  await expect(said(lab).last()).toContainText("unknown");
  await expect(page.locator('.ops-one[data-state="unknown"]')).toHaveCount(1);
  await expect(page.locator('.ops-one[data-state="done"]')).toHaveCount(1);
});

test("a bar tells of its operation, and travels to its call and its answer", async ({ lab, page }) => {
  await openClients(lab);
  const cursor = page.getByRole("button", { name: /^C1 asked S\d at 0\.150 s: put x=1\. Answered after/ });
  await cursor.focus();
  await lab.press("Enter");
  expect((await lab.frame()).position.at).toBe(150_000);
  await expect(said(lab).last()).toContainText("no answer yet");
  await lab.press("Shift+Enter");
  await expect(said(lab).last()).toContainText("ok");
  await page.getByRole("button", { name: "Go to the call" }).click();
  await lab.idle();
  expect((await lab.frame()).position.at).toBe(150_000);
});
