import { expect, test } from "./lab.ts";
import { steady } from "./scenario.ts";

/** Links of half a second between nine servers: some two hundred messages are under way. */
const crowd = steady({
  servers: 9,
  options: {
    heartbeatMs: 50,
    retryMs: 100,
    maxEntriesPerMessage: 16,
    noOpOnElection: false,
    electionTimeoutMs: [4000, 8000],
  },
  network: { mode: "automatic", latencyMs: [450, 650], loss: 0, duplicate: 0.2 },
  actions: [
    { atMs: 0, do: "timer", server: "S1", leftMs: 10 },
    { atMs: 2000, do: "load", perSecond: 20 },
  ],
  view: { atMs: 6000, select: "", speed: 0.002, play: true },
  endMs: 6000,
});

test("where many messages are under way they are drawn on a canvas; whichever is wanted becomes an element", async ({
  lab,
  page,
}) => {
  await lab.open({ scenario: crowd });
  const canvas = page.locator("canvas.crowd-canvas");
  const marks = lab.stage.locator(".stage-message");
  await expect(canvas).toBeVisible();
  await expect(marks).toHaveCount(0);
  const drawn = await canvas.evaluate((element: HTMLCanvasElement) => {
    const { data } = element.getContext("2d")!.getImageData(0, 0, element.width, element.height);
    return data.filter((value, i) => i % 4 === 3 && value > 0).length;
  });
  expect(drawn).toBeGreaterThan(10_000);

  // The pointer finds one half-way between the leader and a follower, says what it is, and opens its menu.
  const [leader, follower] = [await lab.server(1).boundingBox(), await lab.server(5).boundingBox()];
  for (let part = 0.3; part < 0.9 && (await marks.count()) === 0; part += 0.02) {
    const x = leader!.x + leader!.width / 2 + part * (follower!.x - leader!.x);
    const y = leader!.y + leader!.height / 2 + part * (follower!.y - leader!.y);
    await page.mouse.move(x, y);
  }
  const pointed = await marks.first().getAttribute("data-pick");
  const { messages } = await lab.frame();
  const message = messages.find(({ id }) => id === pointed);
  expect(message).toBeDefined();
  await expect(lab.message(message!)).toHaveAttribute("aria-label", message!.summary);
  await page.mouse.down();
  await page.mouse.up();
  await expect(lab.menuItem(/^Drop/)).toBeVisible();
  await page.keyboard.press("Escape");

  // So does the keyboard: after the last server comes the first message.
  await lab.server(9).focus();
  await page.keyboard.press("ArrowRight");
  const focused = await page.evaluate(() => document.activeElement?.getAttribute("data-pick"));
  expect(focused).toMatch(/>.*#/);

  // In a run that stands still all of them are elements.
  await lab.click("Pause");
  await expect(canvas).toHaveCount(0);
  await expect(marks).toHaveCount((await lab.frame()).messages.length);
});
