import type { Micros } from "../../base/units.ts";
import type { History } from "../../history/history.ts";
import type { Work } from "../../history/work.ts";

/** What goes out of a run, and what each writer of a format is. */

/** A stretch of the present branch, both ends included. */
export interface Range {
  readonly from: Micros;
  readonly to: Micros;
}

export interface Written {
  readonly text: string;
  /** What is not in it and would have been, or what its readers must know, in sentences; "": nothing. */
  readonly cut: string;
}

/** Whom a format is for: eyes, readers, programs that draw runs, or programs that judge them. */
export type ExportGroup = "pictures" | "people" | "viewers" | "judges";

/** A format. Pure: the same run gives the same text everywhere. It never says which rule is off where nobody shall know. */
export interface Exporter {
  /** As the command line calls it: "mermaid". */
  readonly name: string;
  /** "Mermaid sequence diagram", as the page calls it. */
  readonly title: string;
  /** What it is for, one sentence. */
  readonly purpose: string;
  readonly group: ExportGroup;
  /** Of the file's name: ".mmd". */
  readonly ending: string;
  /** MIME type. */
  readonly type: string;
  /** Of what the run is known; it is executed once more and stays where it is. */
  write(run: History, range: Range): Work<Written>;
}
