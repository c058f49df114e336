import type { Locator } from "playwright/test";
import { expect, type Lab, test } from "./lab.ts";
import { historyOf, recordingOf, steady } from "./scenario.ts";

const scenario = steady({
  actions: [
    { atMs: 0, do: "timer", server: "S1", leftMs: 10 },
    { atMs: 150, do: "request", put: ["x", "1"] },
    { atMs: 300, do: "crash", server: "S2" },
  ],
});

const rows = (lab: Lab): Locator => lab.page.getByRole("region", { name: "Events" }).locator(".events-line");
const words = (lab: Lab) => rows(lab).locator(".events-text").allTextContents();

test.beforeEach(async ({ lab }) => {
  await lab.open({ scenario });
  await lab.page.getByRole("tab", { name: "Events" }).click();
  await expect(rows(lab).first()).toBeVisible();
});

test("the feed says in words what happened, newest first, without the routine", async ({ lab, page }) => {
  await expect(rows(lab).first()).toContainText("S2 crashed");
  const usual = await words(lab);
  expect(usual.join("\n")).not.toMatch(/heartbeat/i);
  const listed = await rows(lab).first().locator("xpath=ancestor::li").getAttribute("aria-setsize");
  await page.getByRole("button", { name: "Routine", exact: true }).click();
  await expect.poll(async () => (await words(lab)).join("\n")).toMatch(/heartbeat/i);
  expect(listed).not.toBe(await rows(lab).first().locator("xpath=ancestor::li").getAttribute("aria-setsize"));
});

test("it can be narrowed to servers and kinds", async ({ lab, page }) => {
  await page.getByRole("button", { name: "Elections", exact: true }).click();
  await expect.poll(async () => (await words(lab)).every((text) => text.startsWith("Elections: "))).toBe(true);
  const all = await rows(lab).count();
  await expect(rows(lab).filter({ hasText: "S1 became leader of term 1" })).toHaveCount(1);
  expect(all).toBeGreaterThan(1);
  await page.getByRole("group", { name: "Servers" }).getByRole("button", { name: "S3", exact: true }).click();
  await expect.poll(() => rows(lab).count()).toBeLessThan(all);
  for (const text of await words(lab)) expect(text).toMatch(/^Elections: S3 /);
  await page.getByRole("button", { name: "Elections", exact: true }).click();
  await page.getByRole("button", { name: "Violations", exact: true }).click();
  await expect(page.getByText("Nothing like this has happened.")).toBeVisible();
  await page.getByRole("button", { name: "Show everything" }).click();
  await expect(rows(lab).first()).toContainText("S2 crashed");
});

test("a click travels to the event, to the state that follows it", async ({ lab, page }) => {
  const history = historyOf(recordingOf(scenario));
  await page.getByRole("button", { name: "Elections", exact: true }).click();
  const vote = rows(lab).filter({ hasText: "S3 voted for S1 in term 1" });
  const time = Number(/^[\d.]+/.exec((await vote.locator(".ui-time").textContent()) ?? "")?.[0]);
  await vote.click();
  const { position, hash } = await lab.frame();
  expect(Math.floor(position.at / 1000)).toBe(Math.round(time * 1000));
  history.visit(position.event);
  expect(hash).toBe(history.hash());
  await expect(vote).toHaveAttribute("aria-current", "step");
});

test("words narrow it; a row about a message goes to where it is under way, and shows its fields", async ({
  lab,
  page,
}) => {
  await page.getByRole("searchbox", { name: "Only what says" }).fill("S3 received entry 1");
  await expect(page.getByText("Nothing like this has happened.")).toBeVisible();
  await page.getByRole("button", { name: "Look among heartbeats and other routine" }).click();
  const came = rows(lab).filter({ hasText: "S3 received from S1 AppendEntries: entry 1 after the start of the log" });
  await expect(came).toHaveCount(1);
  for (const text of await words(lab)) expect(text).toMatch(/S3 .*entry 1|entry 1.* S3/);
  await came.click();
  const { selection, frame } = await lab.state();
  if (selection?.kind !== "message") throw new Error("no message is selected");
  expect(frame?.messages.map(({ id }) => id)).toContain(selection.id);
  await expect(lab.inspector.getByText(selection.id, { exact: true })).toBeVisible();
  await expect(page.locator(".events-fields")).toContainText("entries[]");
  await expect(came).toBeInViewport();
});

test("what is shown is copied as text, and the run for a bug report as Markdown", async ({ lab, page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await page.getByRole("button", { name: "Elections", exact: true }).click();
  await expect.poll(async () => (await words(lab)).every((text) => text.startsWith("Elections: "))).toBe(true);
  const shown = (await words(lab)).map((text) => text.replace("Elections: ", "")).reverse();
  await page.getByRole("button", { name: "Copy these events as text" }).click();
  await expect(page.getByText("The events up to this moment are copied as text.")).toBeVisible();
  const lines = (await clipboard()).trimEnd().split("\n");
  expect(lines).toHaveLength(shown.length);
  for (const [i, line] of lines.entries()) expect(line).toContain(shown[i]!);
  await lab.press("Control+k");
  await page.keyboard.type("bug report");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Link, options, servers and the last events are copied as Markdown.")).toBeVisible();
  const url = /\]\(<(.+#.+)>\)/.exec(await clipboard())?.[1] ?? "";
  const before = await lab.hash();
  await page.goto(url);
  await lab.ready();
  expect(await lab.hash()).toBe(before);
});

test("arrows walk through the rows, Enter travels", async ({ lab, page }) => {
  await rows(lab).first().focus();
  await lab.press("ArrowDown", "ArrowDown");
  const focused = page.locator('.events-line:focus[data-place="2"]');
  await expect(focused).toBeVisible();
  const before = await lab.hash();
  await lab.press("Enter");
  expect(await lab.hash()).not.toBe(before);
});
