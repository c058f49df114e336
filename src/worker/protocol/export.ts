import type { Micros } from "../../base/units.ts";

/** A format in which a run goes out. */
export interface ExportFormat {
  readonly name: string;
  readonly title: string;
  /** What it is for, a sentence. */
  readonly purpose: string;
  /** For eyes, for readers, for programs that draw runs, for programs that judge them. */
  readonly group: "pictures" | "people" | "viewers" | "judges";
  /** Of the file's name: ".mmd". */
  readonly ending: string;
  /** It needs no more of a run than what another program tells of it. */
  readonly told: boolean;
}
/** `as`: a format's name. Both times are included; what lies beyond the end of the branch is not there. */
export interface ExportAsk {
  readonly as: string;
  readonly from: Micros;
  readonly to: Micros;
}
/** `name`: of the file. `type`: MIME. `cut`: what had to be left out, a sentence; "": nothing. */
export interface Exported {
  readonly text: string;
  readonly name: string;
  readonly type: string;
  readonly cut: string;
}
