import { expect, test } from "./lab.ts";

/** The part of the address behind "#". */
const fragment = (url: string): string => new URL(url).hash.slice(1);

test("a scenario and its moment are in the address: reload, Back, Forward and another tab bring them back", async ({
  lab,
  page,
  context,
}) => {
  await lab.open({ fragment: "figure-8@0.390" });
  expect(await lab.moment()).toMatchObject({ at: 390_000, playing: false });
  // Who has clicked the timeline goes to the next step with a remote all the same.
  await page.getByRole("slider", { name: "Time" }).focus();
  await lab.press("PageDown");
  await page.waitForURL(/#figure-8@0\.550$/);
  const there = await lab.moment();
  await page.reload();
  await lab.ready();
  expect(await lab.moment()).toEqual(there);

  await lab.press("n");
  await lab.dialog
    .getByRole("button", { name: /Two leaders at once/ })
    .first()
    .click();
  await page.waitForURL(/#two-leaders@/);
  const address = fragment(page.url());
  await page.goBack();
  await expect.poll(async () => (await lab.moment()).hash).toBe(there.hash);
  await page.goForward();
  await expect.poll(async () => (await lab.state()).info?.preset).toBe("two-leaders");
  expect(fragment(page.url()), "going back writes nothing into what lies ahead").toBe(address);

  const other = await context.newPage();
  await other.goto(`./#${address}`);
  await other.evaluate(() => window.driftwoodIdle());
  expect(await other.evaluate(() => window.driftwoodTest.frame()?.hash)).toBe((await lab.frame()).hash);
  await other.close();
});

test("what was done in a scenario survives a reload, and the scenario is still named", async ({ lab, page }) => {
  await lab.open({ fragment: "leader-crash@0.100" });
  await lab.onServer(2, "Crash S2");
  await page.waitForURL(/#leader-crash@0\.100.*&seen=[0-9]+\.[0-9a-f]{8}\/[\w-]+\.[0-9a-f]{6}$/);
  const { hash } = await lab.frame();
  await page.reload();
  await lab.ready();
  expect(await lab.hash()).toBe(hash);
  expect((await lab.serverView(2)).status).toBe("down");
  expect((await lab.state()).info).toMatchObject({ preset: "leader-crash", mismatch: null });
  // Other futures, and a reload before the address has come after them: it is written once a second.
  await lab.press("Home", "3", "c", "Home", "4");
  const before = await page.evaluate(() => Date.now());
  await lab.press("c");
  await expect
    .poll(() => page.evaluate(() => JSON.parse(localStorage.getItem("driftwood-saved") ?? "{}").savedAt ?? 0))
    .toBeGreaterThanOrEqual(before);
  const shown = async () => {
    const { timeline, frame } = await lab.state();
    return [timeline?.branches.map(({ label, end }) => [label, end]), timeline?.current, frame?.hash];
  };
  const there = await shown();
  expect(there[0]).toHaveLength(3);
  await page.reload();
  await lab.ready();
  expect(await shown()).toEqual(there);
  expect((await lab.state()).info).toMatchObject({ preset: "leader-crash", mismatch: null });
  await page.waitForURL(/#leader-crash@/);
});
