import type { LogIndex, Micros, Ppm, ServerId, Term } from "../../base/units.ts";
import type { Bug } from "../../raft/bugs/bug.ts";
import type { RaftOptions } from "../../raft/options.ts";

/** What a run starts from. */

export interface ServerSetup {
  readonly id: ServerId;
  /** This and the next three: of group 1. Other groups start empty. */
  readonly term: Term;
  readonly votedFor: ServerId;
  /** Terms of the entries that the server starts with; commands are made up. */
  readonly log: readonly Term[];
  readonly commit: LogIndex;
  /** Default `voter`. `none`: a machine that stands ready and belongs to no configuration yet. */
  readonly member?: "voter" | "learner" | "none";
  /** Over those of the run, for this server alone. */
  readonly options?: Partial<RaftOptions>;
}
export type NetworkMode = "automatic" | "manual";
export interface LinkSettings {
  readonly latencyMin: Micros;
  readonly latencyMax: Micros;
  readonly loss: Ppm;
  readonly duplicate: Ppm;
  /** Bytes per second; null: whatever is sent is on its way at once. */
  readonly bandwidth: number | null;
}
export interface DiskSettings {
  readonly writeMin: Micros;
  readonly writeMax: Micros;
}
export interface Setup {
  readonly seed: number;
  readonly raft: RaftOptions;
  readonly servers: readonly ServerSetup[];
  /** Raft groups over these machines, from 1 to 4. Every server belongs to all of them. */
  readonly groups: number;
  readonly mode: NetworkMode;
  readonly link: LinkSettings;
  readonly disk: DiskSettings;
  readonly clients: ClientSettings;
  /** Broken rules: with any of them this is not Raft. */
  readonly bugs: readonly Bug[];
}
/** How clients behave, all alike. */
export interface ClientSettings {
  /** A client opens a session before its first command, so that what it repeats is executed once (§8, D 6.3). */
  readonly sessions: boolean;
  /** A request without an answer is sent again, to the next server, after this long; 0: never. */
  readonly repeatAfter: Micros;
  readonly givesUpAfter: Micros;
  /** So many sessions the state machine keeps: one more, and the one that was not used for longest expires. */
  readonly sessionsMost: number;
}
