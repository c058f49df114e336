import { create } from "zustand";
import type { LabState } from "./lab.ts";
import { page } from "./page.ts";
import { canGoBack, goBack, nextMove, playToNextStep, stepsOf, storyPlace } from "./story.ts";
import { lab, labState, session } from "./use-lab.ts";

/** For a room: the picture large, one sentence, and what comes is asked before it is shown. */
interface Presenter {
  /** "What happens next?" stands there; the next press reveals it. */
  readonly asked: boolean;
  /** Nothing moves and no key does anything, until it is thawed. */
  readonly frozen: boolean;
  /** The code of the link to this moment. */
  readonly card: "none" | "small" | "large";
  /** Milliseconds since 1970 when it began. */
  readonly since: number;
}
const fresh: Presenter = { asked: false, frozen: false, card: "none", since: 0 };

export const usePresenter = create<Presenter>(() => fresh);

/** Gives time back; null: nobody holds it. */
let letGo: (() => void) | null = null;

export const presenter = {
  /** Once the page is shown so; the other way round for `end`. */
  begin(): void {
    lab.pause();
    usePresenter.setState({ ...fresh, since: Date.now() });
  },
  end(): void {
    presenter.thaw();
    page.present(false);
  },
  /** A press of the remote: asks, then reveals; while it plays there, goes there at once. */
  next(): void {
    const state = labState();
    const { asked } = usePresenter.getState();
    const asks = !asked && state.until === null && nextMove(state).kind === "step";
    usePresenter.setState({ asked: asks });
    if (asks) lab.pause();
    else playToNextStep(state);
  },
  /** Takes the question back, else goes to the step before. */
  back(): void {
    const { asked } = usePresenter.getState();
    usePresenter.setState({ asked: false });
    if (!asked && canGoBack(labState())) goBack(labState());
  },
  /** To a step, counted from 1. */
  jump(step: number): void {
    const at = stepsOf(labState())[step - 1]?.at;
    if (at === undefined) return;
    usePresenter.setState({ asked: false });
    lab.pause();
    lab.seek(at);
  },
  turnCard(): void {
    const next = { none: "small", small: "large", large: "none" } as const;
    usePresenter.setState(({ card }) => ({ card: next[card] }));
  },
  freeze(): void {
    letGo ??= session.holdTime();
    usePresenter.setState({ frozen: true });
  },
  thaw(): void {
    letGo?.();
    letGo = null;
    usePresenter.setState({ frozen: false });
  },
};

/** What the notes of who speaks need to know, and nothing else: another window draws it. */
export interface Notes {
  readonly title: string;
  /** Counted from 1; 0: before the first, or there are none. */
  readonly step: number;
  readonly steps: number;
  /** Of the step that was reached; "" where there is none. */
  readonly said: string;
  /** What the next reveal says; "": it was the last. */
  readonly next: string;
  readonly asked: boolean;
  readonly since: number;
}

export function notesOf(state: LabState, { asked, since }: Pick<Presenter, "asked" | "since">): Notes {
  const steps = stepsOf(state);
  const place = storyPlace(state);
  const step = "step" in place ? place.step : -1;
  return {
    ...{ title: state.info?.title ?? "", step: step + 1, steps: steps.length, asked, since },
    said: steps[step]?.label ?? "",
    next: steps[step + 1]?.label ?? "",
  };
}
