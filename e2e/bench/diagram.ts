import type { Browser, CDPSession, Page } from "playwright";
import type {} from "../../src/store/test-hooks.ts";
import { encodeScenario, steady } from "../scenario.ts";
import { later, median, percentile, round } from "./figures.ts";
import { frameCosts } from "./trace.ts";

/** What the space-time diagram of a long run costs. */
export interface DiagramResult {
  /** Messages in the run. */
  readonly messages: number;
  /** From the press on the tab until the picture stood, milliseconds: the first time, and from then on. */
  readonly firstMs: number;
  readonly againMsP50: number;
  readonly moves: readonly MoveResult[];
}
interface MoveResult {
  readonly name: string;
  /** In sight, where it begins. */
  readonly messages: number;
  /** Of the main thread, for each frame. */
  readonly cpuMsP50: number;
  readonly cpuMsP95: number;
  readonly framesPerSecond: number;
}

const viewport = { width: 1440, height: 900 };
const firstBar = 300;
const moveBar = 8;
const opens = 5;
const settled = 1500;
/** Milliseconds between two turns of the wheel, or two moves of the pointer: one for each frame. */
const beat = 16;
const moved = 4000;

/** 300 s of 20 writes a second on five servers: 107,000 messages. */
const scenario = steady({
  actions: [
    { atMs: 0, do: "timer", server: "S1", leftMs: 10 },
    { atMs: 90, do: "load", perSecond: 20 },
  ],
  view: { atMs: 300_000, select: "", speed: 1, play: false },
  endMs: 300_000,
});

export async function diagramCosts(browser: Browser, address: string): Promise<DiagramResult> {
  const fragment = await encodeScenario(scenario);
  const firsts: number[] = [];
  const again: number[] = [];
  for (let i = 0; i < opens; i++) {
    const page = await openRun(browser, `${address}#${fragment}`);
    firsts.push(await pictureMs(page));
    again.push(await pictureMs(page));
    if (i < opens - 1) await page.context().close();
    else
      return {
        ...(await measureMoves(browser, page)),
        firstMs: round(median(firsts)),
        againMsP50: round(median(again)),
      };
  }
  throw new Error("it was never opened");
}

async function openRun(browser: Browser, address: string): Promise<Page> {
  const context = await browser.newContext({ viewport, serviceWorkers: "block" });
  const page = await context.newPage();
  await page.goto(address);
  await page.evaluate(() => window.driftwoodIdle());
  await later(settled);
  return page;
}

/** The tab is left and pressed; the picture stands in the frame after the one in which its list is there. */
async function pictureMs(page: Page): Promise<number> {
  await page.getByRole("tab", { name: "Logs", exact: true }).click();
  await later(settled / 3);
  return page.evaluate<number>(pressAndLook);
}

/** Runs in the page. */
const pressAndLook = `new Promise((resolve) => {
  const tabs = [...document.querySelectorAll("[role=tab]")];
  const start = performance.now();
  tabs.find(({ textContent }) => textContent === "Diagram").click();
  requestAnimationFrame(function look() {
    if (document.querySelector(".diagram-foot") === null) requestAnimationFrame(look);
    else requestAnimationFrame(() => resolve(performance.now() - start));
  });
})`;

async function measureMoves(browser: Browser, page: Page): Promise<Pick<DiagramResult, "messages" | "moves">> {
  const session = await page.context().newCDPSession(page);
  const area = (await page.locator(".diagram-area").boundingBox())!;
  const hand = new Hand(session, area.x + area.width / 2, area.y + area.height / 2);
  const moves: MoveResult[] = [];
  const measure = async (name: string, move: () => Promise<void>): Promise<void> => {
    await page.evaluate(() => window.driftwoodIdle());
    await later(settled);
    const messages = await inSight(page);
    const [{ cpuMs, seconds }] = await Promise.all([frameCosts(browser, moved / 1000), move()]);
    moves.push({
      ...{ name, messages, framesPerSecond: round(cpuMs.length / seconds) },
      ...{ cpuMsP50: round(percentile(cpuMs, 0.5)), cpuMsP95: round(percentile(cpuMs, 0.95)) },
    });
  };
  await measure("pan, close up", () => hand.drag());
  await measure("zoom, close up", () => hand.wheel(60));
  for (let i = 0; i < 4; i++) await zoomOut(page);
  await measure("pan, each message drawn", () => hand.drag());
  await measure("zoom, each message drawn", () => hand.wheel(60));
  for (let i = 0; i < 16; i++) await zoomOut(page);
  await measure("pan, in bundles", () => hand.drag());
  const messages = await page.evaluate(() => document.querySelector(".diagram-said")?.textContent ?? "");
  await measure("zoom, in bundles", () => hand.wheel(120));
  await page.context().close();
  return { messages: Number(messages.replaceAll(/\D/g, "")), moves };
}

const zoomOut = (page: Page): Promise<void> => page.getByRole("button", { name: "See more time" }).click();

/** Told together they are counted in words; else each has an item of the list, or is one of the rest. */
const inSight = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const said = document.querySelector(".diagram-said")?.textContent ?? "";
    const told = /([\d,]+) messages/.exec(said);
    if (told !== null) return Number(told[1]!.replaceAll(",", ""));
    const more = document.querySelector(".diagram .ui-hidden > p")?.textContent ?? "0";
    return document.querySelectorAll(".diagram-item").length + Number.parseInt(more, 10);
  });

/** Input as it comes from a hand, at a steady beat. */
class Hand {
  constructor(
    private readonly session: CDPSession,
    private readonly x: number,
    private readonly y: number,
  ) {}

  /** There and back, over and over. */
  async drag(): Promise<void> {
    const at = { button: "left", clickCount: 1, y: this.y } as const;
    await this.session.send("Input.dispatchMouseEvent", { type: "mousePressed", x: this.x, ...at });
    await this.over((part) =>
      this.session.send("Input.dispatchMouseEvent", {
        ...{ type: "mouseMoved", x: this.x + Math.sin(part * 4 * Math.PI) * 300, buttons: 1, ...at },
      }),
    );
    await this.session.send("Input.dispatchMouseEvent", { type: "mouseReleased", x: this.x, ...at });
  }

  /** Closer and back, over and over. */
  async wheel(by: number): Promise<void> {
    const at = { type: "mouseWheel", x: this.x, y: this.y, deltaX: 0 } as const;
    await this.over((part) =>
      this.session.send("Input.dispatchMouseEvent", { ...at, deltaY: Math.cos(part * 4 * Math.PI) > 0 ? -by : by }),
    );
  }

  private async over(one: (part: number) => Promise<unknown>): Promise<void> {
    const start = performance.now();
    for (let part = 0; part < 1; part = (performance.now() - start) / moved) {
      const due = performance.now() + beat;
      await one(part);
      await later(Math.max(0, due - performance.now()));
    }
  }
}

export function printDiagram({ messages, firstMs, againMsP50, moves }: DiagramResult): void {
  console.log(`\nThe diagram of ${messages.toLocaleString("en")} messages`);
  console.log(`  first picture: ${firstMs} ms (bar ${firstBar}), opened again: ${againMsP50} ms; medians of ${opens}`);
  console.log(`  Main thread per frame, milliseconds on the processor (bar ${moveBar} at p95)`);
  const rows = moves.map(({ name, messages: shown, cpuMsP50, cpuMsP95, framesPerSecond }) => [
    name,
    { "in sight": shown, "cpu p50": cpuMsP50, "cpu p95": cpuMsP95, "frames/s": framesPerSecond },
  ]);
  console.table(Object.fromEntries(rows));
}
