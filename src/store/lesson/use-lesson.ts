import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import { setInLesson } from "../in-lesson.ts";
import { page } from "../page.ts";
import { lab, labState, onLab, session, takeOver, useLab } from "../use-lab.ts";
import { type NextWay, nextWay, type Phase, phaseOf, type Standing } from "./course.ts";
import { guarded } from "./guard.ts";
import { createLesson, type Lesson, type LessonState, noLesson } from "./lesson.ts";
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
  return () => {
    giveBack();
    lesson?.stop();
    lesson = null;
    setInLesson(null);
  };
}

/** Where the learner stands, and what Next does; null: no step is open. */
export function useStanding(): { readonly phase: Phase; readonly next: NextWay } | null {
  const own = useLesson((state) => state);
  const at = useLab(({ frame }) => frame?.position.at ?? 0);
  const over = useLab(({ frame }) => frame?.violation != null || frame?.stopped != null);
  const watching = useLab(({ playing, until }) => playing && until !== null && until === own.view?.question?.by);
  const showing = useLab(({ playing, until }) => playing && until !== null && until === own.view?.goal);
  if (own.view === null) return null;
  const { view, ticks, answer, passed } = own;
  const standing: Standing = { view, ticks, answer, passed, at, over, watching, showing };
  return { phase: phaseOf(standing), next: nextWay(standing) };
}
