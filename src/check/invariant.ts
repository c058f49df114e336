import type { Server } from "../raft/types.ts";
import type { Machine, World } from "../world/types.ts";
import type { Ghost, Seen } from "./ghost.ts";

/** One server's step, from outside: what it was before, what it is now. */
export interface Transition {
  readonly world: World;
  readonly machine: Machine;
  readonly server: Server;
  readonly before: Seen;
  readonly ghost: Ghost;
}

/** A property that is checked after every step of every server. */
export interface Invariant {
  readonly name: string;
  /** Where it is stated in the extended paper. */
  readonly section: string;
  readonly text: string;
  /** Which values break it, in a sentence; null while it holds. May add to the ghost, changes nothing else. */
  readonly check: (transition: Transition) => string | null;
}
