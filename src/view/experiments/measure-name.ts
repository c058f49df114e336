import type { figuresOf } from "../../experiment/words.ts";

/** The measures that there are, by their names in a file. */
export type MeasureName = Parameters<typeof figuresOf>[1]["what"];
