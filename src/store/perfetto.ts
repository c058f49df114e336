import type { ExportAsk } from "../worker/protocol/export.ts";
import { labState, session } from "./use-lab.ts";

/** What draws traces. It is no part of this page, and belongs to Google. */
const perfettoUrl = "https://ui.perfetto.dev";
const betweenPingsMillis = 50;
const pingsMost = 1200;

/** A page that was opened from a disk has no origin that the other one would answer. */
export const perfettoIsReachable = (): boolean => location.protocol !== "file:";

export type Opened = "opened" | "blocked" | "unanswered" | "no trace";

/**
 * Opens Perfetto in a tab of its own and hands the trace to it (its deep link: it answers PING with PONG once it is
 * ready, and takes a buffer then). The tab is opened at once, since browsers allow it only while the press is handled.
 * `onCut`: what had to be left out.
 */
export async function openInPerfetto(ask: Omit<ExportAsk, "as">, onCut: (cut: string) => void): Promise<Opened> {
  const tab = window.open(perfettoUrl, "_blank");
  if (tab === null) return "blocked";
  const made = await session.export({ ...ask, as: "perfetto" });
  if (made === null) {
    tab.close();
    return "no trace";
  }
  onCut(made.cut);
  if (!(await answers(tab))) return "unanswered";
  const { buffer } = new TextEncoder().encode(made.text);
  const title = labState().info?.title || "Driftwood";
  tab.postMessage({ perfetto: { buffer, title, fileName: made.name } }, perfettoUrl, [buffer]);
  return "opened";
}

/** False: it was closed, or does not answer within a minute. */
function answers(tab: Window): Promise<boolean> {
  return new Promise((resolve) => {
    let pings = 0;
    const end = (answered: boolean): void => {
      clearInterval(timer);
      window.removeEventListener("message", hear);
      resolve(answered);
    };
    const hear = ({ origin, data }: MessageEvent): void => {
      if (origin === perfettoUrl && data === "PONG") end(true);
    };
    const timer = setInterval(() => {
      pings += 1;
      if (tab.closed || pings > pingsMost) end(false);
      else tab.postMessage("PING", perfettoUrl);
    }, betweenPingsMillis);
    window.addEventListener("message", hear);
  });
}
