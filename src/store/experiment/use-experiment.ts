import { useStore } from "zustand";
import { type Results, readResults } from "../../experiment/results.ts";
import { engineVersion } from "../../scenario/version.ts";
import { pageUrl } from "../embed.ts";
import { page, usePage } from "../page.ts";
import { spawnExperimenter } from "../spawn.ts";
import { lab, labState, session, whenLab } from "../use-lab.ts";
import { createExperiment, type ExperimentState } from "./experiment.ts";

/** As many threads as there are cores, of which the page needs little; one on a phone. */
function threads(): number {
  const cores = navigator.hardwareConcurrency || 2;
  return matchMedia("(pointer: coarse)").matches ? 1 : Math.min(16, cores);
}

function inFrame(then: () => void, wait: number): () => void {
  let frame = 0;
  const timer = setTimeout(() => {
    frame = requestAnimationFrame(then);
  }, wait);
  return () => {
    clearTimeout(timer);
    cancelAnimationFrame(frame);
  };
}

/** The page's one experiment. */
const { store, commands } = createExperiment({
  spawn: spawnExperimenter,
  threads,
  now: () => performance.now(),
  inFrame,
});

export const experiment = commands;
export const useExperiment = <T>(selector: (state: ExperimentState) => T): T => useStore(store, selector);
export const experimentState = (): ExperimentState => store.getState();

/** The run that is looked at, as the run on the page, at the moment that was measured. The experiment is kept. */
export function openShown(): void {
  const { shown } = store.getState();
  if (shown === null) return;
  lab.open({ from: "file", text: shown.recording });
}

/** What came from the run on the page, or from a file, has been handed over: only the address lost it where it has not. */
let handed = false;

/** An address names what came from the run on the page, or from a file, and carries nothing of it. */
export function openHanded(name: "run" | "file"): void {
  if (handed) return;
  // A page that begins at such an address may have no run as yet.
  if (name === "run") whenLab(({ status }) => status !== "starting", again);
  else commands.miss("The page was loaded anew and does not have the file any more: open it once more");
}

function again(): void {
  if (usePage.getState().experiment === "run") void experimentOnRun(false);
}

/** What usually happens in a run such as the one on the page; `here`: what may come of its present moment. */
export async function experimentOnRun(here: boolean): Promise<void> {
  const at = here ? (labState().frame?.position.at ?? 0) : null;
  handed = true;
  const text = await session.share("file");
  if (text === null) {
    if (usePage.getState().experiment === "run") commands.miss("The run could not be read. Try again in a moment");
    return session.notify("The run could not be read. Try again in a moment.", "error");
  }
  page.openExperiment("run");
  await commands.open({ from: "run", text, at });
}

/** What an address says after "experiment=": a name, or "~" and a payload. */
export async function openExperimentNamed(name: string): Promise<void> {
  await commands.open(name.startsWith("~") ? { from: "link", payload: name.slice(1) } : { from: "ready", id: name });
}

/** The link that repeats it. */
export const experimentLink = ({ payload }: { readonly payload: string }): string =>
  `${pageUrl()}#experiment=~${payload}`;

/** The experiment in a file, with what came of it where the file tells. */
export async function openExperimentText(text: string): Promise<void> {
  const results = resultsIn(text);
  handed = true;
  page.openExperiment("file");
  await commands.open({ from: "text", text: results === null ? text : JSON.stringify(results.experiment) });
  if (results === null || experimentState().problem !== null) return;
  if (results.engine === engineVersion) commands.fill(results.outcomes);
  else
    session.notify(
      `These results are of engine version ${results.engine}, and this is ${engineVersion}: run it again.`,
    );
}

function resultsIn(text: string): Results | null {
  try {
    return readResults(JSON.parse(text));
  } catch {
    return null;
  }
}
