import type { Page } from "playwright";
import { round } from "./figures.ts";

/** Milliseconds on the processor that the page's main thread needs per second of wall time. */
export interface Share {
  readonly totalMs: number;
  readonly scriptMs: number;
  readonly styleMs: number;
  readonly layoutMs: number;
}

/** Counts what the main thread runs until the function that it returns is called. */
export async function countMainThread(page: Page): Promise<() => Promise<Share>> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const read = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return { at: performance.now(), values: new Map(metrics.map(({ name, value }) => [name, value])) };
  };
  const before = await read();
  return async () => {
    const after = await read();
    await session.detach();
    const perSecond = (name: string) => {
      const spent = (after.values.get(name) ?? Number.NaN) - (before.values.get(name) ?? Number.NaN);
      return round((spent * 1e6) / (after.at - before.at));
    };
    return {
      totalMs: perSecond("TaskDuration"),
      scriptMs: perSecond("ScriptDuration"),
      styleMs: perSecond("RecalcStyleDuration"),
      layoutMs: perSecond("LayoutDuration"),
    };
  };
}
