import { expect, firstVisit, test } from "./lab.ts";
import { steady } from "./scenario.ts";

const theme = "html[data-theme=";

test("the theme follows the system until somebody chooses one, and is remembered", async ({ lab, page }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await lab.open({ scenario: steady() });
  await expect(page.locator(`${theme}dark]`)).toHaveCount(1);
  await page.emulateMedia({ colorScheme: "light" });
  await expect(page.locator(`${theme}light]`)).toHaveCount(1);
  await lab.click("Use the dark theme");
  await expect(page.locator(`${theme}dark]`)).toHaveCount(1);
  await page.reload();
  await lab.ready();
  await expect(page.locator(`${theme}dark]`)).toHaveCount(1);
  const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await lab.press("Shift+D");
  await expect(page.locator(`${theme}light]`)).toHaveCount(1);
  expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).not.toBe(paper);
});

firstVisit("the theme is there before the first paint", async ({ lab, page }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await page.addInitScript(() => {
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        if (entry.name === "first-paint")
          (window as { paintedIn?: string | undefined }).paintedIn = document.documentElement.dataset["theme"];
    }).observe({ type: "paint", buffered: true });
  });
  await lab.open();
  expect(await page.evaluate(() => (window as { paintedIn?: string }).paintedIn)).toBe("dark");
});

// A selected message is an element while the run plays.
test("with reduced motion messages jump to three places and nothing is animated", async ({ lab, page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await lab.open({ scenario: steady({ view: { atMs: 420, select: "S1>S2#10", speed: 0.01, play: false } }) });
  await page.evaluate(() => {
    const places = new Set<string>();
    const transitions: string[] = [];
    const mark = document.querySelector('[role="button"][data-pick="S1>S2#10"]');
    Object.assign(window, { places, transitions });
    // A transition of no length is one all the same: what it changes is there a frame late.
    document.addEventListener("transitionrun", ({ propertyName }) => transitions.push(propertyName));
    const look = () => {
      if (mark?.isConnected !== true) return;
      places.add(mark.getAttribute("transform") ?? "");
      requestAnimationFrame(look);
    };
    look();
  });
  await lab.press("Space");
  await expect(lab.message({ id: "S1>S2#10" })).toHaveCount(0);
  const places = await page.evaluate(() => [...((window as { places?: Set<string> }).places ?? [])]);
  expect(places.length).toBeGreaterThan(1);
  expect(places.length).toBeLessThanOrEqual(3);
  await lab.press("Space", "n");
  await expect(lab.dialog).toBeVisible();
  const animated = await page.evaluate(
    () => document.getAnimations().filter((a) => Number(a.effect?.getComputedTiming().duration ?? 0) > 1).length,
  );
  expect(animated).toBe(0);
  expect(await page.evaluate(() => (window as { transitions?: string[] }).transitions)).toEqual([]);
});

test("without it they glide", async ({ lab, page }) => {
  await lab.open({ scenario: steady({ view: { atMs: 420, select: "S1>S2#10", speed: 0.001, play: false } }) });
  const mark = lab.message({ id: "S1>S2#10" });
  const before = await mark.getAttribute("transform");
  await lab.press("Space");
  await expect.poll(() => mark.getAttribute("transform")).not.toBe(before);
  const places = new Set<string | null>();
  while (places.size < 5) places.add(await mark.getAttribute("transform"));
  expect(await page.evaluate(() => window.driftwoodTest.state().playing)).toBe(true);
});

test("panels keep the sizes that they were given", async ({ lab, page }) => {
  await lab.open({ scenario: steady() });
  const handle = page.getByRole("separator", { name: "Width of the inspector" });
  const before = await handle.boundingBox();
  await handle.focus();
  await lab.press("ArrowLeft");
  const moved = await handle.boundingBox();
  expect(moved!.x).toBeLessThan(before!.x - 20);
  await page.reload();
  await lab.ready();
  await expect.poll(async () => Math.abs((await handle.boundingBox())!.x - moved!.x)).toBeLessThan(3);
});
