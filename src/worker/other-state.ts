import type { History } from "../history/history.ts";
import type { RecordedView } from "../scenario/recording.ts";
import { engineVersion } from "../scenario/version.ts";

/** Where the moment that is shown is not the one that its author saw, in words; null: it is. */
export function otherMoment(history: History, view: RecordedView | null): string | null {
  if (view?.seen === undefined || history.hash().startsWith(view.seen.hash)) return null;
  return otherState("This moment has", view.seen.engine);
}

/** `here`: "This run ends in", which another state follows. */
export function otherState(here: string, engine: number): string {
  const told = `${here} another state here than its author saw.`;
  // Another version may count the same state differently: then nobody can tell.
  return engine === engineVersion
    ? `${told} The run was changed after it was made.`
    : `This run was made by engine version ${engine}, this is ${engineVersion}. ${told}`;
}
