import type { AddressBar } from "./address.ts";
import { usePage } from "./page.ts";

/**
 * The address while an experiment is on the page: `experiment=figure-16`, or `experiment=~PAYLOAD`. The run beneath keeps an
 * address of its own, to which Back leads; what is written of it meanwhile is only remembered.
 */
const mark = "experiment=";
const named = (fragment: string): string | null => (fragment.startsWith(mark) ? fragment.slice(mark.length) : null);

/** `bar` as the run sees it. */
export function beneathExperiments(bar: AddressBar): AddressBar {
  const isOpen = (): boolean => named(bar.read()) !== null;
  return {
    read: () => (isOpen() ? beneath : bar.read()),
    replace(fragment) {
      beneath = fragment;
      if (!isOpen()) bar.replace(fragment);
    },
    push(fragment) {
      beneath = fragment;
      if (left) bar.replace(fragment);
      else bar.push(fragment);
      left = false;
    },
  };
}
/** The run's own fragment, as far as it is known. */
let beneath = "";
/** The entry of the tab's history is one that was made here. */
let pushed = false;
/** The tab has an entry behind the experiment's, which the next run is to have. */
let left = false;
let leaving = false;

/** Another run is going to be opened: it comes in the place of the experiment, to which Back leads then. */
export function leaveExperiment(): void {
  leaving = true;
  usePage.setState({ experiment: null });
  leaving = false;
}

/** Keeps page and address the same, whichever changes first; `changed` hears of all that is no experiment. Call once. */
export function followExperiments(bar: AddressBar, changed: () => void): void {
  const open = (): void => {
    const name = named(bar.read());
    if (name !== usePage.getState().experiment) usePage.setState({ experiment: name });
    if (name === null) changed();
  };
  window.addEventListener("hashchange", open);
  usePage.subscribe(({ experiment }, before) => {
    const shown = named(bar.read());
    if (experiment === before.experiment || experiment === shown) return;
    if (experiment === null && leaving) {
      bar.push(beneath);
      [pushed, left] = [false, true];
    } else if (experiment === null) {
      if (pushed) history.back();
      else bar.replace(beneath);
      pushed = false;
    } else if (before.experiment === null) {
      beneath = bar.read();
      bar.push(`${mark}${experiment}`);
      pushed = true;
    } else bar.replace(`${mark}${experiment}`);
  });
  const asked = named(bar.read());
  if (asked !== null) usePage.setState({ experiment: asked });
}
