import { Shrink } from "../search/shrink.ts";
import { type Outcome, runSchedule } from "./schedule.ts";

/** Trials: a schedule of eight seconds takes tens of milliseconds. */
const trialsMost = 400;

/** A schedule that went wrong, with as few faults as still make the same property fall. */
export function reduced(failed: Outcome): Outcome {
  let last = failed;
  const shrink = new Shrink(failed.faults, (faults) => {
    const outcome = runSchedule(failed.setup, failed.seed, faults);
    if (outcome.problem?.property !== failed.problem?.property) return null;
    last = outcome;
    return outcome.faults;
  });
  shrink.advance(trialsMost);
  return last;
}
