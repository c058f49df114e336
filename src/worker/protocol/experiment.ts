import type { Micros, ServerId, Term } from "../../base/units.ts";
import type { Row } from "../../experiment/results.ts";
import type { Role } from "../../raft/types.ts";
import type { InputProblem } from "./requests.ts";

/** What crosses the line to a thread of experiments. It does one thing after the other, in the order of asking. */

export type ExperimentSource =
  /** One that is ready, by its name. */
  | { readonly from: "ready"; readonly id: string }
  /** A file, or what was edited. */
  | { readonly from: "text"; readonly text: string }
  /** What a link carries. */
  | { readonly from: "link"; readonly payload: string }
  /** A run as a file; `at`: what may come of that moment, else what usually happens in such a run. */
  | { readonly from: "run"; readonly text: string; readonly at: Micros | null };

/** An experiment as the page shows it. */
export interface ExperimentView {
  /** The whole of it, as text that a file may have. */
  readonly text: string;
  /** As JSON, to be changed and opened again. */
  readonly json: Readonly<Record<string, unknown>>;
  /** What a link carries. */
  readonly payload: string;
  readonly title: string;
  readonly notes: string;
  readonly source: string;
  readonly measure: {
    readonly what: string;
    readonly title: string;
    readonly unit: "time" | "count" | "share" | "perSecond" | "chance";
  };
  readonly factors: readonly { readonly title: string; readonly set: string; readonly labels: readonly string[] }[];
  /** In the order of their numbers. `values`: the place of its value in each factor. */
  readonly settings: readonly { readonly label: string; readonly values: readonly number[] }[];
  readonly runs: number;
  readonly firstSeed: number;
  readonly giveUp: Micros;
  readonly from: Micros | null;
  /** What is the same in every run: name and words. */
  readonly same: readonly (readonly [name: string, words: string])[];
  /** What happens in every run, in its order. */
  readonly happens: readonly string[];
  /** Rules that are off, by their titles. */
  readonly bugs: readonly string[];
}
/** What every server was from a time on. */
export interface BandSpan {
  readonly at: Micros;
  readonly term: Term;
  readonly role: Role;
  readonly up: boolean;
}
/** One run, to be looked at. */
export interface RunView {
  readonly setting: number;
  readonly seed: number;
  /** A file that opens at the moment that was measured. */
  readonly recording: string;
  readonly begun: Micros;
  readonly at: Micros;
  readonly bands: readonly { readonly server: ServerId; readonly spans: readonly BandSpan[] }[];
  /** What happened while it was measured, in a sentence or two. */
  readonly words: string;
}
export type ToExperiment =
  | { readonly kind: "open"; readonly id: number; readonly source: ExperimentSource }
  /** Runs of the experiment that was opened last, by their numbers. */
  | { readonly kind: "run"; readonly id: number; readonly units: readonly number[] }
  | { readonly kind: "show"; readonly id: number; readonly setting: number; readonly seed: number };
export type FromExperiment =
  | { readonly kind: "opened"; readonly id: number; readonly view: ExperimentView }
  | { readonly kind: "problem"; readonly id: number; readonly problem: InputProblem }
  | { readonly kind: "ran"; readonly id: number; readonly rows: readonly Row[] }
  | { readonly kind: "shown"; readonly id: number; readonly run: RunView };
