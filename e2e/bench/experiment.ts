import type { Browser, Page } from "playwright";
import { later, percentile, round } from "./figures.ts";
import { frameCosts } from "./trace.ts";

/** What the page's own thread does while a pool of threads does the runs of an experiment. */
export interface ExperimentResult {
  readonly name: string;
  readonly pointer: "rests" | "reads";
  /** Runs that were known before and after. */
  readonly from: number;
  readonly to: number;
  readonly framesPerSecond: number;
  readonly cpuMsP50: number;
  readonly cpuMsP95: number;
  readonly cpuMsMax: number;
  readonly wallMsP95: number;
}

const bar = 8;
const viewport = { width: 1440, height: 900 };
const watched = 6;
/** Milliseconds between two moves of the pointer: one for each frame. */
const beat = 16;
/** Curves, dots and boxes, a heat map: with the number of runs that each is watched at. */
const experiments = [
  { name: "figure-16", at: [200, 3000] },
  { name: "reads", at: [50] },
  { name: "slow-disk", at: [50] },
] as const;

export async function experimentCosts(browser: Browser, address: string): Promise<readonly ExperimentResult[]> {
  const results: ExperimentResult[] = [];
  for (const { name, at } of experiments) {
    const context = await browser.newContext({ viewport, serviceWorkers: "block" });
    const page = await context.newPage();
    await page.goto(`${address}#experiment=${name}`);
    await page.getByRole("button", { name: "Run", exact: true }).click();
    for (const runs of at) {
      await page.waitForFunction(
        (least) =>
          Number(document.querySelector("[role=progressbar].exp-progress")?.getAttribute("aria-valuenow")) >= least,
        runs,
        { timeout: 0 },
      );
      for (const pointer of ["rests", "reads"] as const) results.push(await watch(browser, page, name, pointer));
    }
    await context.close();
  }
  return results;
}

async function watch(browser: Browser, page: Page, name: string, pointer: ExperimentResult["pointer"]) {
  const known = async (): Promise<number> =>
    Number(await page.getByRole("progressbar", { name: "Runs that are done" }).getAttribute("aria-valuenow"));
  const from = await known();
  const [{ cpuMs, wallMs, seconds }] = await Promise.all([
    frameCosts(browser, watched),
    pointer === "reads" ? readOver(page) : Promise.resolve(),
  ]);
  return {
    ...{ name, pointer, from, to: await known(), framesPerSecond: round(cpuMs.length / seconds) },
    ...{ cpuMsP50: round(percentile(cpuMs, 0.5)), cpuMsP95: round(percentile(cpuMs, 0.95)) },
    ...{ cpuMsMax: round(Math.max(0, ...cpuMs)), wallMsP95: round(percentile(wallMs, 0.95)) },
  };
}

/** To and fro over the picture. */
async function readOver(page: Page): Promise<void> {
  const box = (await page.locator(".exp-picture").boundingBox())!;
  const end = performance.now() + watched * 1000;
  for (let i = 0; performance.now() < end; i++) {
    const part = Math.abs(((i * 0.01) % 2) - 1);
    await page.mouse.move(box.x + box.width * (0.1 + 0.8 * part), box.y + box.height * (0.2 + 0.5 * part));
    await later(beat);
  }
}

export function printExperiments(results: readonly ExperimentResult[]): void {
  console.log("\nMain thread per animation frame while a pool does the runs of an experiment, milliseconds");
  console.table(
    Object.fromEntries(
      results.map(({ name, pointer, from, to, framesPerSecond, cpuMsP50, cpuMsP95, cpuMsMax, wallMsP95 }) => [
        `${name}, pointer ${pointer}, ${from} to ${to} runs`,
        {
          "cpu p50": cpuMsP50,
          "cpu p95": cpuMsP95,
          "cpu max": cpuMsMax,
          bar,
          "wall p95": wallMsP95,
          "frames/s": framesPerSecond,
        },
      ]),
    ),
  );
}
