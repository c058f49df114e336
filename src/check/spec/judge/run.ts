import type { Micros } from "../../../base/units.ts";
import type { Action as Done } from "../../../world/acts.ts";
import type { Setup } from "../../../world/state/setup.ts";
import { Runner } from "../../runner.ts";
import { Judge } from "./judge.ts";

/** Plays a recording before the judge, up to `end` or to where it is refused. `keeps`: every state is kept. */
export function judgeRun(setup: Setup, actions: readonly Done[], end: Micros, keeps = false): Judge {
  const judge = new Judge(setup, keeps);
  if (judge.over) return judge;
  const runner = Runner.start(setup, judge.ears);
  runner.replay(actions.filter(({ at }) => at <= end));
  runner.runTo(end);
  judge.conclude();
  return judge;
}
