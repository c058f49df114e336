import type { Frame } from "../worker/protocol/frame.ts";
import { keysAreHeld } from "./keyboard.ts";
import type { LabState } from "./lab.ts";
import { waiting } from "./paced.ts";
import { fetching } from "./parts.ts";
import { labState, panelsRest, session } from "./use-lab.ts";

declare global {
  interface Window {
    /**
     * Resolves when nothing that the user asked for is under way, what comes after the first frame is there, every panel
     * shows the newest state, and React has painted the outcome. While the run plays, its own advances are not waited for.
     */
    driftwoodIdle(): Promise<void>;
    /** For tests: the frame and the state that are on the page, and a way to kill the worker. */
    driftwoodTest: {
      frame(): Frame | null;
      state(): LabState;
      break(how: "throw" | "hang"): void;
    };
  }
}

const painted = () => new Promise<void>((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

/** While the run plays its panels are never up to date for long, and nobody waits for that. */
const shown = (): boolean => labState().playing || (panelsRest() && waiting.size === 0);

function settled(): boolean {
  const { status } = labState();
  return shown() && !session.busy() && !fetching() && !keysAreHeld() && status !== "starting" && status !== "restoring";
}

/** No frame is asked for meanwhile: a page that only waits for its worker has nothing to paint, and costs nothing. */
const aMoment = () => new Promise<void>((resolve) => setTimeout(resolve, 10));

async function idle(): Promise<void> {
  await painted();
  while (!settled()) await aMoment();
  // What arrived in between is painted too.
  await painted();
  if (!settled()) return idle();
}

/** Hooks for tests in a browser; they read, and break the worker, and do nothing else. */
export function installTestHooks(): void {
  window.driftwoodIdle = idle;
  window.driftwoodTest = { frame: () => labState().frame, state: labState, break: session.breakWorker };
}
