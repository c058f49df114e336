import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import { setInLesson } from "../in-lesson.ts";
import type { LabState } from "../lab.ts";
import { page } from "../page.ts";
import { lab, labState, onLab, session, takeOver, useLab } from "../use-lab.ts";
import { type NextWay, nextWay, type Phase, phaseOf } from "./course.ts";
import { guarded } from "./guard.ts";
import { createLesson, type Lesson, type LessonState, noLesson, standingOf } from "./lesson.ts";
import { noteProgress, recallProgress, useProgress } from "./progress.ts";

const store = createStore<LessonState>(() => noLesson);
let lesson: Lesson | null = null;

/** A part of what is known of the open step. */
export function useLesson<T>(select: (state: LessonState) => T): T {
  return useStore(store, select);
}

/** The open lesson's commands; nothing happens where none is open. */
export const theLesson = (): Lesson | null => lesson;

/** Follows lessons from now on. Returns what ends it. */
export function followLesson(): () => void {
  recallProgress();
  lesson = createLesson({
    store,
    state: labState,
    listen: onLab,
    lab,
    ticks: () => session.ticks({}),
    save: () => session.share("save"),
    progress: useProgress.getState,
    note: noteProgress,
    openList: () => page.openDialog("learn"),
    showQuestion: page.callStory,
  });
  const { takes } = lesson;
  const giveBack = takeOver((commands) => guarded(commands, labState, takes));
  setInLesson(lesson);
  const untell = store.subscribe(({ revealed }) => page.tell(revealed));
  return () => {
    giveBack();
    untell();
    lesson?.stop();
    lesson = null;
    setInLesson(null);
  };
}

/** Where the learner stands, and what Next does; null: no step is open. Renders again only where that changes. */
export function useStanding(): { readonly phase: Phase; readonly next: NextWay } | null {
  const own = useLesson((state) => state);
  const at = (state: LabState) => {
    const standing = standingOf(own, state);
    return standing && { phase: phaseOf(standing), next: nextWay(standing) };
  };
  useLab((state) => JSON.stringify(at(state)));
  return at(labState());
}
