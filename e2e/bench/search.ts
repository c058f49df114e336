import { type Browser, chromium, type Page } from "playwright";
import { preview } from "vite";
import { bugNames, bugOf } from "../../src/raft/bugs/index.ts";
import type {} from "../../src/store/test-hooks.ts";
import { chromiumArgs, getBrowser, thisMachine } from "../browser.ts";

/**
 * `npm run bench:search [-- [NAME …] [--times N] [--seconds S]]`: how long the built page takes in Chromium to find and
 * shrink a counterexample to each bug that a search is to find, from the press of the button to the story on the screen.
 * Medians; the last line is one JSON object.
 */

interface Measured {
  readonly bug: string;
  /** Seconds; null where nothing was found in time. */
  readonly median: number | null;
  readonly steps: number;
  readonly acts: number;
}

const [names, times, seconds] = readArguments(process.argv.slice(2));

function readArguments(given: readonly string[]): readonly [readonly string[], number, number] {
  const number = (flag: string, otherwise: number): number => {
    const at = given.indexOf(flag);
    return at < 0 ? otherwise : Number(given[at + 1]);
  };
  const named = bugNames.filter((name) => given.includes(name));
  const all = bugNames.filter((name) => bugOf(name).foundBy === "search");
  return [named.length > 0 ? named : all, number("--times", 3), number("--seconds", 30)];
}

/** Wall time of one search in seconds, and what was found; null if nothing was. */
async function searchOnce(page: Page, bug: string) {
  await page.keyboard.press("Shift+B");
  const dialog = page.getByRole("dialog");
  const another = dialog.getByRole("button", { name: "Search for another" });
  if (await another.isVisible()) await another.click();
  await dialog.getByLabel("Rule off").selectOption(bug);
  const start = performance.now();
  await dialog.getByRole("button", { name: "Search", exact: true }).click();
  const found = dialog.locator(".search-found");
  const told = await found.waitFor({ timeout: seconds * 1000 }).then(
    () => true,
    () => false,
  );
  const took = (performance.now() - start) / 1000;
  const text = told ? ((await found.textContent()) ?? "") : "";
  await dialog.getByRole("button", { name: told ? "Search for another" : "Cancel" }).click();
  await page.keyboard.press("Escape");
  if (!told) return null;
  return { took, steps: Number(/(\d+) steps?/.exec(text)?.[1]), acts: Number(/(\d+) acts?/.exec(text)?.[1]) };
}

async function measure(page: Page, bug: string): Promise<Measured> {
  const found: { readonly took: number; readonly steps: number; readonly acts: number }[] = [];
  for (let time = 0; time < times; time++) {
    const one = await searchOnce(page, bug);
    if (one === null) return { bug, median: null, steps: 0, acts: 0 };
    found.push(one);
  }
  const ordered = found.map(({ took }) => took).sort((a, b) => a - b);
  const { steps, acts } = found[0]!;
  return { bug, median: Math.round(ordered[ordered.length >> 1]! * 100) / 100, steps, acts };
}

async function measureAll(browser: Browser, address: string): Promise<readonly Measured[]> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, serviceWorkers: "block" });
  await page.goto(address);
  await page.evaluate(() => window.driftwoodIdle());
  await page.keyboard.press("Space");
  const all: Measured[] = [];
  for (const bug of names) {
    const measured = await measure(page, bug);
    const { median, steps, acts } = measured;
    console.log(bug.padEnd(28), median === null ? `not in ${seconds} s` : `${median} s, ${steps} steps, ${acts} acts`);
    all.push(measured);
  }
  return all;
}

const server = await preview({ preview: { host: "127.0.0.1", port: 0 }, logLevel: "error" });
const address = server.resolvedUrls!.local[0]!;
const browser = await chromium.launch({ executablePath: getBrowser(thisMachine), args: [...chromiumArgs] });
try {
  console.log(JSON.stringify(await measureAll(browser, address)));
} finally {
  await browser.close();
  await server.close();
}
