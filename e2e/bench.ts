import { gzipSync } from "node:zlib";
import { type Browser, type BrowserContext, chromium, type Page, type Request } from "playwright";
import { preview } from "vite";
import type {} from "../src/store/test-hooks.ts";
import { chromiumArgs, getBrowser, thisMachine } from "./browser.ts";
import { encodeScenario, type Scenario, steady } from "./scenario.ts";
import { frameCosts } from "./trace.ts";

/**
 * `npm run bench:browser [-- --json]`: what the built page costs in Chromium. First load in bytes and milliseconds, and
 * the main thread's work per animation frame while a run plays. Prints a table, or with --json one object as the last line.
 */
const port = 4406;
const address = `http://localhost:${port}/`;
const viewport = { width: 1440, height: 900 };
/** Seconds of wall time: to settle, and to measure. */
const warmUp = 2;
const watched = 5;
const loads = 5;

// ---- first load -----------------------------------------------------------------------------------------------

const kinds = ["html", "js", "css", "worker", "other"] as const;
type Kind = (typeof kinds)[number];
interface FirstLoad {
  /** Gzipped bytes of what had to arrive before the page was interactive: what it waits for over a line that is not instant. */
  readonly bytes: Readonly<Record<Kind, number>> & { readonly total: number };
  /** Nothing waits for them: text stands there in the system's fonts until they come, at no certain time. */
  readonly fontBytes: number;
  /** Gzipped bytes of what else the page fetched by itself, after that. */
  readonly laterBytes: number;
  /** From the start of navigation until the first frame of the run was drawn, milliseconds, from this machine. */
  readonly interactiveMsP50: number;
  readonly interactiveMsMax: number;
}

function kindOf(url: string, workers: readonly string[]): Kind | "font" {
  const path = new URL(url).pathname;
  if (path.endsWith("/")) return "html";
  if (workers.includes(url)) return "worker";
  if (path.endsWith(".js")) return "js";
  if (path.endsWith(".css")) return "css";
  return /\.woff2?$/.test(path) ? "font" : "other";
}

/** Runs in the page. Notes when the first server stands on the stage: the run is there and takes clicks. */
const noteInteractive = `
  (function look() {
    if (document.querySelector(".stage-server") === null) requestAnimationFrame(look);
    else document.documentElement.dataset.interactiveAt = String(performance.now());
  })();
`;

/** A home line: what comes before what shows only where bytes take time. */
const line = { offline: false, latency: 40, downloadThroughput: 1_250_000, uploadThroughput: 250_000 };

async function loadOnce(browser: Browser, slow: boolean) {
  const context = await browser.newContext({ viewport });
  const page = await context.newPage();
  if (slow) await (await context.newCDPSession(page)).send("Network.emulateNetworkConditions", line);
  await page.addInitScript({ content: noteInteractive });
  const arrived: Promise<{ readonly url: string; readonly at: number; readonly size: number }>[] = [];
  page.on("requestfinished", (request) => arrived.push(partOf(request)));
  await page.goto(address, { waitUntil: "networkidle" });
  await page.waitForFunction(() => document.documentElement.dataset["interactiveAt"] !== undefined);
  const { interactiveAt, origin } = await page.evaluate(() => ({
    interactiveAt: Number(document.documentElement.dataset["interactiveAt"]),
    origin: performance.timeOrigin,
  }));
  const workers = page.workers().map((worker) => worker.url());
  const parts = await Promise.all(arrived);
  await context.close();
  return { interactiveAt, workers, first: parts.filter(({ at }) => at <= origin + interactiveAt), all: parts };
}

/** `at`: when the last byte had come, milliseconds since 1970. `size`: gzipped, which the preview server does not do. */
async function partOf(request: Request) {
  const { startTime, responseEnd } = request.timing();
  const body = (await (await request.response())?.body()) ?? Buffer.alloc(0);
  return { url: request.url(), at: startTime + responseEnd, size: gzipSync(body, { level: 9 }).length };
}

async function firstLoad(browser: Browser): Promise<FirstLoad> {
  const runs = [];
  for (let i = 0; i < loads; i++) runs.push(await loadOnce(browser, false));
  const { first, all, workers } = await loadOnce(browser, true);
  const sum = (parts: readonly { readonly size: number }[]) => parts.reduce((total, { size }) => total + size, 0);
  const isFont = ({ url }: { readonly url: string }) => kindOf(url, workers) === "font";
  const of = (kind: Kind) => sum(first.filter(({ url }) => kindOf(url, workers) === kind));
  const bytes = Object.fromEntries(kinds.map((kind) => [kind, of(kind)])) as Record<Kind, number>;
  const total = kinds.reduce((all, kind) => all + bytes[kind], 0);
  const fontBytes = sum(all.filter(isFont));
  const times = runs.map(({ interactiveAt }) => interactiveAt);
  return {
    bytes: { ...bytes, total },
    fontBytes,
    laterBytes: sum(all) - total - fontBytes,
    interactiveMsP50: round(percentile(times, 0.5)),
    interactiveMsMax: round(Math.max(...times)),
  };
}

// ---- frames ---------------------------------------------------------------------------------------------------

interface Case {
  readonly name: string;
  readonly scenario: Scenario;
  /** p95 of milliseconds per frame; null: no bar. */
  readonly bar: number | null;
}

const five = (speed: number): Scenario =>
  steady({
    actions: [
      { atMs: 0, do: "timer", server: "S1", leftMs: 10 },
      { atMs: 90, do: "load", perSecond: 20 },
    ],
    view: { atMs: 420, select: "S1", speed, play: true },
  });

/** Links of half a second, each message in five twice: heartbeats pile up to two hundred under way. */
const crowded = (speed: number): Scenario =>
  steady({
    servers: 9,
    options: { ...steadyOptions, electionTimeoutMs: [4000, 8000] },
    network: { mode: "automatic", latencyMs: [450, 650], loss: 0, duplicate: 0.2 },
    actions: [
      { atMs: 0, do: "timer", server: "S1", leftMs: 10 },
      { atMs: 2000, do: "load", perSecond: 20 },
    ],
    view: { atMs: 6000, select: "S1", speed, play: true },
    endMs: 6000,
  });
const steadyOptions = { heartbeatMs: 50, retryMs: 100, maxEntriesPerMessage: 16, noOpOnElection: false };

const long: Scenario = steady({
  actions: [
    { atMs: 0, do: "timer", server: "S1", leftMs: 10 },
    { atMs: 90, do: "load", perSecond: 20 },
  ],
  view: { atMs: 300_000, select: "S1", speed: 1, play: true },
  endMs: 300_000,
});

const cases: readonly Case[] = [
  { name: "5 servers, 1/100", scenario: five(0.01), bar: 6 },
  { name: "5 servers, 1/10", scenario: five(0.1), bar: 6 },
  { name: "5 servers, 1×", scenario: five(1), bar: 6 },
  { name: "9 servers, 200 messages, 1/10", scenario: crowded(0.1), bar: 10 },
  { name: "9 servers, 200 messages, 1×", scenario: crowded(1), bar: 10 },
  { name: "5 servers, 1×, after 5 min at 20 writes/s", scenario: long, bar: 6 },
];

interface FrameResult {
  readonly name: string;
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

async function playCase(browser: Browser, { name, scenario, bar }: Case): Promise<FrameResult> {
  const context = await browser.newContext({ viewport });
  const page = await context.newPage();
  await page.goto(`${address}#${await encodeScenario(scenario)}`);
  await page.evaluate(() => window.driftwoodIdle());
  await new Promise((resolve) => setTimeout(resolve, warmUp * 1000));
  const before = await moment(page);
  const { cpuMs, wallMs, seconds } = await frameCosts(browser, watched);
  const after = await moment(page);
  const heap = await heaps(context, page);
  await context.close();
  return {
    name,
    framesPerSecond: round(cpuMs.length / seconds),
    cpuMsP50: round(percentile(cpuMs, 0.5)),
    cpuMsP95: round(percentile(cpuMs, 0.95)),
    wallMsP50: round(percentile(wallMs, 0.5)),
    wallMsP95: round(percentile(wallMs, 0.95)),
    messages: Math.round((before.messages + after.messages) / 2),
    simulatedSeconds: round((after.at - before.at) / 1e6),
    ...heap,
    barMs: bar,
  };
}

const moment = (page: Page) =>
  page.evaluate(() => {
    const frame = window.driftwoodTest.frame();
    return { at: frame?.position.at ?? 0, messages: frame?.messages.length ?? 0 };
  });

/** What is in use after a garbage collection. The worker's is asked for by a detour: it has a thread of its own. */
async function heaps(context: BrowserContext, page: Page) {
  const session = await context.newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  const worker = await workerHeap(context, page).catch(() => null);
  return { pageHeapMB: megabytes(usedSize), workerHeapMB: worker === null ? null : megabytes(worker) };
}

async function workerHeap(context: BrowserContext, page: Page): Promise<number> {
  const session = await context.newCDPSession(page);
  const attached = new Promise<string>((resolve) =>
    session.once("Target.attachedToTarget", ({ sessionId }) => resolve(sessionId)),
  );
  await session.send("Target.setAutoAttach", { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });
  const sessionId = await attached;
  const answer = (id: number) =>
    new Promise<unknown>((resolve) => {
      session.on("Target.receivedMessageFromTarget", ({ message }) => {
        const answered = JSON.parse(message) as { readonly id?: number; readonly result?: unknown };
        if (answered.id === id) resolve(answered.result);
      });
    });
  const ask = async (id: number, method: string) => {
    const answered = answer(id);
    await session.send("Target.sendMessageToTarget", { sessionId, message: JSON.stringify({ id, method }) });
    return answered;
  };
  await ask(1, "HeapProfiler.collectGarbage");
  return ((await ask(2, "Runtime.getHeapUsage")) as { readonly usedSize: number }).usedSize;
}

// ---- report ---------------------------------------------------------------------------------------------------

const round = (value: number): number => Math.round(value * 10) / 10;
const megabytes = (bytes: number): number => round(bytes / 2 ** 20);

function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

const bytesBar = 180_000;

function print(load: FirstLoad, frames: readonly FrameResult[]): void {
  const kB = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;
  console.log("\nFirst load, gzipped, until interactive");
  for (const kind of kinds) console.log(`  ${kind.padEnd(8)} ${kB(load.bytes[kind]).padStart(10)}`);
  const verdict = load.bytes.total <= bytesBar ? "within" : "OVER";
  console.log(`  ${"total".padEnd(8)} ${kB(load.bytes.total).padStart(10)}  ${verdict} the bar of ${kB(bytesBar)}`);
  console.log(`  ${"fonts".padEnd(8)} ${kB(load.fontBytes).padStart(10)}  nothing waits for them`);
  console.log(
    `  ${"later".padEnd(8)} ${kB(load.laterBytes).padStart(10)}  panels and menus, fetched when the first frame is there`,
  );
  console.log(
    `Time to interactive: ${load.interactiveMsP50} ms (median of ${loads}), ${load.interactiveMsMax} ms at most`,
  );
  console.log("\nMain thread per animation frame while playing, milliseconds: on the processor, and by the clock");
  console.table(
    Object.fromEntries(
      frames.map(({ name, ...f }) => [
        name,
        {
          "cpu p50": f.cpuMsP50,
          "cpu p95": f.cpuMsP95,
          bar: f.barMs,
          "wall p50": f.wallMsP50,
          "wall p95": f.wallMsP95,
          "frames/s": f.framesPerSecond,
          messages: f.messages,
          "sim s": f.simulatedSeconds,
          "page MB": f.pageHeapMB,
          "worker MB": f.workerHeapMB,
        },
      ]),
    ),
  );
}

async function main(): Promise<void> {
  const executablePath = getBrowser(thisMachine);
  const server = await preview({ preview: { port, strictPort: true }, logLevel: "error" });
  const browser = await chromium.launch({ executablePath, args: [...chromiumArgs] });
  const load = await firstLoad(browser);
  const frames: FrameResult[] = [];
  for (const one of cases) frames.push(await playCase(browser, one));
  await browser.close();
  await server.close();
  if (process.argv.includes("--json")) console.log(JSON.stringify({ firstLoad: load, frames }));
  else print(load, frames);
}

await main();
