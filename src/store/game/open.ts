import { page } from "../page.ts";
import { lab, labState } from "../use-lab.ts";

let before = "first-election";

/** Opens a run of the game; round 0: every rule is on. The scenario that is left for it is what comes back when it is left. */
export function openGame(round: number, as: "play" | "shortest" = "play"): void {
  const { info } = labState();
  if (info?.game === undefined && info?.preset) before = info.preset;
  page.callStory();
  lab.open({ from: "game", round, as });
}

export const leaveGame = (): void => lab.open({ from: "preset", id: before });
