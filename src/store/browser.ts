import { firstAnswer } from "virtual:first-frame";
import { type AddressBar, createAddress } from "./address.ts";
import { beat } from "./beat.ts";
import { recallDeeds } from "./deeds.ts";
import { type Embed, embed } from "./embed.ts";
import { beneathExperiments, followExperiments, leaveExperiment } from "./experiment-address.ts";
import { holdBehindDialogs } from "./held.ts";
import { notedOffer, noting } from "./noted.ts";
import { afterFirstFrame, mendParts } from "./parts.ts";
import { atNotedMoment, isAddressBehind, isLoadedAgain, isReturn, noteMoment, notingAddress } from "./reload.ts";
import { followSeen } from "./seen.ts";
import { browserStorage, claimTab, createAutosave } from "./session/autosave.ts";
import { firstPreset } from "./session/opening.ts";
import { spawnWorker } from "./spawn.ts";
import { recallStory, useStory } from "./story.ts";
import { lab, labState, onLab, session } from "./use-lab.ts";

/** Milliseconds between two looks at what is not saved: where the run is now, and what storage refused before. */
const keepEvery = 1500;

/** Writing here makes no `hashchange`. Without a fragment the address ends before "#". */
const tab: AddressBar = {
  read: () => location.hash.slice(1),
  replace: (fragment) => history.replaceState(null, "", withFragment(fragment)),
  push: (fragment) => history.pushState(null, "", withFragment(fragment)),
};
const bar = beneathExperiments(tab);
const withFragment = (fragment: string): string =>
  `${location.pathname}${location.search}${fragment === "" ? "" : `#${fragment}`}`;

/** Connects the session to this browser: worker, storage, animation frames, address and tab. Call once. */
export function startLab(): void {
  const { address: told } = session;
  const run = { state: labState, listen: onLab, address: told, open: lab.open, first: firstPreset };
  const address = createAddress(bar, run);
  recallStory();
  const asked = address.begin();
  recallDeeds(asked !== null);
  session.begin(
    {
      spawn: spawnWorker,
      autosave: notingAddress(
        noting(atNotedMoment(createAutosave(browserStorage(claimTab(isLoadedAgain()))))),
        bar.read,
      ),
      now: () => performance.now(),
      guided: () => useStory.getState().guided,
      date: () => Date.now(),
      leaving() {
        leaveExperiment();
        address.leaving();
      },
      opened: address.opened,
    },
    asked,
    {
      returning: isReturn() || isAddressBehind(bar.read()),
      again: isLoadedAgain(),
      foreseen: firstAnswer,
      offer: notedOffer(),
    },
  );
  if (embed !== null) meetHost(embed);
  mendParts();
  beat();
  holdBehindDialogs();
  followSeen();
  setInterval(() => void session.keep(), keepEvery);
  // The last events that a page is sure to get: a phone may end it while it is hidden, where no frames come and time stands.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) leave();
  });
  window.addEventListener("pagehide", leave);
  followExperiments(tab, address.changed);
}

function leave(): void {
  noteMoment();
  session.leave();
}

/** Somebody else's page holds this one. */
function meetHost(frame: Embed): void {
  const load = () => import("./embedding.ts");
  afterFirstFrame("way to the page around this one", load, (part) => part.serveHost(frame, () => performance.now()));
}
