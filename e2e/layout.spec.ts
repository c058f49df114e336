import type { Locator } from "playwright/test";
import { expect, firstVisit, keepPage, type Lab, test } from "./lab.ts";
import { overlaps } from "./overlaps.ts";
import { type Scenario, steady } from "./scenario.ts";

keepPage();

/** Nothing covers anything else, nothing leaves the screen, and the page itself never scrolls. */
const sizes = [
  { width: 1440, height: 900 },
  { width: 1280, height: 720 },
  { width: 768, height: 1024 },
  { width: 360, height: 800 },
] as const;
type Size = { readonly width: number; readonly height: number };
const name = ({ width, height }: Size) => `${width}x${height}`;

const nine: Scenario = steady({
  title: "Nine servers, and everybody writes",
  servers: 9,
  network: { mode: "automatic", latencyMs: [40, 90], loss: 0.1, duplicate: 0.2 },
  actions: [
    { atMs: 0, do: "timer", server: "S1", leftMs: 10 },
    { atMs: 250, do: "load", perSecond: 100 },
    { atMs: 500, do: "crash", server: "S8" },
  ],
  view: { atMs: 900, select: "S1", speed: 1, play: false },
  endMs: 900,
});
const election: Scenario = steady({
  title: "Three candidates",
  actions: [
    { atMs: 0, do: "timer", server: "S1", leftMs: 10 },
    { atMs: 0, do: "timer", server: "S3", leftMs: 12 },
    { atMs: 0, do: "timer", server: "S4", leftMs: 13 },
  ],
  view: { atMs: 45, select: "", speed: 1, play: false },
  endMs: 45,
});

/** Of phones, laptops, frames and projectors, and what browser zoom makes of them. */
const windows = [
  { width: 320, height: 480 },
  { width: 360, height: 640 },
  { width: 390, height: 844 },
  { width: 480, height: 300 },
  { width: 640, height: 400 },
  { width: 667, height: 375 },
  { width: 853, height: 480 },
  { width: 1024, height: 576 },
  { width: 1280, height: 585 },
  { width: 1366, height: 625 },
  { width: 1920, height: 1080 },
  { width: 2560, height: 1440 },
] as const;

test("in a dozen windows nothing on the stage meets anything else", async ({ lab, page }) => {
  await lab.open({ scenario: nine });
  for (const size of windows) {
    await resize(lab, size);
    await expect.poll(() => page.evaluate(fitsStage)).toBe(true);
    const met = (await page.evaluate(overlaps)).filter((problem) => problem.startsWith("stage-"));
    expect(met, name(size)).toEqual([]);
  }
});

/** Runs in the page. The picture has the size of the stage, as it is laid out anew. */
function fitsStage(): boolean {
  const stage = document.querySelector(".stage");
  const picture = stage?.querySelector(".stage-picture");
  const off = (a = 0, b = 0): boolean => Math.abs(a - b) > 1;
  const [outer, inner] = [stage?.getBoundingClientRect(), picture?.getBoundingClientRect()];
  return !off(outer?.width, inner?.width) && !off(outer?.height, inner?.height);
}

async function resize(lab: Lab, size: Size): Promise<void> {
  await lab.page.setViewportSize(size);
  await lab.ready();
}

/** What the picture of a dialog or menu is called, and the keys that open it. */
const layers: Readonly<Record<string, readonly string[]>> = {
  scenarios: ["n"],
  share: ["s"],
  settings: ["g"],
  keys: ["?"],
  palette: ["Control+k"],
  request: ["q"],
  "break-raft": ["b"],
};

test.describe("stay inside the screen in any size:", () => {
  test.use({ permissions: ["clipboard-read", "clipboard-write"] });

  /** Each is opened in one of the sizes, another one in the next, and stays open while the window takes the others. */
  test("dialogs", async ({ lab }) => {
    const from = (place: number) => sizes.map((_, i) => sizes[(place + i) % sizes.length]!);
    await lab.open({ scenario: steady() });
    for (const [place, [layer, keys]] of Object.entries(layers).entries()) {
      await resize(lab, from(place)[0]!);
      await lab.press(...keys);
      for (const size of from(place)) {
        await resize(lab, size);
        await inside(lab.dialog, `${layer} at ${name(size)}`);
        await shoot(lab, `${layer}-${name(size)}`);
      }
      await lab.press("Escape");
      await expect(lab.dialog).toBeHidden();
    }
  });

  test("menus", async ({ lab }) => {
    await lab.open({ scenario: steady() });
    for (const size of sizes) {
      await resize(lab, size);
      await expect(lab.menu, "who changes the window leaves the menu").toBeHidden();
      for (const server of [1, 2, 3, 4, 5]) {
        await lab.openMenu(lab.server(server));
        await inside(lab.menu, `menu of S${server} at ${name(size)}`);
        if (server === 3) await shoot(lab, `menu-${name(size)}`);
        if (server < 5) await lab.press("Escape");
      }
    }
  });
});

firstVisit.describe("at 200 %", () => {
  // What a screen of 1440 × 900 has left, in CSS pixels.
  firstVisit.use({ viewport: { width: 720, height: 450 }, deviceScaleFactor: 2 });
  firstVisit("everything is there and can be used", async ({ lab, page }) => {
    await lab.open({ scenario: steady() });
    await shoot(lab, "zoomed-720x450");
    expect(await page.evaluate(overlaps)).toEqual([]);
    await lab.onServer(3, "Crash S3");
    await lab.click("Act");
    await lab.menuItem("Write").click();
    await page.getByRole("tab", { name: "Events" }).click();
    await expect(page.locator(".events-line").first()).toBeInViewport();
    await lab.press("g");
    await lab.dialog.getByRole("button", { name: "Open a fresh run" }).scrollIntoViewIfNeeded();
    await expect(lab.dialog.getByRole("button", { name: "Open a fresh run" })).toBeInViewport();
  });
});

/** The layer is on the screen with all of its sides, and nothing lies over any of its corners. */
async function inside(layer: Locator, what: string): Promise<void> {
  await expect(layer, what).toBeVisible();
  const { out, covered } = await layer.evaluate((element) => {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    const xs = [left + 14, (left + right) / 2, right - 14];
    const ys = [top + 14, (top + bottom) / 2, bottom - 14];
    const covers = (x: number, y: number) => element.contains(document.elementFromPoint(x, y)) === false;
    return {
      out: left < 0 || top < 0 || right > innerWidth + 0.5 || bottom > innerHeight + 0.5,
      covered: xs.some((x) => ys.some((y) => covers(x, y))),
    };
  });
  expect(out, `${what} leaves the screen`).toBe(false);
  expect(covered, `something lies over ${what}`).toBe(false);
}

/** For who wants to look (`PICTURES=1`): keeps the picture in both themes. */
async function shoot(lab: Lab, file: string): Promise<void> {
  if (process.env["PICTURES"] === undefined) return;
  for (const theme of ["light", "dark"] as const) {
    await lab.page.emulateMedia({ colorScheme: theme });
    await lab.idle();
    await lab.page.screenshot({ path: `artefacts/${file}-${theme}.png`, animations: "disabled" });
  }
  await lab.page.emulateMedia({ colorScheme: "light" });
}

/** States of the page, and how one gets there. Only open dialogs and menus may lie over anything. */
const states: Readonly<
  Record<string, { readonly scenario?: Scenario; readonly arrive?: (lab: Lab) => Promise<void> }>
> = {
  steady: { scenario: steady() },
  partition: {
    scenario: steady(),
    arrive: (lab) => lab.press("Shift+P", "r", "1"),
  },
  candidates: { scenario: election },
  three: { scenario: steady({ servers: 3, title: "Three servers" }) },
  refused: {
    scenario: steady(),
    arrive: async (lab) => {
      await lab.page.evaluate(() => {
        location.hash = "1.1.broken";
      });
      await expect(lab.page.getByRole("alert")).toBeVisible();
    },
  },
  nine: { scenario: nine },
  // What they open stays open.
  events: {
    scenario: nine,
    arrive: async (lab) => {
      await lab.page.getByRole("tab", { name: "Events" }).click();
      await expect(lab.page.locator(".events-line").first()).toBeVisible();
    },
  },
  "by-hand": {
    scenario: nine,
    arrive: async (lab) => {
      await lab.press("m");
      await expect(lab.page.getByRole("region", { name: "By hand" })).toBeVisible();
    },
  },
  opening: {},
};

for (const [state, { scenario, arrive }] of Object.entries(states)) {
  test.describe(() => {
    test.use({ keepsPage: scenario !== undefined });
    test(`nothing overlaps in any size: ${state}`, async ({ lab }) => {
      await lab.open(scenario === undefined ? {} : { scenario });
      if (scenario === undefined) await lab.press("Space");
      await arrive?.(lab);
      for (const size of sizes) {
        await test.step(name(size), async () => {
          await resize(lab, size);
          await shoot(lab, `${state}-${name(size)}`);
          expect(await lab.page.evaluate(overlaps)).toEqual([]);
        });
      }
    });
  });
}
