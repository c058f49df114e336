import { firstLoadBar } from "../../src/build/first-load.ts";
import { type DiagramResult, printDiagram } from "./diagram.ts";
import { type ExperimentResult, printExperiments } from "./experiment.ts";
import { type FirstLoad, kinds, loads } from "./first-load.ts";
import type { PhoneResult } from "./phone.ts";
import type { PlayResult } from "./play.ts";
import type { Share } from "./share.ts";

/** What one run of the bench found; a part that was not asked for is null. */
export interface Report {
  readonly firstLoad: FirstLoad | null;
  /** This page first, then the one beside it. */
  readonly phone: readonly PhoneResult[] | null;
  readonly play: readonly PlayResult[] | null;
  readonly diagram: DiagramResult | null;
  readonly experiments: readonly ExperimentResult[] | null;
  readonly besideMainThread: Share | null;
}

/** `against`: another run's, for the ratios. */
export function print(report: Report, against: Report | null): void {
  const { firstLoad, phone, play, diagram, experiments, besideMainThread } = report;
  if (firstLoad !== null) printLoad(firstLoad, against?.firstLoad ?? null);
  if (phone !== null) printPhone(phone, against?.phone ?? null);
  if (play !== null) printPlay(play, besideMainThread, against?.play ?? null);
  if (diagram !== null) printDiagram(diagram);
  if (experiments !== null) printExperiments(experiments);
}

/** " (0.73 × the other run)", or nothing. */
const times = (now: number, other: number | undefined): string =>
  other === undefined ? "" : ` (${ratio(now, other)} × the other run)`;
const ratio = (now: number, other: number): string => (now / other).toFixed(2);

function printLoad(load: FirstLoad, other: FirstLoad | null): void {
  const kB = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`.padStart(10);
  const line = (name: string, bytes: number, words: string) => console.log(`  ${name.padEnd(8)} ${kB(bytes)}${words}`);
  console.log("\nFirst load, gzipped, until interactive");
  for (const kind of kinds) line(kind, load.bytes[kind], times(load.bytes[kind], other?.bytes[kind]));
  const { total } = load.bytes;
  const verdict = total <= firstLoadBar ? "within" : "OVER";
  line("total", total, `  ${verdict} the bar of ${kB(firstLoadBar).trim()}${times(total, other?.bytes.total)}`);
  line("answered", load.answeredBytes, "  in all, when the engine has answered and time can pass");
  line("fonts", load.fontBytes, "  nothing waits for them");
  line("later", load.laterBytes, "  panels and menus, fetched when the first frame is there");
  const { interactiveMsP50, interactiveMsMax } = load;
  console.log(
    `Time to interactive: ${interactiveMsP50} ms (median of ${loads})${times(interactiveMsP50, other?.interactiveMsP50)}, ${interactiveMsMax} ms at most; to the engine's answer: ${load.answeredMsP50} ms`,
  );
}

function printPhone(pages: readonly PhoneResult[], others: readonly PhoneResult[] | null): void {
  console.log(
    "\nOn a slow phone (1.6 Mbit/s, 150 ms, a quarter of this machine's speed, 390 × 844) until a cluster is seen",
  );
  const [first] = pages;
  for (const { name, seenMsP50, seenMsMax } of pages) {
    const other = others?.find((one) => one.name === name);
    const beside = name === first!.name ? "" : `; ${first!.name} takes ${ratio(first!.seenMsP50, seenMsP50)} × as long`;
    console.log(
      `  ${name}: ${seenMsP50} ms (median), ${seenMsMax} ms at most${times(seenMsP50, other?.seenMsP50)}${beside}`,
    );
  }
}

function printPlay(cases: readonly PlayResult[], beside: Share | null, others: readonly PlayResult[] | null): void {
  console.log("\nMain thread, milliseconds on the processor per second of play");
  console.table(Object.fromEntries(cases.map((one) => [one.name, shareRow(one, beside, others)])));
  if (beside !== null) console.log(`The page beside it, as it opens: ${beside.totalMs} ms`);
  console.log("\nMain thread per animation frame while playing, milliseconds: on the processor, and by the clock");
  console.table(Object.fromEntries(cases.map((one) => [one.name, frameRow(one)])));
}

function shareRow({ name, mainThread }: PlayResult, beside: Share | null, others: readonly PlayResult[] | null) {
  const { totalMs, scriptMs, styleMs, layoutMs } = mainThread;
  const other = others?.find((one) => one.name === name);
  return {
    total: totalMs,
    script: scriptMs,
    style: styleMs,
    layout: layoutMs,
    ...(beside !== null && { "× beside": ratio(totalMs, beside.totalMs) }),
    ...(other !== undefined && { "× other run": ratio(totalMs, other.mainThread.totalMs) }),
  };
}

const frameRow = (f: PlayResult) => ({
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
});
