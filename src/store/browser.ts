import type { Source } from "../worker/protocol/requests.ts";
import { browserStorage, claimTab, createAutosave } from "./session/autosave.ts";
import { spawnWorker } from "./spawn.ts";
import { lab, session } from "./use-lab.ts";

const keepEvery = 2000;

/** The run that the address asks for, if it asks for one. */
function linkedSource(): Source | null {
  const fragment = location.hash.slice(1);
  return fragment === "" ? null : { from: "link", fragment };
}

/** Connects the session to this browser: worker, storage, animation frames, address and tab. Call once. */
export function startLab(): void {
  session.begin(
    {
      spawn: spawnWorker,
      autosave: createAutosave(browserStorage(claimTab())),
      now: () => performance.now(),
      date: () => Date.now(),
    },
    linkedSource(),
  );
  const frame = (now: number) => {
    session.tick(now);
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  setInterval(() => void session.keep(), keepEvery);
  // The last event that a phone is sure to deliver before it ends the page. No frames come while hidden: time stands.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) void session.keep();
  });
  window.addEventListener("hashchange", () => {
    const source = linkedSource();
    if (source !== null) lab.open(source);
  });
}
