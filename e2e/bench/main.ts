import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { type Browser, chromium } from "playwright";
import { preview } from "vite";
import { chromiumArgs, getBrowser, thisMachine } from "../browser.ts";
import { cases } from "./cases.ts";
import { diagramCosts } from "./diagram.ts";
import { experimentCosts } from "./experiment.ts";
import { firstLoad } from "./first-load.ts";
import { onSlowPhone, ours, type SeenPage } from "./phone.ts";
import { type PlayResult, playBeside, playCase } from "./play.ts";
import { print, type Report } from "./report.ts";

/**
 * `npm run bench:browser [-- --json] [--only load|phone|play|diagram|experiment] [--against FILE] [--beside FOLDER]`: what the built page
 * costs in Chromium. First load in bytes and milliseconds, how long a slow phone shows nothing, the main thread's work
 * while a run plays or stands still, and what the diagram of a long run takes and an experiment beside its pool. Prints tables, or with --json one object as the last line; `--against` takes
 * such a line of another run and prints ratios; `--beside` measures a static page in another folder as well: one that
 * draws a cluster in SVG circles and plays as soon as it is opened.
 */

const { values: given } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    only: { type: "string" },
    against: { type: "string" },
    beside: { type: "string" },
  },
});
const beside: SeenPage | null =
  given.beside === undefined ? null : { name: given.beside, folder: given.beside, cluster: "svg circle" };
const wanted = (part: string): boolean => given.only === undefined || given.only === part;

/** The last line of a file that holds what `--json` printed. */
function readReport(file: string): Report {
  const line = readFileSync(file, "utf8").trim().split("\n").at(-1);
  return JSON.parse(line ?? "") as Report;
}

async function play(browser: Browser, address: string): Promise<readonly PlayResult[]> {
  const results: PlayResult[] = [];
  for (const one of cases) results.push(await playCase(browser, address, one));
  return results;
}

async function main(): Promise<void> {
  const against = given.against === undefined ? null : readReport(given.against);
  const server = await preview({ preview: { host: "127.0.0.1", port: 0 }, logLevel: "error" });
  const address = server.resolvedUrls!.local[0]!;
  const browser = await chromium.launch({ executablePath: getBrowser(thisMachine), args: [...chromiumArgs] });
  const report: Report = {
    firstLoad: wanted("load") ? await firstLoad(browser, address) : null,
    phone: wanted("phone") ? await onSlowPhone(browser, beside === null ? [ours] : [ours, beside]) : null,
    play: wanted("play") ? await play(browser, address) : null,
    experiments: wanted("experiment") ? await experimentCosts(browser, address) : null,
    diagram: wanted("diagram") ? await diagramCosts(browser, address) : null,
    besideMainThread: wanted("play") && beside !== null ? await playBeside(browser, beside) : null,
  };
  await browser.close();
  await server.close();
  if (given.json) console.log(JSON.stringify(report));
  else print(report, against);
}

await main();
