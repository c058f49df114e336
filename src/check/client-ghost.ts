import type { LogIndex } from "../base/units.ts";
import { copyVector, emptyVector, type Vector } from "../base/vector.ts";

/** What the checker keeps of the state machine and the clients of one Raft group. */
export interface ClientGhost {
  /** states[index]: digest of the state machine, sessions included, when a command was first applied there; 0 = none. */
  states: Vector;
  /** effects[session][sequence]: the entry that first executed that command; 0 = none. */
  effects: Map<LogIndex, Vector>;
  /** By number, of requests without an answer: the highest index that was committed anywhere when they were asked. */
  floors: Map<number, LogIndex>;
}

export const newClientGhost = (): ClientGhost => ({ states: emptyVector(), effects: new Map(), floors: new Map() });

export const copyClientGhost = (ghost: ClientGhost): ClientGhost => ({
  states: copyVector(ghost.states),
  effects: new Map([...ghost.effects].map(([session, effects]) => [session, copyVector(effects)])),
  floors: new Map(ghost.floors),
});
