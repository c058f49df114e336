import type { ClientId, GroupId, LogIndex, Micros, ServerId } from "../../base/units.ts";
import type { ClientOperation, Load, RequestState } from "../../world/state/clients.ts";
import type { Operation, ReadMode } from "../../world/state/commands.ts";
import type { ClientSettings } from "../../world/state/setup.ts";

export interface RequestView {
  readonly number: number;
  readonly client: ClientId;
  /** The group that keeps its key. */
  readonly group: GroupId;
  readonly operation: Operation;
  readonly askedAt: Micros;
  readonly server: ServerId;
  readonly state: RequestState;
  readonly until: Micros;
  readonly value: string | null;
  /** "put y=9 at S1: no answer yet" */
  readonly summary: string;
}
/** A client that was ever named, as it stands with the group that is shown. */
export interface ClientView {
  readonly id: ClientId;
  /** Whom it will ask next, 0: whoever comes first. */
  readonly leader: ServerId;
  /** The index of the entry that opened its session, 0: none. */
  readonly session: LogIndex;
  /** Whether it is waiting for one. */
  readonly opening: boolean;
  /** Numbers that it has given to commands of this session. */
  readonly sequence: number;
  /** Requests that wait for an answer. */
  readonly open: number;
}
/** How clients behave in this run, and what they do by themselves now. */
export interface ClientsView {
  readonly settings: ClientSettings;
  readonly load: Load;
  /** How gets are served that do not say it. */
  readonly reads: ReadMode;
  readonly each: readonly ClientView[];
  /** Operations in the history so far (`operations`). */
  readonly operations: number;
}
/** One operation from call to answer: a bar. `endedAt` of an `unknown` one is when the client gave up: its bar stays open. */
export interface OperationRow extends ClientOperation {
  /** "put x=1" */
  readonly text: string;
  /** "x is 1", "cas x 1→2 found 3", "no answer yet", "outcome unknown", "not executed". */
  readonly result: string;
}

/** What the second thread (`linearize.ts`) says of a client history. */
export type { KeyResult, Linearizability } from "../../check/linearizability/linearizable.ts";
