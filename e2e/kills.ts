import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Browser, chromium, type Page } from "playwright";
import { preview } from "vite";
import { draw } from "../src/base/random.ts";
import type {} from "../src/store/test-hooks.ts";
import { chromiumArgs, getBrowser, thisMachine } from "./browser.ts";
import { encodeScenario } from "./scenario.ts";

/**
 * `npx tsx e2e/kills.ts [--kills 200] [--seed 1]`: what is lost when the built page dies at any moment. Somebody acts,
 * quickly, slowly, with rests; then the page's process, or the whole browser, is killed, opened again with the same
 * profile, and the run restored. Lost time is that between the kill and the first act that is not there any more. Ends
 * in 1 if it is ever more than two seconds, or if what came back is not the state that was on the page.
 */
const port = 4407;
const address = `http://localhost:${port}/`;
const lostMostMs = 2000;
/** A run goes on over so many kills; then another one begins. */
const killsPerRun = 5;

const { values: given } = parseArgs({
  options: { kills: { type: "string", default: "200" }, seed: { type: "string", default: "1" } },
});

/** How time goes on the page while somebody acts. */
const modes = ["paused", "manual", "playing"] as const;
type Mode = (typeof modes)[number];
const victims = ["page", "browser"] as const;

let drawn = 0;
/** 0 … below - 1. */
const roll = (below: number): number => draw(Number(given.seed), 1, drawn++) % below;
const pick = <T>(list: readonly T[]): T => list[roll(list.length)] as T;
const sleep = (millis: number) => new Promise<void>((resolve) => setTimeout(resolve, millis));

interface Act {
  readonly at: number;
  /** The state after it; null where time passes, or where the page died before it could be read. */
  hash: string | null;
}

// ---- the browser ----

interface Started {
  readonly process: ChildProcess;
  readonly browser: Browser;
}

async function start(profile: string): Promise<Started> {
  const own = ["--headless=new", "--remote-debugging-port=0", `--user-data-dir=${profile}`, "about:blank"];
  const process = spawn(getBrowser(thisMachine), [...chromiumArgs, ...own], {
    detached: true,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const endpoint = await new Promise<string>((resolve, reject) => {
    let words = "";
    process.stderr?.on("data", (data: Buffer) => {
      words += data.toString();
      const found = /DevTools listening on (\S+)/.exec(words);
      if (found?.[1] !== undefined) resolve(found[1]);
    });
    process.on("exit", () => reject(new Error(`the browser did not start: ${words}`)));
  });
  return { process, browser: await chromium.connectOverCDP(endpoint) };
}

async function end({ process }: Started): Promise<void> {
  if (process.pid === undefined || process.exitCode !== null || process.signalCode !== null) return;
  const gone = new Promise((resolve) => process.on("exit", resolve));
  globalThis.process.kill(-process.pid, "SIGKILL");
  await gone;
}

/** The processes in which pages live. */
async function renderers(browser: Browser): Promise<readonly number[]> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  return processInfo.filter(({ type }) => type === "renderer").map(({ id }) => id);
}

// ---- the page ----

/** A browser may give a new page to a process that was killed a moment ago: then it gets another one. */
async function newPage({ browser }: Started): Promise<Page> {
  const context = browser.contexts()[0];
  if (context === undefined) throw new Error("the browser has no context");
  for (let tries = 1; ; tries++) {
    try {
      return await context.newPage();
    } catch (error) {
      if (tries === 5) throw error;
    }
  }
}

/** `fragment`: a run to begin with; without it what was there before is offered. */
async function open(started: Started, fragment = ""): Promise<Page> {
  const page = await newPage(started);
  await page.goto(`${address}${fragment}`);
  await page.evaluate(() => window.driftwoodIdle());
  return page;
}

const state = (page: Page) =>
  page.evaluate(async () => {
    await window.driftwoodIdle();
    const { frame, playing, offer } = window.driftwoodTest.state();
    return { hash: frame?.hash ?? "", mode: frame?.mode, playing, offered: offer !== null };
  });

/** How many acts the newest whole save has. */
const savedActs = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const opening = indexedDB.open("driftwood");
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error);
    });
    const reading = database.transaction("runs").objectStore("runs").getAll();
    await new Promise((resolve) => {
      reading.onsuccess = resolve;
    });
    database.close();
    const saves = reading.result as readonly { readonly number: number; readonly text: string }[];
    const newest = [...saves].sort((a, b) => b.number - a.number)[0];
    if (newest === undefined) return 0;
    const { actions = [], branch = 0, branches = [] } = JSON.parse(newest.text);
    const own = branches[branch - 1];
    return own === undefined ? actions.length : own.shared + own.actions.length;
  });

/** The link to a run in which nobody has acted. */
const nobodys = async (): Promise<string> => `#${await encodeScenario({ seed: 7 })}`;

/** Another run, as on a first visit. */
async function forget(page: Page): Promise<void> {
  await page.goto("about:blank");
  await page.goto(`${address}favicon.svg`);
  await page.evaluate(
    () =>
      new Promise((resolve) => {
        const deleting = indexedDB.deleteDatabase("driftwood");
        deleting.onsuccess = resolve;
      }),
  );
  await page.goto(`${address}${await nobodys()}`);
  await page.evaluate(() => window.driftwoodIdle());
}

async function into(page: Page, mode: Mode, acts: Act[]): Promise<void> {
  const now = await state(page);
  if (now.playing !== (mode === "playing")) await page.keyboard.press("Space");
  if ((now.mode === "manual") !== (mode === "manual")) await act(page, "m", acts, mode);
}

async function act(page: Page, key: string, acts: Act[], mode: Mode): Promise<void> {
  const done: Act = { at: performance.now(), hash: null };
  acts.push(done);
  await page.keyboard.press(key);
  if (mode !== "playing") done.hash = (await state(page)).hash;
}

/** Acts until the page is gone, or somebody is about to kill it. */
async function busy(page: Page, mode: Mode, acts: Act[], alive: () => boolean): Promise<void> {
  try {
    while (alive()) {
      await act(page, "r", acts, mode);
      await sleep(pick([0, 20, 100, 400, 1000, 2500]));
    }
  } catch (error) {
    if (!/closed|crashed|destroyed|detached/i.test(String(error))) throw error;
  }
}

// ---- one kill ----

interface Killed {
  readonly victim: (typeof victims)[number];
  readonly mode: Mode;
  readonly acts: number;
  readonly back: number;
  readonly lostMs: number;
  /** False: another state came back than was on the page after the same acts. */
  readonly same: boolean;
}

async function killOne(profile: string, started: Started, page: Page, acts: Act[]) {
  const [mode, victim] = [pick(modes), pick(victims)];
  await into(page, mode, acts);
  const pids = victim === "page" ? await renderers(started.browser) : [];
  let alive = true;
  const acting = busy(page, mode, acts, () => alive);
  await sleep(300 + roll(4200));
  alive = false;
  const killedAt = performance.now();
  for (const pid of pids) process.kill(pid, "SIGKILL");
  if (victim === "browser") await end(started);
  await acting;

  const done = acts.filter(({ at }) => at <= killedAt);

  const next = victim === "browser" ? await start(profile) : started;
  const reopened = await open(next);
  const back = (await state(reopened)).offered ? await savedActs(reopened) : 0;
  const first = done[back];
  const lostMs = first === undefined ? 0 : Math.round(killedAt - first.at);
  const known = acts[back - 1]?.hash ?? null;
  if (back > 0) await reopened.getByRole("button", { name: "Restore it" }).click();
  const same = back === 0 || known === null || (await state(reopened)).hash === known;
  const killed: Killed = { victim, mode, acts: done.length, back, lostMs, same };
  acts.length = back;
  return { killed, next, page: reopened };
}

function print(number: number, { victim, mode, acts, back, lostMs, same }: Killed): void {
  const lost = acts === back ? "nothing lost" : `${acts - back} lost, ${lostMs} ms`;
  console.log(`${number}: ${victim} killed, ${mode}, ${acts} acts: ${lost}${same ? "" : ", ANOTHER STATE"}`);
}

function summary(all: readonly Killed[]): boolean {
  const times = all.map(({ lostMs }) => lostMs).sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor((times.length - 1) * share)] ?? 0;
  const strange = all.filter(({ same }) => !same).length;
  console.log(
    `${all.length} kills; lost: median ${at(0.5)} ms, p95 ${at(0.95)} ms, most ${at(1)} ms; ` +
      `nothing in ${times.filter((time) => time === 0).length}; another state in ${strange}`,
  );
  return at(1) <= lostMostMs && strange === 0;
}

async function main(): Promise<void> {
  const server = await preview({ preview: { port, strictPort: true }, logLevel: "error" });
  const profile = await mkdtemp(join(tmpdir(), "driftwood-kills-"));
  const all: Killed[] = [];
  let started = await start(profile);
  try {
    let page = await open(started, await nobodys());
    let acts: Act[] = [];
    for (let number = 1; number <= Number(given.kills); number++) {
      if (number % killsPerRun === 0) {
        await forget(page);
        acts = [];
      }
      const { killed, ...after } = await killOne(profile, started, page, acts);
      ({ next: started, page } = after);
      print(number, killed);
      all.push(killed);
    }
  } finally {
    await end(started);
    await server.close();
    await rm(profile, { recursive: true, force: true });
  }
  if (!summary(all)) process.exitCode = 1;
}

await main();
