import type { HardState } from "../types.ts";
import { rule } from "./rule.ts";

/** What must be on the disk, and what waits for it (Figure 2). */
export const diskRules = {
  durableState: rule(
    "Term and vote are on the disk",
    "Figure 2",
    "The current term and the vote are written with every change of them, and found again after a restart.",
    (state: HardState, _before: HardState): HardState => state,
  ),
  promisesWait: rule(
    "An answer waits for the disk",
    "Figure 2",
    "A vote and an acknowledgement leave only once what they promise is on stable storage.",
    (): boolean => true,
  ),
} as const;
