import type { Browser, Page } from "playwright";
import type {} from "../../src/store/test-hooks.ts";
import { encodeScenario } from "../scenario.ts";
import type { Case } from "./cases.ts";
import { later, percentile, round } from "./figures.ts";
import { heaps } from "./heaps.ts";
import type { SeenPage } from "./phone.ts";
import { serveFolder } from "./served.ts";
import { countMainThread, type Share } from "./share.ts";
import { frameCosts } from "./trace.ts";

const viewport = { width: 1440, height: 900 };
/** Milliseconds of wall time: to settle, and to measure. */
const warmUp = 2000;
const watched = 5000;

export interface PlayResult {
  readonly name: string;
  /** Of the main thread, per second of play. */
  readonly mainThread: Share;
  readonly framesPerSecond: number;
  readonly cpuMsP50: number;
  readonly cpuMsP95: number;
  readonly wallMsP50: number;
  readonly wallMsP95: number;
  readonly messages: number;
  readonly simulatedSeconds: number;
  readonly pageHeapMB: number;
  readonly workerHeapMB: number | null;
  readonly barMs: number | null;
}

export async function playCase(browser: Browser, address: string, one: Case): Promise<PlayResult> {
  const context = await browser.newContext({ viewport, serviceWorkers: "block" });
  const page = await context.newPage();
  await page.goto(`${address}#${await encodeScenario(one.scenario)}`);
  await page.evaluate(() => window.driftwoodIdle());
  await later(warmUp);
  const mainThread = await shareOf(page);
  const before = await moment(page);
  const { cpuMs, wallMs, seconds } = await frameCosts(browser, watched / 1000);
  const after = await moment(page);
  const heap = await heaps(context, page);
  await context.close();
  return {
    name: one.name,
    mainThread,
    framesPerSecond: round(cpuMs.length / seconds),
    cpuMsP50: round(percentile(cpuMs, 0.5)),
    cpuMsP95: round(percentile(cpuMs, 0.95)),
    wallMsP50: round(percentile(wallMs, 0.5)),
    wallMsP95: round(percentile(wallMs, 0.95)),
    messages: Math.round((before.messages + after.messages) / 2),
    simulatedSeconds: round((after.at - before.at) / 1e6),
    ...heap,
    barMs: one.bar,
  };
}

/** Measured without a trace, which costs time of its own. */
async function shareOf(page: Page): Promise<Share> {
  const counted = await countMainThread(page);
  await later(watched);
  return counted();
}

const moment = (page: Page) =>
  page.evaluate(() => {
    const frame = window.driftwoodTest.frame();
    return { at: frame?.position.at ?? 0, messages: frame?.messages.length ?? 0 };
  });

/** What another page costs that plays as soon as it is opened. */
export async function playBeside(browser: Browser, { folder }: SeenPage): Promise<Share> {
  const served = await serveFolder(folder, { latencyMs: 0, bytesPerSecond: 1e9 });
  const context = await browser.newContext({ viewport, serviceWorkers: "block" });
  const page = await context.newPage();
  await page.goto(served.address);
  await later(warmUp);
  const share = await shareOf(page);
  await context.close();
  await served.close();
  return share;
}
