import { Shrink } from "../search/shrink.ts";
import { type Outcome, runSchedule } from "./schedule.ts";

/** Trials: a schedule of eight seconds takes tens of milliseconds. */
const trialsMost = 400;

/** A schedule that went wrong, with as few acts as still make the same property fall. */
export function reduced(failed: Outcome): Outcome {
  let last = failed;
  const shrink = new Shrink(failed.troubles, (acts) => {
    const outcome = runSchedule(failed.setup, failed.seed, { acts });
    if (outcome.problem?.property !== failed.problem?.property) return null;
    last = outcome;
    return outcome.troubles;
  });
  shrink.advance(trialsMost);
  return last;
}
