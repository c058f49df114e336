import type { Micros } from "../../base/units.ts";
import type { Act, NemesisAct } from "../../world/acts.ts";
import type { FaultGroup, Target } from "../../world/faults/fault.ts";
import type { FaultName } from "../../world/faults/index.ts";
import type { Parameters } from "../../world/faults/parameters.ts";

/** A row of the table of faults, as data: what a form needs. */
export interface FaultView {
  readonly name: FaultName;
  readonly title: string;
  readonly text: string;
  /** "§5.2", "" if there is none. */
  readonly section: string;
  readonly group: FaultGroup;
  readonly parameters: Parameters;
  /** Whether Raft promises safety under it. */
  readonly inModel: boolean;
  /** Of the parameters that may be left out one has to be there. */
  readonly needsOne: boolean;
  /** The parameter that says whom it hits: a nemesis may be after the leader by it. Null: it hits no server. */
  readonly aims: string | null;
}
/** Nemeses that go well together. */
export interface NemesisSetView {
  readonly name: string;
  readonly title: string;
  /** Numbered from 1; `words`: "crash every 2 s to 5 s, for 1 s". */
  readonly nemeses: readonly { readonly act: NemesisAct; readonly words: string }[];
}
/** The same in every run. */
export interface Catalogue {
  readonly faults: readonly FaultView[];
  readonly sets: readonly NemesisSetView[];
  /** So many nemeses there can be at once. */
  readonly nemesesMost: number;
}
/** Something that is wrong right now. */
export interface ActiveFault {
  /** Unique at a moment, and the React key. */
  readonly id: string;
  /** `armedCrash`: it waits for the server's next write. */
  readonly name: FaultName | "armedCrash";
  /** In the present tense: "S3's disk is stalled: no write comes to its end". */
  readonly words: string;
  readonly targets: readonly Target[];
  /** When it ends by itself; null: it does not. */
  readonly until: Micros | null;
  /** What ends it now; null: nothing does. */
  readonly undo: Act | null;
}
/** A fault that comes again and again. */
export interface NemesisView {
  readonly id: number;
  /** "crash every 2 s to 5 s, for 1 s" */
  readonly words: string;
  readonly fired: number;
  /** null: it rests, because the network is manual. */
  readonly nextAt: Micros | null;
}
