import { expect, test } from "./lab.ts";
import { steady } from "./scenario.ts";

/** Conditions, branches and comparisons: what next, and what instead. */
test.beforeEach(({ lab }) => lab.open({ scenario: steady() }));

test("runs until a condition comes true, and marks the word that is wrong", async ({ lab }) => {
  await lab.press("Home", "Shift+U");
  await lab.page.keyboard.type("S1 leds and commit >= 1");
  await expect(lab.dialog.locator("mark")).toHaveText("leds");
  await lab.dialog.getByRole("button", { name: "Write leads" }).click();
  await lab.page.keyboard.press("Enter");
  await expect(lab.dialog).toBeHidden();
  expect((await lab.leader()).commitIndex).toBe(1);
  await lab.press(",");
  expect((await lab.leader()).commitIndex).toBe(0);
});

test("offers what may follow, to the keyboard too", async ({ lab }) => {
  await lab.press("Shift+U");
  await lab.page.keyboard.type("S2 camp");
  await expect(lab.dialog.getByRole("option")).toHaveText([/^campaigns/]);
  await lab.page.keyboard.press("ArrowDown");
  await lab.page.keyboard.press("Enter");
  await expect(lab.dialog.getByRole("combobox")).toHaveValue("S2 campaigns ");
});

test("stops whenever a kept condition comes true, until it is forgotten", async ({ lab }) => {
  await lab.press("Home", "Shift+U");
  await lab.page.keyboard.type("S1 leads");
  await lab.dialog.getByRole("button", { name: "Stop every time" }).click();
  const kept = lab.page.getByRole("list", { name: "Where time stops" });
  await expect(kept).toContainText("S1 leads");
  await lab.press("Space");
  await expect(lab.page.getByText("Stopped: “S1 leads” comes true here.")).toBeVisible();
  await expect(lab.button("Play")).toBeVisible();
  expect((await lab.leader()).id).toBe(1);
  await kept.getByRole("button").click();
  await expect(kept).toBeHidden();
});

test("branches are named, compared, kept and deleted", async ({ lab }) => {
  const end = (await lab.frame()).end.at;
  await lab.press("Home", ".", ".", ".", "3", "c", "End", "Shift+T");
  const rows = lab.dialog.getByRole("listitem");
  await expect(rows).toHaveCount(2);
  await lab.dialog.getByRole("button", { name: "Rename crash S3" }).click();
  await lab.dialog.getByRole("textbox").fill("S3 dies");
  await lab.page.keyboard.press("Enter");
  await expect(rows.nth(1)).toContainText("S3 dies");
  await lab.dialog.getByRole("button", { name: /^Compare first run/ }).click();
  const both = lab.page.getByRole("dialog", { name: "Two runs compared" });
  await expect(both.getByText("S3 crashed")).toBeVisible();
  await expect(both.getByRole("row", { name: /S3 state\s+down\s+up/ })).toBeVisible();
  await both.getByRole("slider", { name: "Time of both" }).press("Home");
  await expect(both.getByText("No server differs; messages under way may.")).toBeVisible();
  await both.getByRole("button", { name: "go there" }).click();
  await both.getByRole("button", { name: "Act here, in first run" }).click();
  expect((await lab.serverView(3)).status).toBe("up");
  expect((await lab.frame()).end.at).toBe(end);
  // What is done on that side is compared with the other one again.
  await lab.press("2", "c", "Shift+A");
  await expect(both.getByRole("row", { name: /S2 state\s+up\s+down/ })).toBeVisible();
  await expect(both.getByRole("row", { name: /S3 state\s+down\s+up/ })).toBeVisible();
  await both.getByRole("button", { name: "Close" }).click();
  await lab.press("Shift+T");
  await lab.dialog.getByRole("button", { name: "Delete S3 dies" }).click();
  await lab.dialog.getByRole("button", { name: "Delete for good" }).click();
  await expect(rows).toHaveCount(2);
});

test("tells what can happen next, and opens one of the ways as a branch", async ({ lab }) => {
  await lab.press("Home", "Shift+W");
  const row = lab.dialog.getByRole("listitem").filter({ hasText: "leads term" }).first();
  await expect(row).toContainText("times out");
  const text = await row.locator("b").textContent();
  await row.getByRole("button").click();
  await expect(lab.dialog).toBeHidden();
  const { id, term } = await lab.leader();
  expect(`S${id} leads term ${term}`).toBe(text);
  expect((await lab.state()).timeline?.branches.at(-1)?.label).toBe(text);
});
