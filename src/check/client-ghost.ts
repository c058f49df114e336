import type { LogIndex, Micros } from "../base/units.ts";
import { copyVector, emptyVector, type Vector } from "../base/vector.ts";

export interface ExecutedTwice {
  readonly what: string;
  readonly first: LogIndex;
  readonly again: LogIndex;
  readonly at: Micros;
}

/** What the checker keeps of the state machine and the clients of one Raft group. */
export interface ClientGhost {
  /** states[index]: digest of the state machine, sessions included, when a command was first applied there; 0 = none. */
  states: Vector;
  /** effects[session][sequence]: the entry that first executed that command; 0 = none. */
  effects: Map<LogIndex, Vector>;
  /** executed[request]: the entry that first executed a command of no session; 0 = none. */
  executed: Vector;
  /** The first command of no session that was executed at two entries, and when it was; null: none. */
  executedTwice: ExecutedTwice | null;
  /** By number, of requests without an answer: the highest index that was committed anywhere when they were asked. */
  floors: Map<number, LogIndex>;
}

export const newClientGhost = (): ClientGhost => ({
  states: emptyVector(),
  effects: new Map(),
  executed: emptyVector(),
  executedTwice: null,
  floors: new Map(),
});

export const copyClientGhost = (ghost: ClientGhost): ClientGhost => ({
  states: copyVector(ghost.states),
  effects: new Map([...ghost.effects].map(([session, effects]) => [session, copyVector(effects)])),
  executed: copyVector(ghost.executed),
  executedTwice: ghost.executedTwice,
  floors: new Map(ghost.floors),
});
