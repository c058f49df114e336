/** What the open lesson is asked by the rest of the page. It is fetched with its first step. */
export interface InLesson {
  /** Whether it takes this upon itself: time does not go on before its question is answered. */
  takes(wish: "play" | "onward"): boolean;
  next(): void;
  back(): void;
  /** The step as it began. */
  again(): void;
  /** Why there is no way on, or back; null: there is one. */
  noNext(): string | null;
  noBack(): string | null;
}

let open: InLesson | null = null;

/** Null: no lesson is open, or it is on its way. */
export const inLesson = (): InLesson | null => open;
export const setInLesson = (lesson: InLesson | null): void => {
  open = lesson;
};
