import type { Lesson } from "../lesson.ts";
import { electing } from "./electing.ts";

/** In the order of the path. */
export const lessons: readonly Lesson[] = [electing];
