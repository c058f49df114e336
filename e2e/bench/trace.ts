import type { Browser } from "playwright";

/** What of Chromium's trace is looked at; times are microseconds. */
interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  /** Time on the processor: what other programs did meanwhile does not count. */
  readonly tdur?: number;
}

/** Main-thread milliseconds per animation frame, one of each per frame. */
export interface FrameCosts {
  readonly cpuMs: readonly number[];
  readonly wallMs: readonly number[];
  /** Wall time that was watched. */
  readonly seconds: number;
}

const categories = ["toplevel", "devtools.timeline"];

/**
 * Records Chromium's own trace for a while. A frame's cost is everything that the page's main thread ran from the
 * beginning of one animation frame to the beginning of the next: scripts, React, style, layout, painting, messages of
 * the worker, garbage collection.
 */
export async function frameCosts(browser: Browser, seconds: number): Promise<FrameCosts> {
  const session = await browser.newBrowserCDPSession();
  const events: TraceEvent[] = [];
  session.on("Tracing.dataCollected", ({ value }) => {
    for (const event of value) events.push(event as unknown as TraceEvent);
  });
  const complete = new Promise<void>((resolve) => session.once("Tracing.tracingComplete", () => resolve()));
  await session.send("Tracing.start", {
    traceConfig: { includedCategories: categories, excludedCategories: ["*"] },
    transferMode: "ReportEvents",
  });
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  await session.send("Tracing.end");
  await complete;
  await session.detach();
  return costsIn(events, seconds);
}

function costsIn(events: readonly TraceEvent[], seconds: number): FrameCosts {
  const begins = events.filter(({ name, ph }) => name === "AnimationFrame" && ph === "b");
  // A page that stands still draws no frame.
  if (begins.length === 0) return { cpuMs: [], wallMs: [], seconds };
  const { pid, tid } = busiest(begins);
  const starts = begins.filter((event) => event.pid === pid).map(({ ts }) => ts);
  starts.sort((a, b) => a - b);
  const tasks = outermost(
    events.filter((e) => e.pid === pid && e.tid === tid && e.ph === "X" && e.name.endsWith("RunTask")),
  );
  const cpuMs = starts.slice(1).map(() => 0);
  const wallMs = starts.slice(1).map(() => 0);
  let frame = -1;
  for (const { ts, dur = 0, tdur = 0 } of tasks) {
    // The task in which a frame begins belongs to it.
    while (starts[frame + 1] !== undefined && starts[frame + 1]! <= ts + dur) frame++;
    if (frame < 0 || frame >= cpuMs.length) continue;
    cpuMs[frame]! += tdur / 1000;
    wallMs[frame]! += dur / 1000;
  }
  return { cpuMs, wallMs, seconds };
}

/** The thread on which the page's frames begin. */
function busiest(begins: readonly TraceEvent[]): { readonly pid: number; readonly tid: number } {
  const counts = new Map<number, number>();
  for (const { pid } of begins) counts.set(pid, (counts.get(pid) ?? 0) + 1);
  const [pid] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [];
  const first = begins.find((event) => event.pid === pid);
  if (first === undefined) throw new Error("The trace has no animation frames");
  return first;
}

/** In order of time, without tasks that ran inside another one. */
function outermost(tasks: readonly TraceEvent[]): readonly TraceEvent[] {
  let end = 0;
  return [...tasks]
    .sort((a, b) => a.ts - b.ts)
    .filter(({ ts, dur = 0 }) => {
      if (ts < end) return false;
      end = ts + dur;
      return true;
    });
}
