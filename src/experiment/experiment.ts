import type { Micros } from "../base/units.ts";
import type { Condition } from "../scenario/condition/condition.ts";
import type { Recording } from "../scenario/recording.ts";
import type { Act } from "../world/acts.ts";
import type { Measure } from "./measures/index.ts";

/** What is varied: a field of the file, and the values that it takes. */
export interface Factor {
  /** "election timeout" */
  readonly title: string;
  /** A field of the file, "run.options.preVote" or "happens[0].writeMs". */
  readonly set: string;
  readonly to: readonly unknown[];
  /** What the values are called. */
  readonly labels: readonly string[];
}
/**
 * Whom a deed is done to: a server that is only known when its time comes. The leader is who leads as the condition
 * `leader` has it, paused or not; of several the one with the highest term. A follower is another that is not down.
 */
export type Whom = "leader" | "follower";
/** Something that is done in every run once a condition holds, and some time after that. */
export interface Deed {
  /** null: at once. */
  readonly once: { readonly text: string; readonly condition: Condition } | null;
  /** Drawn by the run's seed, each moment alike. */
  readonly wait: readonly [least: Micros, most: Micros];
  /** null: there is only the wait. */
  readonly act: Act | null;
  /** It takes the place of the act's server, or servers; of followers that run, the one with the lowest number. */
  readonly whom: Whom | null;
  /** As the file has it. */
  readonly json: Readonly<Record<string, unknown>>;
}
/**
 * The same run many times, each with another seed. A run is measured from its last deed on (without deeds from its
 * start, or from `from`), and given up after a time.
 */
export interface Experiment {
  readonly title: string;
  /** What is asked, in a sentence or two. */
  readonly notes: string;
  /** Where the question comes from: "§9.3, Figure 16"; "" if nobody else has asked it. */
  readonly source: string;
  /** A recording as files have it. */
  readonly run: Readonly<Record<string, unknown>>;
  /** At most two: with two every value of the first meets every value of the second. */
  readonly vary: readonly Factor[];
  readonly deeds: readonly Deed[];
  readonly measure: Measure;
  /** Of each setting, with the seeds `firstSeed` and those that follow. */
  readonly runs: number;
  readonly firstSeed: number;
  readonly giveUp: Micros;
  /** Up to here all runs are the same one; from here on each has its own seed. null: from the start. */
  readonly from: Micros | null;
}
/** One value of each factor. */
export interface Setting {
  /** The place of its value in each factor. */
  readonly values: readonly number[];
  /** "150–300 ms", with two factors "3 servers, 1 %"; "" where nothing varies. */
  readonly label: string;
  readonly recording: Recording;
  readonly deeds: readonly Deed[];
  readonly giveUp: Micros;
  readonly from: Micros | null;
}
/** What came of one run. */
export interface Outcome {
  /** The place among the settings. */
  readonly setting: number;
  readonly seed: number;
  /** In the unit of the measure; null: it was given up before there was one. */
  readonly value: number | null;
  /** When it was known, or given up. */
  readonly at: Micros;
  /** From when it was measured. */
  readonly begun: Micros;
  /** So many terms began while it was measured. */
  readonly terms: number;
  /** The property that broke, or (`stopped`) which limit of the engine ended the run. */
  readonly broke: string | null;
}
/** How `broke` begins where no property did. */
export const stopped = "stopped, ";
