import type { Browser } from "playwright";
import { median, round } from "./figures.ts";
import { type Line, serveFolder } from "./served.ts";

/** A page in a folder, and what of it shows that a cluster is there. */
export interface SeenPage {
  readonly name: string;
  readonly folder: string;
  /** What matches it and takes up room on the screen is a part of a cluster. */
  readonly cluster: string;
}
export interface PhoneResult {
  readonly name: string;
  /** From the start of navigation until a cluster was painted, milliseconds. */
  readonly seenMsP50: number;
  readonly seenMsMax: number;
}

export const ours: SeenPage = { name: "Driftwood", folder: "dist", cluster: ".stage-server circle" };

/** 1.6 Mbit/s and 150 ms, a quarter of this machine's speed: what Lighthouse takes for a phone on a slow 4G line. */
const line: Line = { latencyMs: 150, bytesPerSecond: 200_000 };
const slowness = 4;
const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
const loads = 5;

/** The pages by turns, so that what else the machine does falls on all of them. */
export async function onSlowPhone(browser: Browser, pages: readonly SeenPage[]): Promise<readonly PhoneResult[]> {
  const times = pages.map((): number[] => []);
  for (let i = 0; i < loads; i++) {
    for (const [n, page] of pages.entries()) times[n]!.push(await seenMs(browser, page));
  }
  return pages.map(({ name }, n) => ({
    name,
    seenMsP50: round(median(times[n]!)),
    seenMsMax: round(Math.max(...times[n]!)),
  }));
}

async function seenMs(browser: Browser, { folder, cluster }: SeenPage): Promise<number> {
  const served = await serveFolder(folder, line);
  const context = await browser.newContext({ ...phone, serviceWorkers: "block" });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: slowness });
  await page.addInitScript({ content: noteSeen(cluster) });
  await page.goto(served.address, { waitUntil: "commit" });
  const noted = await page.waitForFunction(() => document.documentElement?.dataset["seenAt"]);
  const at = Number(await noted.jsonValue());
  await context.close();
  await served.close();
  return at;
}

/** Runs in the page. No animation frame comes before its styles are there; the frame after it has painted what it saw. */
const noteSeen = (cluster: string): string => `
  requestAnimationFrame(function look() {
    const isSeen = (element) => {
      const { width, height, left, top } = element.getBoundingClientRect();
      return width > 4 && height > 4 && left < innerWidth && top < innerHeight && left + width > 0 && top + height > 0;
    };
    if (![...document.querySelectorAll(${JSON.stringify(cluster)})].some(isSeen)) requestAnimationFrame(look);
    else requestAnimationFrame(() => {
      document.documentElement.dataset.seenAt = String(performance.now());
    });
  });
`;
