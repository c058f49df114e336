import { mkdir, readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { thisMachine } from "../browser.ts";
import { encodeScenario, steady } from "../scenario.ts";
import { advice, findEngine } from "./engines.ts";
import { type Step, steps } from "./smoke.ts";
import { closeMost, pictures, smoke, stepMost, within } from "./taking.ts";
import type { Visit } from "./visit.ts";

/**
 * `npm run test:single [-- STEP …]`: the page as one file, opened from the disk as by a double click. What every build can do, and every thread of
 * its own: the engine, the checker, the search, the experiment, the one that paints; or the steps that are named. Exit code 0 if nothing failed.
 */
const address = pathToFileURL(resolve(import.meta.dirname, "../../dist-single/driftwood.html")).href;
const sample = resolve(import.meta.dirname, "../../src/exchange/in/samples/etcd-log.txt");

/** The thread that looks for an order says what it has found of the clients' history. */
async function judges(visit: Visit): Promise<string> {
  await visit.open(await encodeScenario(steady()));
  await visit.press("r");
  await visit.playFor(300);
  await visit.click("[role=tab]", "Clients");
  await visit.click(".clients-parts button", "Linearizability");
  const words = await visit.until(
    "the verdict on the history",
    () => document.querySelector(".lin-verdict")?.textContent ?? null,
  );
  return words;
}

async function experiments(visit: Visit): Promise<string> {
  await visit.open();
  await visit.press("n");
  await visit.click("[role=dialog] button", "Time without a leader");
  await visit.click(".exp-go:not([disabled])", "Run");
  const done = await visit.until("runs that are done", () => {
    const bar = document.querySelector('[role=progressbar][aria-label="Runs that are done"]');
    const now = Number(bar?.getAttribute("aria-valuenow") ?? 0);
    return now > 0 ? now : null;
  });
  await visit.click(".exp-cancel:not([disabled])");
  return `${done} runs were done when it was left`;
}

async function exportsText(visit: Visit): Promise<string> {
  await visit.open(await encodeScenario(steady()));
  await visit.press("Shift+G");
  await visit.click("[role=dialog] button", "Copy");
  await visit.until("it to be copied", () => document.querySelector("#export-said")?.textContent === "Copied.");
  const text = await visit.call(() => navigator.clipboard.readText());
  if (!text.startsWith("sequenceDiagram\n")) throw new Error(`what is copied is no diagram: ${text.slice(0, 100)}`);
  await visit.press("Escape");
  return `${text.length} characters`;
}

async function reads(visit: Visit): Promise<string> {
  await visit.open();
  await visit.call(
    (text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", text);
      document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    },
    await readFile(sample, "utf8"),
  );
  const told = await visit.until("the log to open", () => window.driftwoodTest.state().info?.told ?? null);
  return `${told.events} events of ${told.servers.length} servers`;
}

const alone: readonly Step[] = [
  { name: "judges a history", run: judges },
  { name: "experiments", run: experiments },
  { name: "exports", run: exportsText },
  { name: "reads a log", run: reads },
];

async function run(named: readonly string[]): Promise<boolean> {
  const engine = findEngine("chromium", thisMachine);
  if (engine === null) {
    console.log(`chromium: not found; ${advice.chromium}`);
    return false;
  }
  const wanted = [...steps, ...alone].filter(({ name }) => named.length === 0 || named.includes(name));
  await mkdir(pictures, { recursive: true });
  const driver = await within(stepMost, engine.start());
  console.log(`${driver.engine}, ${address}`);
  try {
    return (await smoke(wanted, "single", driver, address)) === 0;
  } finally {
    await within(closeMost, driver.close()).catch(() => undefined);
  }
}

process.exit((await run(process.argv.slice(2))) ? 0 : 1);
