import { violations } from "./axe.ts";
import { expect, firstVisit, test } from "./lab.ts";

firstVisit(
  "a room is asked before it sees what comes: a remote's two buttons, digits, black, freeze, code, notes",
  async ({ lab, page }) => {
    await page.clock.install();
    await page.emulateMedia({ colorScheme: "dark" });
    await lab.open({ fragment: "figure-8@0.108" });
    await page.setViewportSize({ width: 1280, height: 720 });
    await lab.press("Shift+S");
    const words = page.locator(".present-sentence");
    await expect(words).toHaveText("(a) S1 leads term 2; its entry 2 is on S1 and S2 only.");
    expect(await words.evaluate((p) => Number.parseFloat(getComputedStyle(p).fontSize))).toBeGreaterThanOrEqual(28);
    await expect(page.getByRole("banner")).toHaveCount(0);
    expect(await violations(page), "axe").toEqual([]);

    const opened = page.waitForEvent("popup");
    await page.keyboard.press("n");
    const notes = await opened;
    await expect(notes.getByText("step 1 of 6")).toBeVisible();
    expect(await violations(notes), "axe, the notes").toEqual([]);
    await expect(notes.locator(".notes-next")).toContainText("(b) S1 is down");

    await page.keyboard.press("PageDown");
    await expect(words).toContainText("What happens next?");
    expect((await lab.frame()).position.at, "it is asked before anything moves").toBe(108_000);
    await expect(notes.getByText("The next press reveals")).toBeVisible();
    await page.keyboard.press("PageUp");
    await expect(words).not.toContainText("What happens next?");
    await notes.keyboard.press("PageDown");
    await expect(words).toContainText("What happens next?");
    await lab.hasten("PageDown", () => expect(words).toContainText("Watch: (b) S1 is down"));
    await expect(words).toHaveText(/^\(b\) S1 is down/);
    await expect(notes.getByText("step 2 of 6")).toBeVisible();
    await notes.close();

    await page.keyboard.press("5");
    await expect(words).toHaveText(/^\(d\) S1 is down/);
    await page.keyboard.press("z");
    await page.keyboard.press("PageDown");
    await page.keyboard.press("c");
    await expect(page.getByText("Frozen: Z goes on")).toBeVisible();
    expect(await violations(page), "axe, frozen").toEqual([]);
    await expect(words).not.toContainText("What happens next?");
    await page.keyboard.press("z");
    await page.keyboard.press("b");
    await expect(page.getByRole("button", { name: /Black screen/ })).toBeVisible();
    await expect(page.locator("html"), "a projector has no dark").toHaveAttribute("data-theme", "light");
    await page.keyboard.press("PageUp");
    await expect(page.getByRole("button", { name: /Black screen/ })).toHaveCount(0);
    await page.keyboard.press("q");
    await page.keyboard.press("q");
    await expect(page.locator(".present-card[data-size=large] svg")).toBeVisible();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await expect(page.getByRole("banner")).toBeVisible();
    await expect(page.getByText("Step 5 of 6")).toBeVisible();
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  },
);

firstVisit("a lesson's question is asked, hands are counted, and the run answers", async ({ lab, page }) => {
  await page.clock.install();
  await lab.open({ fragment: "lesson=split-votes&step=3" });
  await lab.press("Shift+S");
  await expect(page.locator(".present-sentence")).toContainText("five continents");
  await page.keyboard.press("PageDown");
  await expect(page.locator(".present-sentence")).toHaveText("What will happen?");
  expect(await violations(page), "axe").toEqual([]);
  for (const key of ["a", "1", "2", "c", "9"]) await page.keyboard.press(key);
  await expect(page.getByRole("listitem").filter({ hasText: "Something wrong" })).toContainText("12");
  await lab.hasten("PageDown");
  await expect(page.locator(".present-sentence")).toContainText("nobody leads");
  await expect(page.locator(".present-sentence")).not.toContainText("**");
  await expect(page.locator(".present-answers [data-right]")).toContainText("B");
  await page.keyboard.press("PageDown");
  await expect(page.locator(".present-place")).toHaveText("4 of 6");
  expect((await lab.state()).info?.lesson?.step).toBe(4);
});

test("a lesson is printed: its pictures in black and white, boxes to tick, the answers on a page of their own", async ({
  lab,
  page,
}) => {
  await lab.open({ fragment: "lesson=partitions&step=2" });
  await page.getByRole("button", { name: "Print this lesson as a handout" }).click();
  await expect(page.getByRole("heading", { name: "Answers" })).toBeVisible();
  await expect(page.locator(".handout-picture .stage-picture").first()).toBeVisible();
  const pictures = await page.locator(".handout-picture").count();
  expect(pictures).toBeGreaterThanOrEqual(3);
  expect(pictures).toBeLessThanOrEqual(6);
  await expect(page.locator(".handout-question li")).toHaveCount(await page.locator(".handout-question li i").count());
  await expect(page.locator(".handout-tasks").first()).toContainText("To do on the page");
  const disc = page.locator(".handout-stage .stage-disc").first();
  expect(await disc.evaluate((mark) => getComputedStyle(mark).fill)).toContain("print-term");
  const paper = await page.pdf({ format: "A4" });
  expect([...paper.toString("latin1").matchAll(/\/Type\s*\/Page\b/g)].length).toBeGreaterThanOrEqual(3);
  await page.getByRole("button", { name: "Back to the lesson" }).click();
  expect((await lab.state()).info?.lesson?.step).toBe(2);
});
