import type { LabState } from "./lab.ts";
import { usePage } from "./page.ts";
import { useLab } from "./use-lab.ts";

/** A lesson's question waits for the run's answer: nothing on the page says beforehand what that will be. */
export function useOpenQuestion(): boolean {
  const told = usePage((state) => state.told);
  return useLab(asksFirst) && !told;
}

/** The same, where something is said of a state. */
export const isQuestionOpen = (state: LabState): boolean => asksFirst(state) && !usePage.getState().told;

const asksFirst = ({ info }: LabState): boolean => info?.lesson?.question != null && info.lesson.counter === null;

/** How far what is said of logs may look (`view/kit/log/sentence.ts`). */
export function useReach(): "fate" | "needs" | "now" {
  const asked = useOpenQuestion();
  const broken = useLab(({ info }) => (info?.bugs.length ?? 0) > 0);
  if (asked) return "now";
  return broken ? "needs" : "fate";
}
