import { expect, keepPage, type Lab, test } from "./lab.ts";
import { hashAt, historyOf, recordingOf, type Scenario, steady } from "./scenario.ts";

/** S1 leads, crashes at 600 ms, and is back at 1300 ms; stopped at the end of 2 s. */
const eventful: Scenario = steady({
  title: "A leader that comes and goes",
  actions: [
    { atMs: 0, do: "timer", server: "S1", leftMs: 10 },
    { atMs: 150, do: "request", put: ["x", "1"] },
    { atMs: 600, do: "crash", server: "S1" },
    { atMs: 1300, do: "restart", server: "S1" },
    { atMs: 1500, do: "request", put: ["x", "2"] },
  ],
  bookmarks: [
    { atMs: 600, label: "S1 has crashed." },
    { atMs: 1300, label: "S1 is back." },
  ],
  view: { atMs: 2000, select: "", speed: 0.1, play: false },
  endMs: 2000,
});

/** The same run without a page. */
const inNode = () => historyOf(recordingOf(eventful));
const at = async (lab: Lab) => (await lab.frame()).position.at;

keepPage();

test.beforeEach(({ lab }) => lab.open({ scenario: eventful }));

test("the page shows the very state that the engine has in Node", async ({ lab }) => {
  expect(await lab.hash()).toBe(hashAt(inNode(), 2_000_000));
});

test("Space plays and pauses; while paused nothing moves", async ({ lab }) => {
  await lab.press("Space");
  await expect(lab.button("Pause")).toBeVisible();
  await expect.poll(() => at(lab)).toBeGreaterThan(2_000_000);
  await lab.press("Space");
  await expect(lab.button("Play")).toBeVisible();
  const before = await lab.frame();
  await lab.idle();
  expect(await lab.frame()).toEqual(before);
  await lab.click("Play");
  await lab.click("Pause");
  expect(await at(lab)).toBeGreaterThanOrEqual(before.position.at);
});

test("steps go to every event and back through the same states", async ({ lab }) => {
  const history = inNode();
  await goToBookmark(lab, "S1 has crashed.");
  const forward: string[] = [await lab.hash()];
  history.seek(600_000);
  const node = [history.hash()];
  for (let step = 0; step < 12; step++) {
    await (step % 2 === 0 ? lab.press(".") : lab.click("Step forward"));
    forward.push(await lab.hash());
    history.stepForward();
    node.push(history.hash());
  }
  expect(forward).toEqual(node);
  expect(new Set(forward).size).toBe(forward.length);
  const back = [await lab.hash()];
  for (let step = 0; step < 12; step++) {
    await (step % 2 === 0 ? lab.press("ArrowLeft") : lab.click("Step back"));
    back.push(await lab.hash());
  }
  // The first state lies after its event by some time that nothing happened in: stepping reaches the event itself.
  expect(back.slice(0, -1).reverse()).toEqual(forward.slice(1));
});

test("the speed goes from 1/1000 to 100 times by keys and by the slider", async ({ lab, page }) => {
  const speed = async () => (await lab.state()).speed;
  await lab.press(">");
  expect(await speed()).toBe(0.2);
  await lab.press("<", "<");
  expect(await speed()).toBe(0.05);
  await page.getByRole("button", { name: /^Speed/ }).click();
  const slider = page.getByRole("slider", { name: "Speed" });
  await slider.focus();
  await lab.press("End");
  expect(await speed()).toBe(100);
  await expect(page.getByRole("button", { name: "Speed 100×" })).toBeVisible();
  await lab.press("Home");
  expect(await speed()).toBe(0.001);
});

test("dragging along the timeline scrubs, and what it shows is that moment", async ({ lab, page }) => {
  const slider = page.getByRole("slider", { name: "Time" });
  const box = await slider.boundingBox();
  if (box === null) throw new Error("no timeline");
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width * 0.25, y);
  await page.mouse.down();
  const seen: number[] = [];
  for (const part of [0.2, 0.3, 0.36, 0.31, 0.13]) {
    await page.mouse.move(box.x + box.width * part, y, { steps: 3 });
    seen.push(await at(lab));
  }
  await page.mouse.up();
  const { position, hash } = await lab.frame();
  expect(seen[1]).toBeGreaterThan(seen[0] ?? 0);
  expect(seen[2]).toBeGreaterThan(seen[1] ?? 0);
  expect(position.at).toBeLessThan(seen[0] ?? 0);
  expect(hash).toBe(hashAt(inNode(), position.at));
  await expect(slider).toHaveAttribute("aria-valuenow", String(Math.round(position.at / 1000)));
});

test("jumps find the elections, crashes and commits; Home, End and Live the ends", async ({ lab }) => {
  await lab.press("Home");
  expect(await at(lab)).toBe(0);
  await lab.press("x");
  expect((await lab.serverView(1)).status).toBe("down");
  expect(await at(lab)).toBe(600_000);
  await lab.press("e");
  const elected = await lab.leader();
  expect(elected.term).toBeGreaterThan(1);
  await lab.press("Shift+E");
  expect((await lab.leader()).term).toBe(1);
  await lab.press("o");
  expect((await lab.serverView(1)).commitIndex).toBe(1);
  await lab.press("End");
  expect(await at(lab)).toBe(2_000_000);
  await lab.click("Jump to");
  await lab.menuItem("Previous crash").click();
  expect(await at(lab)).toBe(600_000);
  await lab.press("Escape");
  await lab.click("Live");
  expect(await at(lab)).toBe(2_000_000);
  await lab.press("PageUp");
  expect(await at(lab)).toBe(1_300_000);
});

test("acting in the past leaves the old future whole, and one can go back to it", async ({ lab, page }) => {
  const future = await lab.hash();
  await goToBookmark(lab, "S1 has crashed.");
  const fork = await lab.hash();
  await lab.onServer(3, "Crash S3");
  await expect(page.getByText("New branch; the old future is kept")).toBeVisible();
  expect((await lab.frame()).branch).toBe(1);
  await lab.playUntil(700);
  const branched = await lab.frame();
  expect(branched.servers.filter((s) => s.status === "down").map((s) => s.id)).toEqual([1, 3]);

  await lab.click("Jump to");
  await page.getByRole("menuitemradio").first().click();
  await lab.press("Escape");
  await lab.press("End");
  expect((await lab.frame()).branch).toBe(0);
  expect(await lab.hash(), "the old future").toBe(future);
  await goToBookmark(lab, "S1 has crashed.");
  expect(await lab.hash(), "where the branches part").toBe(fork);

  await page.locator(".timeline-branch-name").first().click();
  await lab.press("End");
  const again = await lab.frame();
  expect([again.branch, again.end, again.hash]).toEqual([1, branched.end, branched.hash]);
});

async function goToBookmark(lab: Lab, label: string): Promise<void> {
  await lab.inspector.getByRole("tab", { name: "Story" }).click();
  await lab.inspector.getByRole("button", { name: label }).click();
  await lab.idle();
}
