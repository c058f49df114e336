import { lab, labState } from "../use-lab.ts";

let before = "first-election";

/** Opens a step, counted from 1; the scenario that is left for it is what comes back when the lesson is left. */
export function openLesson(id: string, step = 1): void {
  const { info } = labState();
  if (info?.lesson === undefined && info?.preset) before = info.preset;
  lab.open({ from: "lesson", id, step });
}

export const leaveLesson = (): void => lab.open({ from: "preset", id: before });
