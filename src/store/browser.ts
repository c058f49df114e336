import { firstAnswer } from "virtual:first-frame";
import type { Source } from "../worker/protocol/requests.ts";
import { beat } from "./beat.ts";
import { holdBehindDialogs } from "./held.ts";
import { notedOffer, noting } from "./noted.ts";
import { mendParts } from "./parts.ts";
import { isReturn } from "./reload.ts";
import { followSeen } from "./seen.ts";
import { browserStorage, claimTab, createAutosave } from "./session/autosave.ts";
import { spawnWorker } from "./spawn.ts";
import { lab, session } from "./use-lab.ts";

/** Milliseconds between two looks at what is not saved: where the run is now, and what storage refused before. */
const keepEvery = 1500;

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
      autosave: noting(createAutosave(browserStorage(claimTab()))),
      now: () => performance.now(),
      date: () => Date.now(),
    },
    linkedSource(),
    { returning: isReturn(), foreseen: firstAnswer, offer: notedOffer() },
  );
  mendParts();
  beat();
  holdBehindDialogs();
  followSeen();
  setInterval(() => void session.keep(), keepEvery);
  // The last events that a page is sure to get: a phone may end it while it is hidden, where no frames come and time stands.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) session.leave();
  });
  window.addEventListener("pagehide", session.leave);
  window.addEventListener("hashchange", () => {
    const source = linkedSource();
    if (source !== null) lab.open(source);
  });
}
