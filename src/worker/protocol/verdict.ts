import type { LogIndex, Micros, ServerId, Term } from "../../base/units.ts";
import type { ToldCheck } from "./told.ts";

/** A property that is watched after every step. */
export interface CheckView {
  readonly name: string;
  readonly section: string;
  readonly text: string;
}
/** A property that this run does not promise (`check/excuses.ts`). */
export interface WaivedView {
  readonly property: string;
  /** What those that fall together have in common, after "Not promised": "on a clock that was set". */
  readonly title: string;
  /** "S1's clock was set at 0.150 s." */
  readonly why: string;
  /** Since when; null: from the start. */
  readonly at: Micros | null;
  /** When it first did not hold, and the values; null: it did, or nobody can tell. */
  readonly unkept: { readonly detail: string; readonly at: Micros } | null;
}
/** One server's part in a violation: what it was, or the stretch of its log that is compared. */
export interface EvidenceRow {
  readonly server: ServerId;
  /** "elected in term 3", "leader of term 3, commit index 4". */
  readonly value: string;
  /** The value itself is what broke the property. */
  readonly deciding: boolean;
  /** When it came to that, and after which event; null where it is as it stands now. */
  readonly event: number | null;
  readonly at: Micros;
  readonly cells: readonly EvidenceCell[];
}
export interface EvidenceCell {
  readonly index: LogIndex;
  /** 0: there is no entry. */
  readonly term: Term;
  readonly text: string;
  readonly committed: boolean;
  readonly deciding: boolean;
}
/** A step at which a rule that is switched off answered otherwise than Raft's would have. */
export interface DepartureView {
  readonly event: number;
  readonly at: Micros;
  /** "One vote per term". */
  readonly rule: string;
  /** "A server votes for anybody who asks". */
  readonly bug: string;
}
export interface Verdict {
  readonly checks: readonly CheckView[];
  /** What falls before any harm is done. Not watched while a rule is off, or once the run has left what Raft is made for. */
  readonly guards: readonly CheckView[];
  readonly waived: readonly WaivedView[];
  readonly violation: {
    readonly evidence: readonly EvidenceRow[];
    readonly departures: readonly DepartureView[];
  } | null;
  /** Of a run that another program told of, instead of all else. */
  readonly told?: readonly ToldCheck[];
}
