import { create } from "zustand";
import type { Micros } from "../base/units.ts";
import type { Bookmark } from "../worker/protocol/run.ts";
import type { LabState } from "./lab.ts";
import { pageStorage } from "./page.ts";
import { followingSource, neighbourId, precedingSource, programmeOf } from "./playlist.ts";
import { lab, labState } from "./use-lab.ts";

/** What the reader chose for every story; null: what the run asks for. Remembered. */
interface Choices {
  /** What comes is not shown before time gets there. */
  readonly hide: boolean | null;
  /** Play stops at each step. */
  readonly stop: boolean | null;
  readonly guided: boolean | null;
}
const names = ["hide", "stop", "guided"] as const;

export const useStory = create<Choices>(() => ({ hide: null, stop: null, guided: null }));

const keyOf = (name: keyof Choices): string => `driftwood-${name}`;

function choose(name: keyof Choices, value: boolean): void {
  useStory.setState({ [name]: value });
  pageStorage.setItem(keyOf(name), String(value));
}

/** From before, at the start of the page. */
export function recallStory(): void {
  for (const name of names) {
    const kept = pageStorage.getItem(keyOf(name));
    if (kept !== null) useStory.setState({ [name]: kept === "true" });
  }
}

export const chooseHide = (hide: boolean): void => choose("hide", hide);
export const chooseStop = (stop: boolean): void => choose("stop", stop);
export function chooseGuided(guided: boolean): void {
  choose("guided", guided);
  lab.setGuided(guided);
}

type Run = Pick<LabState, "info" | "frame" | "seen">;

/** What comes is not to be shown: as the reader chose, or as the run asks. */
export const hidesWhatComes = ({ info }: Pick<LabState, "info">, { hide } = useStory.getState()): boolean =>
  hide ?? info?.view?.hide ?? false;

/** Play stops at the steps: as the reader chose, or where what comes is hidden. */
export const stopsAtSteps = (state: Pick<LabState, "info">): boolean =>
  useStory.getState().stop ?? hidesWhatComes(state);

/** Until when the run may be shown. */
export const shownUntil = (state: Run, choices = useStory.getState()): Micros =>
  hidesWhatComes(state, choices) ? state.seen : Number.POSITIVE_INFINITY;

/** Another one for each run that is opened, and the same where only its steps are changed. */
export const openedRun = ({ info }: Pick<LabState, "info">): unknown => info?.differs;

const noSteps: readonly Bookmark[] = [];
export const stepsOf = ({ info }: Pick<LabState, "info">): readonly Bookmark[] => info?.bookmarks ?? noSteps;

/** The nearest step after or before the moment that is shown. */
export function nearStep(state: Run, direction: 1 | -1): Bookmark | undefined {
  const at = state.frame?.position.at ?? 0;
  const steps = stepsOf(state);
  return direction > 0 ? steps.find((step) => step.at > at) : steps.findLast((step) => step.at < at);
}

/** Where a run stands in its story. */
export type StoryPlace =
  /** It has no steps. */
  | { readonly kind: "none" }
  | { readonly kind: "before" }
  /** Exactly at a step, of which every word holds. */
  | { readonly kind: "at"; readonly step: number }
  /** `after` microseconds later: the step's words may not hold any more. */
  | { readonly kind: "after"; readonly step: number; readonly after: Micros }
  /** Somebody acted: what the steps say need not come. */
  | { readonly kind: "left"; readonly step: number; readonly at: Micros };

/** `step` counts from 0, and is -1 before the first. */
export function storyPlace(state: Run): StoryPlace {
  const { frame } = state;
  const steps = stepsOf(state);
  if (frame === null || steps.length === 0) return { kind: "none" };
  const { at } = frame.position;
  const step = steps.findLastIndex((each) => each.at <= at);
  if (frame.strayed !== null && at >= frame.strayed) return { kind: "left", step, at: frame.strayed };
  if (step < 0) return { kind: "before" };
  const after = at - steps[step]!.at;
  return after === 0 ? { kind: "at", step } : { kind: "after", step, after };
}

/** Milliseconds of wall time in which Next plays to the next step. */
const playMillis = 3000;

/** Inside another page there is no other story to go to. */
export const isFramed = (): boolean => typeof window !== "undefined" && window.top !== window;

/** What Next does: play to a step, go back to the story that was left, open the next one, or nothing. */
export type NextMove =
  | { readonly kind: "step"; readonly at: Micros }
  | { readonly kind: "back"; readonly step: number }
  | { readonly kind: "story" }
  | { readonly kind: "none" };

export function nextMove(state: Run & Pick<LabState, "timeline">): NextMove {
  const steps = stepsOf(state);
  if (state.frame === null || steps.length === 0) return { kind: "none" };
  const next = nearStep(state, 1);
  const place = storyPlace(state);
  if (next !== undefined && place.kind === "left" && isElsewhere(state))
    return { kind: "back", step: Math.max(0, place.step) };
  if (next !== undefined) return { kind: "step", at: next.at };
  if (programmeOf(state) !== null) return { kind: neighbourId(state, 1) === null ? "none" : "story" };
  return isFramed() || state.info?.preset === "" ? { kind: "none" } : { kind: "story" };
}

/** The run as it was told is the first branch, and another one is shown. */
const isElsewhere = ({ timeline }: Pick<LabState, "timeline">): boolean =>
  timeline !== null && timeline.branches[0]?.id !== timeline.current;

export function noNext(_: unknown, state: LabState): string | null {
  if (state.frame === null) return "the engine is starting";
  if (stepsOf(state).length === 0) return "this run has no steps";
  if (nextMove(state).kind !== "none") return null;
  return programmeOf(state) === null ? "this is the last step" : "this is the last step of the last story";
}

/** Whether there is a step before this moment, or a story before this one in the list. */
export const canGoBack = (state: Run): boolean => nearStep(state, -1) !== undefined || neighbourId(state, -1) !== null;

/** To the step before; from the first one to the last step of the story before, where a list is told. */
export function goBack(state: LabState): void {
  if (nearStep(state, -1) === undefined) void openBeside(precedingSource, state);
  else goToStep(state, -1);
}

/** Plays there; asked again meanwhile, goes there at once. */
export function playToNextStep(state: LabState): void {
  const { until } = state;
  if (until !== null) return goTo(until);
  const move = nextMove(state);
  switch (move.kind) {
    case "step":
      return lab.playTo(move.at, playMillis);
    case "back":
      return backToStory(state, move.step);
    case "story":
      return void openBeside(followingSource, state);
    case "none":
      return;
  }
}

/** At once, exactly. */
export function goToStep(state: LabState, direction: 1 | -1): void {
  const target = nearStep(state, direction);
  if (target !== undefined) goTo(target.at);
}

function goTo(at: Micros): void {
  lab.pause();
  lab.seek(at);
}

async function openBeside(find: typeof followingSource, state: LabState): Promise<void> {
  const source = await find(state);
  // Meanwhile the reader may have gone elsewhere.
  if (source !== null && labState().info === state.info) lab.open(source);
}

/** To the step that was left, in the run as it was told. */
function backToStory(state: LabState, step: number): void {
  const told = state.timeline?.branches[0];
  if (told !== undefined) lab.switchBranch(told.id);
  goTo(stepsOf(state)[step]?.at ?? 0);
}
