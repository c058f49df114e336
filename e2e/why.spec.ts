import { expect, keepPage, test } from "./lab.ts";

keepPage();

test("why S3 refuses a vote: sentence, comparison, what would have changed it, the same acts without the rule", async ({
  lab,
  page,
}) => {
  await lab.open({ fragment: "figure-8@0.263" });
  await lab.press("3");
  const why = page.getByRole("region", { name: "Why", exact: true });
  await expect(why).toContainText("S3 refused its vote to S1");
  await expect(why).toContainText("In term 3 it has voted for S5.");
  const rows = page.getByRole("table", { name: "What was compared" }).getByRole("row");
  await expect(rows.filter({ hasText: "decides" })).toHaveText(/^vote in term 3\s*S5/);
  await expect(rows.filter({ hasText: "not asked" })).toHaveCount(2);
  await expect(why).toContainText("S3 would have voted for S1 if it had not voted in term 3 yet.");
  // The decision before, and back.
  await page.getByRole("button", { name: "Its decision before" }).click();
  await expect(why).not.toContainText("S3 refused its vote to S1");
  await page.getByRole("button", { name: "Its decision after" }).click();
  await expect(why).toContainText("S3 refused its vote to S1");
  await page.getByRole("button", { name: "a server votes for anybody who asks" }).click();
  await expect(lab.dialog).toContainText("A server votes for anybody who asks");
});

test("what led there is walked by keys, and lit in every picture until Escape", async ({ lab, page }) => {
  await lab.open({ fragment: "figure-8@0.263" });
  await lab.press("3");
  const past = page.getByRole("region", { name: "What led here" });
  const rows = past.locator(".why-row");
  await expect(rows.last()).toContainText("S3 refused its vote to S1");
  expect(await rows.count()).toBeLessThanOrEqual(7);
  const before = (await lab.frame()).position.event;
  await rows.last().focus();
  await lab.press("ArrowUp");
  await expect(rows.last()).not.toBeFocused();
  const cause = Number(await page.locator(".why-row:focus").getAttribute("data-event"));
  await lab.press("ArrowDown");
  await expect(rows.last()).toBeFocused();
  await past.getByRole("button", { name: "Show them in every picture" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Lit is what led to this" })).toBeVisible();
  await expect(page.locator('[data-entry="1"][data-server="1"]')).toHaveAttribute("data-faded", "true");
  await lab.press("Escape");
  await expect(page.locator("[data-faded=true]")).toHaveCount(0);
  expect((await lab.state()).selection).toEqual({ kind: "server", id: 3 });
  await rows.last().focus();
  await lab.press("ArrowUp", "Enter");
  expect((await lab.frame()).position.event).toBe(cause);
  expect(cause).toBeLessThan(before);
});

test("an entry is followed from the log to its client's answer; the rest fades, and can be picked", async ({
  lab,
  page,
}) => {
  await lab.open({ fragment: "leader-crash@0.465" });
  await page.locator('[data-server="4"][data-entry="2"]').click();
  await expect(page.getByRole("heading", { name: "Entry 2" })).toBeVisible();
  await expect(page.getByText("of term 2, from C1")).toBeVisible();
  await expect(page.getByText("Committed; C1 does not know yet.")).toBeVisible();
  const steps = page.getByRole("list", { name: "What happened to it" }).getByRole("button");
  await expect(steps).toHaveText([/asked S4/, /appended/, /committed/, /applied/, /answered/]);
  await expect(page.getByRole("table", { name: "Its copies: seconds" })).toContainText("S4 knows");
  const chip = page.getByRole("status").filter({ hasText: "Follows entry 2. The rest is faded." });
  await expect(chip).toBeVisible();
  await expect(page.locator('[data-server="2"][data-entry="1"]')).toHaveAttribute("data-faded", "true");
  await expect(page.locator('[data-server="2"][data-entry="2"]')).not.toHaveAttribute("data-faded");
  await expect(page.locator('.stage-server[data-pick="S1"]')).toHaveAttribute("data-faded", "true");
  // In time, too: what is no part of it fades, and a bracket has its two ends.
  await expect(page.locator(".timeline-mark-election")).toHaveCount(2);
  await expect(page.locator(".timeline-mark:not([data-faded])")).toHaveCount(0);
  await lab.click("To the beginning of entry 2");
  await expect(page.getByText("Asked; in no log yet.")).toBeVisible();
  await expect(page.locator(".timeline-bracket-words")).toHaveText("entry 2");
  await steps.nth(2).click();
  await expect(page.getByText(/^Committed; C1/)).toBeVisible();
  await steps.nth(2).focus();
  await lab.press("ArrowUp");
  await expect(steps.nth(1)).toBeFocused();
  await lab.press("Enter");
  await expect(page.getByText("Not committed: it is on no disk yet.")).toBeVisible();
  await page.locator('[data-server="1"][data-entry="1"]').click();
  await expect(page.getByRole("heading", { name: "Entry 1" })).toBeVisible();
  await lab.press("Escape");
  await expect(page.locator("[data-faded=true]")).toHaveCount(0);
  expect((await lab.state()).selection).toBeNull();
});

test("why a link is cut, what waits for it, and the other way", async ({ lab, page }) => {
  await lab.open({ fragment: "minority-partition@0.600&select=S1>S4" });
  await page.getByRole("tab", { name: "Link S1 – S4" }).click();
  await expect(page.getByText("The link from S1 to S4 has been cut since 0.100 s")).toBeVisible();
  await expect(page.getByText("As far as S1 knows, S4 lacks entries 1–2")).toBeVisible();
  await page.getByRole("button", { name: "Select S4 to S1" }).click();
  await expect(page.getByText("The link from S4 to S1 has been cut since 0.100 s")).toBeVisible();
});

test("by the palette, a client's operation and the timeline what is followed is lit, and nothing else is faded after it", async ({
  lab,
  page,
}) => {
  await lab.open({ fragment: "leader-crash@0.465" });
  const lit = (words: string) => page.getByRole("status").filter({ hasText: `${words}. The rest is faded.` });
  await lab.press("Control+k");
  await lab.dialog.getByRole("combobox").fill("follow entry 1 of term 1");
  await lab.press("Enter");
  await expect(lit("Follows entry 1")).toBeVisible();
  await expect(page.locator('[data-server="2"][data-entry="2"]')).toHaveAttribute("data-faded", "true");
  // Another one takes its place: the newest operation, from its own bar.
  await lab.openPane("Clients");
  await page.locator(".ops-cursor").focus();
  await lab.click("Follow it");
  await expect(lit("Follows entry 2")).toBeVisible();
  // And a term, by a press on its band: its entries, who took part in it, and the time of its election.
  const slider = (await page.getByRole("slider", { name: "Time" }).boundingBox())!;
  await page.mouse.click(slider.x + slider.width * 0.1, slider.y + 30, { button: "right" });
  await expect(page.getByRole("heading", { name: "Term 1" })).toBeVisible();
  await expect(lit("Follows term 1")).toBeVisible();
  await lab.openPane("Logs");
  await expect(page.locator('[data-server="2"][data-entry="1"]')).not.toHaveAttribute("data-faded");
  await expect(page.locator('[data-server="2"][data-entry="2"]')).toHaveAttribute("data-faded", "true");
  await expect(page.locator(".timeline-mark-election:not([data-faded])")).toHaveCount(1);
  await expect(page.locator(".timeline-bracket-words")).toHaveText("term 1");
  // The menu of an act's mark leaves it lit; what is done there ends it.
  const act = page.locator(".timeline-mark-crash");
  await act.click({ button: "right", force: true });
  await expect(lab.menuItem("Go there")).toBeVisible();
  await expect(lit("Follows term 1")).toBeVisible();
  await lab.press("Escape", "Escape");
  await expect(page.locator("[data-faded=true]")).toHaveCount(0);
});

test("a link carries what is followed", async ({ lab, page }) => {
  await lab.open({ fragment: "leader-crash@0.465&select=E2.2" });
  await page.getByRole("tab", { name: "Entry 2" }).click();
  await expect(page.getByText("of term 2, from C1")).toBeVisible();
});
