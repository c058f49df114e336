import type { CDPSession, Locator, Page } from "playwright/test";
import { expect, keepPage, test } from "./lab.ts";
import { steady } from "./scenario.ts";

/** A phone held upright, 360 × 800, and fingers only. */
keepPage();

test.beforeEach(({ lab }) => lab.open({ scenario: steady() }));

test("a tap on a server opens its menu; crash and restart", async ({ lab }) => {
  await lab.server(3).tap();
  await lab.menuItem("Crash S3").tap();
  expect((await lab.serverView(3)).status).toBe("down");
  await lab.server(3).tap();
  await lab.menuItem("Restart S3").tap();
  expect((await lab.serverView(3)).status).toBe("up");
});

test("a tap on a message delivers it or drops it", async ({ lab }) => {
  await lab.message({ id: "S1>S2#10" }).tap();
  await lab.menuItem("Drop").tap();
  expect((await lab.frame()).lost.map(({ message }) => message.id)).toEqual(["S1>S2#10"]);
  await lab.message({ id: "S1>S4#10" }).tap();
  await lab.menuItem("Deliver now").tap();
  expect((await lab.frame()).messages.map((m) => m.id)).not.toContain("S1>S4#10");
});

test("a finger draws a loop around servers and cuts them off", async ({ lab, page }) => {
  const discs = await Promise.all([3, 4].map((id) => boxOf(lab.server(id).locator(".stage-backing"))));
  const room = 10;
  const left = Math.min(...discs.map((b) => b.x)) - room;
  const right = Math.max(...discs.map((b) => b.x + b.width)) + room;
  const top = Math.min(...discs.map((b) => b.y)) - room;
  const bottom = Math.max(...discs.map((b) => b.y + b.height)) + room;
  await drag(page, [
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
    [left, top],
  ]);
  expect((await lab.frame()).groups).toEqual([
    [1, 2, 5],
    [3, 4],
  ]);
  expect(await page.evaluate(() => [scrollX, scrollY])).toEqual([0, 0]);
});

test("no field has text so small that a phone zooms into it", async ({ lab, page }) => {
  const small = () =>
    page
      .locator("input:not([type=checkbox], [type=radio], [type=file], [aria-hidden]), select, textarea")
      .evaluateAll((fields) =>
        fields
          .filter((field) => Number.parseFloat(getComputedStyle(field).fontSize) < 16)
          .map((field) => field.outerHTML),
      );
  for (const key of ["q", "g", "b", "f", "Shift+F", "Shift+B", "s", "Control+k", "j"]) {
    await lab.press(key);
    await expect(lab.dialog).toBeVisible();
    expect(await small(), key).toEqual([]);
    await lab.press("Escape");
    await expect(lab.dialog).toBeHidden();
  }
  // Last, since what closes gives the focus back to a field that had it.
  await lab.press("/");
  expect(await small()).toEqual([]);
});

test("a server's status keeps off the first entry of its log", async ({ lab, page }) => {
  await lab.press("4", "p");
  await lab.press("5", "c");
  await page.getByRole("tab", { name: "Logs" }).tap();
  for (const name of ["S4 paused", "S5 down"]) {
    const header = page.getByRole("rowheader", { name });
    await expect(header).toBeVisible();
    expect(await header.evaluate((cell) => cell.scrollWidth <= cell.clientWidth)).toBe(true);
  }
});

test("a finger scrubs through time", async ({ lab, page }) => {
  const box = await boxOf(page.getByRole("slider", { name: "Time" }));
  const y = box.y + box.height / 2;
  await drag(page, [
    [box.x + box.width * 0.8, y],
    [box.x + box.width * 0.2, y],
  ]);
  const { at } = (await lab.frame()).position;
  expect(at).toBeGreaterThan(20_000);
  expect(at).toBeLessThan(200_000);
});

test("writes, plays and pauses by taps", async ({ lab }) => {
  await lab.button("Act").tap();
  await lab.menuItem("Write").tap();
  expect((await lab.frame()).requests.at(-1)?.state).toBe("asking");
  await lab.button("Play").tap();
  await expect.poll(async () => (await lab.frame()).requests.at(-1)?.state).toBe("done");
  await lab.button("Pause").tap();
  expect((await lab.state()).playing).toBe(false);
});

test("why a server did what it did last: a tap leads to the cause, and keys go from one to the other", async ({
  lab,
  page,
}) => {
  await lab.press("2");
  await page.getByRole("tab", { name: "Server S2" }).tap();
  await expect(page.getByRole("region", { name: "Why", exact: true })).toContainText("S2");
  const rows = page.locator(".why-row");
  await expect(rows.nth(1)).toBeVisible();
  await rows.last().focus();
  await lab.press("ArrowUp");
  const cause = page.locator(".why-row:focus");
  await expect(rows.last()).not.toBeFocused();
  const event = Number(await cause.getAttribute("data-event"));
  await lab.press("ArrowDown");
  await expect(rows.last()).toBeFocused();
  await page.locator(`.why-row[data-event="${event}"]`).tap();
  await expect.poll(async () => (await lab.frame()).position.event).toBe(event);
});

test("the sheet has one row of tabs, the story first, and the rest under More", async ({ lab, page }) => {
  await lab.open();
  await expect(page.getByRole("tablist")).toHaveCount(1);
  await expect(page.getByRole("tab", { selected: true })).toHaveText("Story");
  await expect(page.getByText("Play until a server leads. Then crash it.")).toHaveCount(1);
  await lab.server(1).tap();
  await expect(lab.menu).toBeVisible();
  await page.touchscreen.tap(8, 300);
  await expect(lab.menu).toBeHidden();
  for (const [tab, sign] of [
    ["Server S1", page.getByRole("heading", { name: "S1", exact: true })],
    ["Logs", page.getByRole("grid")],
    ["Events", page.locator(".events-line").first()],
  ] as const) {
    await page.getByRole("tab", { name: tab, exact: true }).tap();
    await expect(sign).toBeVisible();
  }
  await lab.openPane("Faults");
  await lab.openPane("Checks");
  for (const tab of await page.getByRole("tab").all()) await expect(tab).toBeInViewport({ ratio: 0.98 });
});

test("the menu leads to scenarios, and a tap opens one", async ({ lab, page }) => {
  await page.getByRole("banner").getByRole("button", { name: "More", exact: true }).tap();
  await lab.menuItem(/^Scenarios/).tap();
  await lab.dialog.getByRole("button", { name: /Split vote/ }).tap();
  await expect.poll(async () => (await lab.state()).info?.preset).toBe("split-vote");
});

test("whatever is meant for a finger is 44 pixels, or its neighbours are far", async ({ page }) => {
  const small = await page.evaluate(() => {
    const boxes = [...document.querySelectorAll("button:not([disabled])")]
      .map((button) => ({ button, box: button.getBoundingClientRect() }))
      .filter(({ box, button }) => box.width > 0 && button.closest("[aria-hidden=true]") === null);
    // WCAG 2.5.8: 24 px, or a circle of 24 px around the middle that meets no other target.
    return boxes
      .filter(({ box }) => box.width < 24 || box.height < 24)
      .filter(({ button, box }) =>
        boxes.some(
          (other) =>
            other.button !== button &&
            Math.hypot(
              Math.max(other.box.left - (box.left + box.width / 2), 0, box.left + box.width / 2 - other.box.right),
              Math.max(other.box.top - (box.top + box.height / 2), 0, box.top + box.height / 2 - other.box.bottom),
            ) < 12,
        ),
      )
      .map(({ button }) => button.outerHTML.slice(0, 100));
  });
  expect(small).toEqual([]);
});

async function boxOf(mark: Locator) {
  const box = await mark.boundingBox();
  if (box === null) throw new Error(`${mark} is not drawn`);
  return box;
}

test("in the diagram lanes run downwards; one finger moves time, two fingers show less of it", async ({
  lab,
  page,
}) => {
  await lab.openPane("Diagram");
  await page.locator(".diagram-item").first().waitFor({ state: "attached" });
  const first = () => page.locator(".diagram-item").first().textContent();
  const { x, y, width, height } = await boxOf(page.locator(".diagram-area"));
  const [middle, above, below] = [x + width * 0.6, y + height * 0.3, y + height * 0.9];
  const before = await first();
  await drag(page, [
    [middle, above],
    [middle, below],
  ]);
  await expect.poll(first).not.toBe(before);
  const size = async () => Number.parseInt((await page.locator(".diagram-size").textContent()) ?? "", 10);
  const wide = await size();
  const session = await page.context().newCDPSession(page);
  const at = (apart: number) => [-apart, apart].map((by, id) => ({ id, x: middle, y: (above + below) / 2 + by }));
  await session.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: at(10) });
  for (const apart of [14, 18, 22])
    await session.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: at(apart) });
  await session.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  await expect.poll(size).toBeLessThan(wide * 0.7);
  expect(await page.evaluate(() => [scrollX, scrollY])).toEqual([0, 0]);
});

/** One finger down at the first point, along the others, and up. */
async function drag(page: Page, points: readonly (readonly [x: number, y: number])[]): Promise<void> {
  const session: CDPSession = await page.context().newCDPSession(page);
  const send = (type: "touchStart" | "touchMove" | "touchEnd", at: readonly [number, number] | null) =>
    session.send("Input.dispatchTouchEvent", { type, touchPoints: at === null ? [] : [{ x: at[0], y: at[1] }] });
  const [first, ...rest] = points;
  if (first === undefined) return;
  await send("touchStart", first);
  let from = first;
  for (const to of rest) {
    for (let step = 1; step <= 8; step++)
      await send("touchMove", [from[0] + ((to[0] - from[0]) * step) / 8, from[1] + ((to[1] - from[1]) * step) / 8]);
    from = to;
  }
  // The finger rests before it is lifted, for some frames: what it threw would go on for a while, and the next tap only stop it.
  for (let frame = 0; frame < 6; frame++)
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  await send("touchMove", from);
  await send("touchEnd", null);
  await session.detach();
}
