import type { Locator, Page } from "playwright/test";
import { entryHashes } from "../src/lesson/hashes.ts";
import { electing } from "../src/lesson/lessons/electing.ts";
import { lessons } from "../src/lesson/lessons/index.ts";
import { plainText } from "../src/store/lesson/lines.ts";
import { violations } from "./axe.ts";
import { expect, firstVisit, type Lab, test } from "./lab.ts";
import { steady } from "./scenario.ts";

const words = electing.words.steps;
const heading = (page: Page, step: string): Locator =>
  page.getByRole("heading", { name: words[step]!.title, exact: true });
const done = (page: Page): Locator => page.locator(".lesson-tasks [data-done]");
const next = (page: Page): Locator => page.getByRole("button", { name: "Next", exact: true });

/** As fast as it really is: nobody watches. */
const hurry = (lab: Lab): Promise<void> => lab.press(...Array<string>(6).fill(">"));

test("a lesson by mouse: predict, see, see what would follow, come back, and do it oneself", async ({ lab, page }) => {
  await lab.open();
  await lab.click("Learn");
  await lab.dialog.getByRole("button", { name: "Begin" }).click();
  await expect(heading(page, "start")).toBeVisible();
  await expect(next(page)).toHaveAttribute("aria-disabled", "true");
  await expect(page.getByText("one task is left")).toBeVisible();
  await lab.click("Play");
  await expect(done(page)).toHaveCount(1);
  await next(page).click();

  await expect(heading(page, "votes")).toBeVisible();
  // Nothing leads on before the answer.
  await lab.click("Step forward");
  await lab.click("Play");
  expect((await lab.moment()).playing).toBe(false);
  const entered = await lab.moment();
  await page.getByRole("button", { name: "C When one other" }).click();
  await expect(page.getByText("answered; now play on")).toBeVisible();
  await hurry(lab);
  await page.getByRole("button", { name: "Play on and see" }).click();
  await expect(page.getByText("what happened", { exact: true })).toBeVisible();
  const answered = await lab.moment();
  expect(answered.at).toBeGreaterThan(entered.at!);
  await page.getByRole("button", { name: "See what would follow from C" }).click();
  await hurry(lab);
  await expect(page.getByText(plainText(words["votes"]!.question!.answers.C!.follows!)).first()).toBeVisible();
  await lab.click("Back to the lesson");
  await expect(page.getByText("your answer", { exact: true })).toBeVisible();
  expect((await lab.moment()).hash).toBe(answered.hash);
  await next(page).click();

  await expect(heading(page, "leading")).toBeVisible();
  await lab.onServer(1, "Crash S1");
  await expect(done(page)).toHaveCount(1);
  await hurry(lab);
  await lab.click("Play");
  await expect(done(page)).toHaveCount(2);
  // Who goes back in time does not undo what was done, nor does a page that is loaded again, nor an engine that dies.
  await lab.click("Pause");
  await lab.press("Home");
  await expect(done(page)).toHaveCount(2);
  await page.waitForURL(/#lesson=electing&step=3@/);
  await page.reload();
  await lab.ready();
  await expect(done(page)).toHaveCount(2);
  await page.evaluate(() => window.driftwoodTest.break("throw"));
  await expect(page.getByText("Your run is restored")).toBeVisible();
  await expect(done(page)).toHaveCount(2);
  await next(page).click();

  await expect(heading(page, "living")).toBeVisible();
  await lab.click("not sure");
  await hurry(lab);
  await page.getByRole("button", { name: "Play on and see" }).click();
  await expect(page.getByText("You were not sure.")).toBeVisible();
  await next(page).click();
  await expect(heading(page, "too-few")).toBeVisible();
  await showTasks(page, 2);
  await expect(page.getByRole("region", { name: "The whole picture" })).toBeVisible();
  await lab.click("Learn");
  await expect(lab.dialog.getByText("done, predicted 0 of 2")).toBeVisible();
});

/** Has every task of the step shown, each at once. */
async function showTasks(page: Page, count: number): Promise<void> {
  for (let number = 1; number <= count; number++) {
    if ((await done(page).count()) >= number) continue;
    // Next is no way on yet, but to the end of what is shown.
    expect(await cutShort(page, "show me", "Next")).toContain("it is being shown");
    await expect(done(page)).toHaveCount(number);
  }
}

/**
 * Presses what makes time pass, and while it passes what leads to the end of that: a button, or a key. Both are pressed
 * within the page, for from here the second one might come too late. Gives the page's text in between.
 */
function cutShort(page: Page, first: string, second: string): Promise<string> {
  return page.evaluate(
    async (names) => {
      const named = (name: string) =>
        [...document.querySelectorAll("button")].find((button) => button.textContent.trim() === name);
      const pause = () => new Promise((resolve) => setTimeout(resolve));
      while (named(names.first) === undefined) await pause();
      named(names.first)!.click();
      while (!window.driftwoodTest.state().playing || (names.second !== "PageDown" && !named(names.second)))
        await pause();
      const text = document.body.textContent;
      if (names.second !== "PageDown") named(names.second)!.click();
      else {
        const key = new KeyboardEvent("keydown", {
          key: "PageDown",
          code: "PageDown",
          bubbles: true,
          cancelable: true,
        });
        (document.activeElement ?? document.body).dispatchEvent(key);
      }
      return text;
    },
    { first, second },
  );
}

firstVisit("a lesson by keyboard, and the browser's Back and Forward", async ({ lab, page }) => {
  await page.clock.install();
  await lab.open({ fragment: "lesson=electing" });
  await hurry(lab);
  await lab.press("Space");
  await expect(done(page)).toHaveCount(1);
  await lab.press("PageDown");
  await expect(heading(page, "votes")).toBeVisible();
  // Space leads to the question; letters answer it, whatever they do elsewhere.
  await lab.press("Space");
  await expect(page.locator(".lesson-card")).toBeFocused();
  await lab.press("c", "n", "b");
  await expect(page.getByRole("button", { name: /^B When two/ })).toHaveAttribute("aria-pressed", "true");
  expect((await lab.frame()).servers.every(({ status }) => status === "up")).toBe(true);
  await lab.press("Space");
  await expect(page.getByText("your answer, what happened")).toBeVisible();
  await lab.press("PageDown");
  await expect(heading(page, "leading")).toBeVisible();
  await lab.press("PageDown");
  await expect(page.getByText("2 tasks are left").first()).toBeVisible();
  await lab.press("1", "c");
  await hurry(lab);
  await lab.press("Space");
  await expect(done(page)).toHaveCount(2);
  await lab.press("PageDown");
  await expect(heading(page, "living")).toBeVisible();
  await page.waitForURL(/#lesson=electing&step=4$/);
  await page.goBack();
  await expect(heading(page, "leading")).toBeVisible();
  await page.goForward();
  await expect(heading(page, "living")).toBeVisible();
  await lab.press("PageUp", "PageDown");
  await expect(heading(page, "living")).toBeVisible();
  await lab.press("b");
  await lab.hasten("PageDown");
  await lab.press("PageDown");
  await expect(heading(page, "too-few")).toBeVisible();
  for (const count of [1, 2]) {
    await page.getByRole("button", { name: "show me" }).focus();
    await cutShort(page, "show me", "PageDown");
    await expect(done(page)).toHaveCount(count);
  }
  await lab.press("PageDown");
  await expect(
    page.getByRole("heading", { name: lessons[1]!.words.steps[lessons[1]!.steps[0]!.id]!.title }),
  ).toBeVisible();
});

firstVisit.describe("on a phone of 360 pixels", () => {
  firstVisit.use({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 });

  firstVisit("a lesson by touch", async ({ lab, page }) => {
    await lab.open({ fragment: "lesson=electing" });
    for (const { id, tasks, question } of electing.steps) {
      await expect(heading(page, id)).toBeVisible();
      if (question !== null) {
        const options = page.locator("button.lesson-option");
        await expect(lab.button("Play"), "of time only where it stands is told").toBeHidden();
        await expect(page.getByRole("slider", { name: "Time" })).toBeVisible();
        for (const option of await options.all())
          expect((await option.boundingBox())!.height).toBeGreaterThanOrEqual(44);
        await options.last().tap();
        await cutShort(page, "See what happens", "Be there at once");
        await expect(page.getByText("what happened", { exact: true })).toBeVisible();
      }
      for (let number = 1; number <= tasks.length; number++) {
        if ((await done(page).count()) >= number) continue;
        await cutShort(page, "show me", "Be there at once");
        await expect(done(page)).toHaveCount(number);
      }
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
      if (id !== electing.steps.at(-1)!.id) await next(page).tap();
    }
    await expect(page.getByRole("region", { name: "The whole picture" })).toBeVisible();
  });
});

test("every step of every lesson opens at the state that Node computes", async ({ lab, page }) => {
  // The first lesson finds a page that has none of its parts.
  await lab.open({ scenario: steady() });
  for (const { id, steps, words: told } of lessons) {
    const opened = await page.evaluate(openEach, { lesson: id, count: steps.length });
    const titles = steps.map((step) => told.steps[step.id]!.title);
    expect(opened, id).toEqual(titles.map((title, place) => ({ title, hash: entryHashes[id]?.[place] })));
  }
});

/** Runs in the page, alone: opens the steps of a lesson by their addresses, as soon as the one before is there. */
async function openEach({ lesson, count }: { readonly lesson: string; readonly count: number }) {
  const opened = [];
  for (let step = 1; step <= count; step++) {
    location.hash = `lesson=${lesson}&step=${step}`;
    for (let there = false; !there; ) {
      await window.driftwoodIdle();
      const open = window.driftwoodTest.state().info?.lesson;
      there = open?.id === lesson && open.step === step;
    }
    const title = document.querySelector(".lesson-title")?.textContent;
    opened.push({ title, hash: window.driftwoodTest.frame()?.hash });
  }
  return opened;
}

/** What would follow from an answer, where rules are off for it. */
const broken = lessons
  .flatMap(({ id, steps }) => steps.map(({ question }, place) => ({ id, place, answers: question?.answers ?? [] })))
  .flatMap(({ id, place, answers }) =>
    answers
      .filter(({ counter }) => (counter?.off.length ?? 0) > 0)
      .map(({ letter }) => `lesson=${id}&step=${place + 1}&if=${letter}`),
  )[0]!;

test("axe finds nothing on the list, on a question, and on what would follow; a wrong name gets the right one", async ({
  lab,
  page,
}) => {
  await lab.open({ fragment: "lesson=elcting&step=2" });
  await expect(page.getByRole("alert")).toContainText('there is no lesson "elcting": did you mean electing?');
  await lab.press("y");
  await expect(lab.dialog.getByRole("button", { name: "Begin" })).toBeVisible();
  expect(await violations(page), "the list").toEqual([]);
  await lab.press("Escape");
  for (const [address, colorScheme] of [
    ["lesson=electing&step=2", "dark"],
    [broken, "light"],
  ] as const) {
    await page.emulateMedia({ colorScheme });
    await lab.open({ fragment: address });
    if (address === broken) await expect(page.getByText("This is not Raft any more:")).toBeVisible();
    await expect(page.locator(".lesson-card")).toBeVisible();
    await lab.idle();
    expect(await violations(page), address).toEqual([]);
  }
});

test("eight questions before and after, and the predictions of a class from their codes", async ({ lab, page }) => {
  await lab.open();
  await lab.click("Learn");
  await page.getByRole("button", { name: "Test yourself" }).click();
  const questions = lab.dialog.getByRole("group");
  await expect(questions).toHaveCount(8);
  for (const question of await questions.all()) await question.getByRole("radio", { name: /^B\./ }).check();
  expect(await violations(page)).toEqual([]);
  await page.getByRole("button", { name: "Show the result" }).click();
  await expect(lab.dialog).toContainText("5 of 8 right.");
  await page.getByRole("button", { name: "Once more" }).click();
  for (const question of await questions.all()) await question.getByRole("radio", { name: /^C\./ }).check();
  await page.getByRole("button", { name: "Show the result" }).click();
  await expect(lab.dialog).toContainText("The first time 5, now 3.");
  await page.getByRole("button", { name: "To the lessons" }).click();
  await page.getByRole("button", { name: "Predictions as a code" }).click();
  await page.getByLabel("Codes, one in each line").fill("dw1-1bb-12cxu-nv\nnonsense");
  await expect(lab.dialog).toContainText("Line 2: A code begins with dw1-.");
  await expect(lab.dialog.getByRole("row", { name: /^1\. Electing a leader/ }).first()).toContainText("1");
  expect(await violations(page)).toEqual([]);
});
