/**
 * A step of a lesson has a name, as scenarios have: `lesson=split-votes&step=3`; with `&if=B` it is what would follow if
 * that answer were right. Addresses and files carry it.
 */
export interface LessonName {
  readonly id: string;
  /** Counts from 1. */
  readonly step: number;
  /** "A" … "D", null: the step itself. */
  readonly counter: string | null;
}

/** As a part of a regular expression: what stands where a name would, right or wrong. */
export const lessonPattern = "lesson=[^&@/]{1,64}(?:&step=[^&@/]{0,8})?(?:&if=[^&@/]{0,8})?";
const parts = /^lesson=([a-z][a-z0-9-]{0,63})(?:&step=([0-9]{1,2}))?(?:&if=([A-D]))?$/;

/** Null: it is no step's. Without a step it is the first one's. */
export function readLessonName(name: string): LessonName | null {
  const [, id, step = "1", counter = null] = parts.exec(name) ?? [];
  return id === undefined ? null : { id, step: Number(step), counter };
}

export const lessonName = ({ id, step, counter }: LessonName): string =>
  `lesson=${id}&step=${step}${counter === null ? "" : `&if=${counter}`}`;
