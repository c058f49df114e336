import { gzipSync } from "node:zlib";
import type { Browser, Page, Request } from "playwright";
import type {} from "../../src/store/test-hooks.ts";
import { median, round } from "./figures.ts";

const viewport = { width: 1440, height: 900 };
export const loads = 5;

export const kinds = ["html", "js", "css", "worker", "other"] as const;
type Kind = (typeof kinds)[number];
export interface FirstLoad {
  /** Gzipped bytes of what had to arrive before the page was interactive: what it waits for over a line that is not instant. */
  readonly bytes: Readonly<Record<Kind, number>> & { readonly total: number };
  /** Gzipped bytes of all that, and of what came until the engine had answered too: time stands still until then. */
  readonly answeredBytes: number;
  /** Nothing waits for them: text stands there in the system's fonts until they come, at no certain time. */
  readonly fontBytes: number;
  /** Gzipped bytes of what else the page fetched by itself, after the engine's answer. */
  readonly laterBytes: number;
  /** From the start of navigation until the page had drawn the first frame of the run, milliseconds, from this machine. */
  readonly interactiveMsP50: number;
  readonly interactiveMsMax: number;
  /** As `interactiveMsP50`, until the engine had answered. */
  readonly answeredMsP50: number;
}

function kindOf(url: string, workers: readonly string[]): Kind | "font" {
  const path = new URL(url).pathname;
  if (path.endsWith("/")) return "html";
  if (workers.includes(url)) return "worker";
  if (path.endsWith(".js")) return "js";
  if (path.endsWith(".css")) return "css";
  return /\.woff2?$/.test(path) ? "font" : "other";
}

/**
 * Runs in the page. Notes when the first server stands on the page's own stage, which takes clicks (the picture that is
 * there before does not), and when the engine has answered.
 */
const noteInteractive = `
  (function look() {
    const { dataset } = document.documentElement ?? { dataset: {} };
    if (document.querySelector(".stage .stage-server") !== null) dataset.interactiveAt ??= String(performance.now());
    if ((window.driftwoodTest?.state().status ?? "starting") === "starting") requestAnimationFrame(look);
    else dataset.answeredAt = String(performance.now());
  })();
`;

/** A home line: what comes before what shows only where bytes take time. */
const line = { offline: false, latency: 40, downloadThroughput: 1_250_000, uploadThroughput: 250_000 };

async function loadOnce(browser: Browser, address: string, slow: boolean) {
  const context = await browser.newContext({ viewport, serviceWorkers: "block" });
  const page = await context.newPage();
  if (slow) await (await context.newCDPSession(page)).send("Network.emulateNetworkConditions", line);
  await page.addInitScript({ content: noteInteractive });
  const arrived: Promise<{ readonly url: string; readonly at: number; readonly size: number }>[] = [];
  page.on("requestfinished", (request) => arrived.push(partOf(request)));
  await page.goto(address);
  await page.waitForFunction(() => document.documentElement.dataset["answeredAt"] !== undefined);
  const { interactiveAt, answeredAt, origin } = await page.evaluate(() => ({
    interactiveAt: Number(document.documentElement.dataset["interactiveAt"]),
    answeredAt: Number(document.documentElement.dataset["answeredAt"]),
    origin: performance.timeOrigin,
  }));
  const workers = page.workers().map((worker) => worker.url());
  const parts = await allOf(page, arrived);
  await context.close();
  const until = (time: number) => parts.filter(({ at }) => at <= origin + time);
  return { interactiveAt, answeredAt, workers, first: until(interactiveAt), answered: until(answeredAt), all: parts };
}

/** What a page fetches by itself comes in few pieces, between which it thinks: all is there when two seconds bring no more. */
async function allOf<T>(page: Page, arrived: readonly Promise<T>[]): Promise<T[]> {
  await page.evaluate(() => window.driftwoodIdle());
  for (let before = -1; before < arrived.length; await page.waitForTimeout(2000)) before = arrived.length;
  return Promise.all(arrived);
}

/** `at`: when the last byte had come, milliseconds since 1970. `size`: gzipped, which the preview server does not do. */
async function partOf(request: Request) {
  const { startTime, responseEnd } = request.timing();
  const body = (await (await request.response())?.body()) ?? Buffer.alloc(0);
  return { url: request.url(), at: startTime + responseEnd, size: gzipSync(body, { level: 9 }).length };
}

export async function firstLoad(browser: Browser, address: string): Promise<FirstLoad> {
  const runs = [];
  for (let i = 0; i < loads; i++) runs.push(await loadOnce(browser, address, false));
  const { first, answered, all, workers } = await loadOnce(browser, address, true);
  const sum = (parts: readonly { readonly size: number }[]) => parts.reduce((total, { size }) => total + size, 0);
  const isFont = ({ url }: { readonly url: string }) => kindOf(url, workers) === "font";
  const of = (kind: Kind) => sum(first.filter(({ url }) => kindOf(url, workers) === kind));
  const bytes = Object.fromEntries(kinds.map((kind) => [kind, of(kind)])) as Record<Kind, number>;
  const total = kinds.reduce((all, kind) => all + bytes[kind], 0);
  const fontBytes = sum(all.filter(isFont));
  const answeredBytes = sum(answered.filter((part) => !isFont(part)));
  const times = runs.map(({ interactiveAt }) => interactiveAt);
  return {
    bytes: { ...bytes, total },
    answeredBytes,
    fontBytes,
    laterBytes: sum(all) - answeredBytes - fontBytes,
    interactiveMsP50: round(median(times)),
    interactiveMsMax: round(Math.max(...times)),
    answeredMsP50: round(median(runs.map(({ answeredAt }) => answeredAt))),
  };
}
