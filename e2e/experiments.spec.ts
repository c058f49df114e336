import { readFile } from "node:fs/promises";
import type { Page } from "playwright/test";
import { parseExperiment, settingsOf } from "../src/experiment/format.ts";
import { type Results, resultsOf } from "../src/experiment/results.ts";
import { Units } from "../src/experiment/units.ts";
import { violations } from "./axe.ts";
import { carrying, expect, test } from "./lab.ts";

/** What the page hands over as a file. */
async function handed(page: Page, button: "CSV" | "SVG" | "Results"): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: button, exact: true }).click(),
  ]);
  return await readFile(await download.path(), "utf8");
}
const results = async (page: Page): Promise<Results> => JSON.parse(await handed(page, "Results")) as Results;

/** The same experiment, in Node. */
function inNode({ experiment }: Results): Results {
  const read = parseExperiment(JSON.stringify(experiment));
  if (!read.ok) throw new Error(read.problem.message);
  const settings = settingsOf(read.value);
  if (!settings.ok) throw new Error(settings.problem.message);
  const units = new Units(read.value, settings.value);
  return resultsOf(
    experiment,
    Array.from({ length: units.count }, (_, unit) => units.run(unit)),
  );
}

test("an experiment is made, run, paused, looked into, left, shared and repeated", async ({ lab }) => {
  const { page } = lab;
  const done = page.getByRole("progressbar", { name: "Runs that are done" });
  await lab.open();
  await lab.press("n");
  await lab.dialog.getByRole("button", { name: /^Time without a leader.*wider and wider/ }).click();
  await expect(page.getByRole("heading", { name: "Time without a leader" })).toBeVisible();
  expect(page.url()).toContain("#experiment=figure-16");

  // Another number of runs is another experiment, and the address has it.
  await page.getByLabel("per setting").fill("many");
  await page.getByLabel("per setting").press("Enter");
  await expect(page.getByRole("alert")).toContainText("runs: expected a whole number");
  await page.getByLabel("per setting").press("Escape");
  await expect(page.getByRole("alert")).toBeHidden();

  // So many that the slowest hand finds them under way.
  await expect(done).toHaveAttribute("aria-valuemax", "6000");
  await lab.click("Run");
  await lab.click("Pause");
  await expect(lab.button("Go on")).toBeVisible();
  await lab.click("Cancel");

  await page.getByLabel("per setting").fill("20");
  await page.getByLabel("per setting").press("Enter");
  await expect(done).toHaveAttribute("aria-valuemax", "120");
  await expect.poll(() => page.url()).toContain("#experiment=~");

  // What is taken out leaves focus to what then stands in its place.
  await page.getByRole("button", { name: "Without 150–150 ms" }).focus();
  await page.keyboard.press("Enter");
  await expect(done).toHaveAttribute("aria-valuemax", "100");
  await expect(page.getByRole("button", { name: "Without 150–151 ms" })).toBeFocused();

  await lab.click("Run");
  await expect(done).toHaveAttribute("aria-valuenow", "100");
  const first = await results(page);
  expect(first.outcomes).toHaveLength(100);
  expect(first).toEqual(inNode(first));
  expect(await violations(page)).toEqual([]);

  // The picture is read by keys, too.
  const picture = page.getByRole("slider", { name: /^Picture: / });
  await picture.focus();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("End");
  await expect(picture).toHaveAttribute("aria-valuetext", "150–200 ms: 100 % within 15 s");

  // A dot is a run, which opens as any other; Back leads to the experiment, and its figures are still there.
  await page.locator(".exp-dot").first().click();
  await expect(page.getByRole("region", { name: "The chosen run" })).toContainText("wins term");
  const before = await lab.moment();
  await lab.click("Open this run");
  await lab.ready();
  await expect.poll(async () => (await lab.moment()).title).toMatch(/^Time without a leader, 150–\d+ ms, seed \d+$/);
  await page.goBack();
  await expect(done).toHaveAttribute("aria-valuenow", "100");
  await page.goBack();
  await lab.ready();
  await expect.poll(async () => (await lab.moment()).title).toBe(before.title);

  // The link alone comes to the same figures.
  await page.goForward();
  await expect(done).toHaveAttribute("aria-valuenow", "100");
  const url = page.url();
  await page.goto("about:blank");
  await page.goto(url.replace(/#.*/, "#experiment=file"));
  await expect(page.getByText("does not have the file any more: open it once more")).toBeVisible();
  await page.goto("about:blank");
  await page.goto(url);
  await expect(done).toHaveAttribute("aria-valuemax", "100");
  await page.setViewportSize({ width: 390, height: 844 });
  await lab.click("Run");
  await expect(done).toHaveAttribute("aria-valuenow", "100");
  expect(await results(page)).toEqual(first);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  expect(await violations(page)).toEqual([]);
});

test("the run on the page becomes an experiment by its address alone; its files leave the page and open again", async ({
  lab,
}) => {
  const { page } = lab;
  const done = page.getByRole("progressbar", { name: "Runs that are done" });
  const drop = async (text: string): Promise<void> => {
    const dataTransfer = await carrying(page, { "an.experiment.json": text });
    await page.dispatchEvent("main", "drop", { dataTransfer });
  };
  await lab.open();
  await page.goto("about:blank");
  await page.goto("./#experiment=run");
  await expect.poll(() => page.url()).toContain("#experiment=~");
  await page.getByLabel("per setting").fill("3");
  await page.getByLabel("per setting").press("Enter");
  await lab.click("Run");
  await expect(done).toHaveAttribute("aria-valuenow", "3");
  const csv = (await handed(page, "CSV")).split("\r\n");
  expect([csv[0], csv.length]).toEqual(["seed,valueMs,atMs,begunMs,terms,broke", 5]);
  const title = await page.locator(".exp-form h2").textContent();
  const svg = await handed(page, "SVG");
  expect(svg).toContain(`>${title}</text>`);
  expect(svg).toContain("; 3 of 3 runs</text>");
  const file = await handed(page, "Results");
  await page.keyboard.press("Escape");
  await lab.ready();
  await drop(file.replace('"measure"', '"mesure"'));
  await expect(page.getByRole("alert")).toContainText("did you mean measure? It stays as it was.");
  await expect.poll(() => page.url()).toContain("#experiment=~");
  await page.goto("about:blank");
  await lab.open();
  await drop(file);
  await expect(done).toHaveAttribute("aria-valuenow", "3");
});
