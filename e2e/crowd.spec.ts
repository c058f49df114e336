import { expect, test } from "./lab.ts";
import { crowded, type Scenario, steady } from "./scenario.ts";

test("while a run plays its messages are drawn on a canvas; whichever is wanted becomes an element", async ({
  lab,
  page,
}) => {
  await lab.open({ scenario: crowded(0.002) });
  const canvas = page.locator("canvas.crowd-canvas");
  const marks = lab.stage.locator(".stage-message");
  await expect(canvas).toBeVisible();
  await expect(marks).toHaveCount(0);
  const drawn = await canvas.evaluate((element: HTMLCanvasElement) => {
    // A thread of its own paints on it: the page may only copy it.
    const copy = new OffscreenCanvas(element.width, element.height).getContext("2d")!;
    copy.drawImage(element, 0, 0);
    const { data } = copy.getImageData(0, 0, element.width, element.height);
    return data.filter((value, i) => i % 4 === 3 && value > 0).length;
  });
  expect(drawn).toBeGreaterThan(10_000);

  // The pointer finds one half-way between the leader and a follower, says what it is, and opens its menu.
  const [leader, follower] = [await lab.server(1).boundingBox(), await lab.server(5).boundingBox()];
  for (let part = 0.3; part < 0.9 && (await marks.count()) === 0; part += 0.02) {
    const x = leader!.x + leader!.width / 2 + part * (follower!.x - leader!.x);
    const y = leader!.y + leader!.height / 2 + part * (follower!.y - leader!.y);
    await page.mouse.move(x, y);
    await lab.idle();
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

  // So does the keyboard, once Tab has been pressed: before the first server comes the newest message.
  await lab.server(1).focus();
  await lab.press("Tab");
  await lab.press("Shift+Tab");
  await lab.press("ArrowLeft");
  const focused = await page.evaluate(() => document.activeElement?.getAttribute("data-pick"));
  expect(focused).toMatch(/>.*#/);

  // What is pointed at waits for the pointer; in a run that stands still all of them are elements.
  await page.mouse.move(5, 5);
  await lab.click("Pause");
  await expect(canvas).toBeHidden();
  await expect(marks).toHaveCount((await lab.frame()).messages.length);
});

const writes: Scenario["actions"] = [
  { atMs: 0, do: "timer", server: "S1", leftMs: 10 },
  { atMs: 90, do: "load", perSecond: 20 },
];

test("between two changes of the run nothing on the stage changes; while time stands no frame is asked for", async ({
  lab,
  page,
}) => {
  await page.addInitScript(() => {
    const ask = window.requestAnimationFrame.bind(window);
    const counted = { asked: 0 };
    Object.assign(window, { counted });
    window.requestAnimationFrame = (draw) => {
      counted.asked += 1;
      return ask(draw);
    };
  });
  await lab.open({ scenario: steady({ actions: writes, view: { atMs: 420, select: "", speed: 0.05, play: true } }) });
  await expect(page.locator("canvas.crowd-canvas")).toBeVisible();

  // The stage takes its states by turns, some time after they come, and each at most once.
  const { states, draws } = await page.evaluate(async () => {
    let held = window.driftwoodTest.frame();
    const counted = { states: 0, draws: 0 };
    new MutationObserver(() => {
      counted.draws += 1;
    }).observe(document.querySelector(".stage")!, {
      subtree: true,
      childList: true,
      attributes: true,
      characterData: true,
    });
    while (counted.states < 40) {
      await new Promise<void>((resolve) => setTimeout(resolve));
      const now = window.driftwoodTest.frame();
      if (now !== held) counted.states += 1;
      held = now;
    }
    return counted;
  });
  expect(draws).toBeGreaterThan(0);
  expect(draws).toBeLessThanOrEqual(states + 1);

  await lab.click("Pause");
  await expect(page.locator("canvas.crowd-canvas")).toBeHidden();
  // Elements come to rest where time stands; then nothing is asked for any more.
  const asked = () =>
    page.evaluate(async () => {
      const { counted } = window as unknown as { counted: { asked: number } };
      const before = counted.asked;
      for (let task = 0; task < 500; task++) await new Promise<void>((resolve) => setTimeout(resolve));
      return counted.asked - before;
    });
  await expect.poll(asked).toBe(0);
});

test("where the painter does not come, what moves stays elements", async ({ lab, page, watched }) => {
  await page.route(/\/thread-[^/]*\.js$/, (route) => route.abort());
  await lab.open({ scenario: steady({ view: { atMs: 420, select: "", speed: 0.002, play: true } }) });
  await expect(page.locator("canvas.crowd-canvas")).toHaveCount(0);
  await expect(lab.stage.locator(".stage-message")).toHaveCount(4);
  const refused = watched.complaints.splice(0);
  expect(refused.every((words) => words.includes("ERR_FAILED"))).toBe(true);
});
