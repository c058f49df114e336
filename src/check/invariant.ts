import type { Input, RaftMessage, Server } from "../raft/types.ts";
import type { Machine } from "../world/state/machine.ts";
import type { World } from "../world/types.ts";
import type { Ghost, Seen } from "./ghost.ts";

/** One server's step, from outside: what it was before, what it is now. */
export interface Transition {
  readonly world: World;
  readonly machine: Machine;
  readonly server: Server;
  readonly before: Seen;
  readonly ghost: Ghost;
  /** What the step was about; null at the first sight of a server. */
  readonly input: Input | null;
}

/** A server that has come back from a crash, and what was known of it before. */
export interface Return {
  readonly machine: Machine;
  readonly server: Server;
  readonly before: Seen;
  readonly ghost: Ghost;
}

/** A property that is checked after every step of every server, with every message that leaves, after every restart. */
export interface Invariant {
  readonly name: string;
  /** Where it is stated in the extended paper, or in the dissertation ("D 4.1"). */
  readonly section: string;
  readonly text: string;
  /**
   * Each says which values break it, in a sentence; null while it holds. May add to the ghost, changes nothing else.
   * `sends` looks at a message in the instant in which it leaves.
   */
  readonly check?: (transition: Transition) => string | null;
  readonly sends?: (machine: Machine, message: RaftMessage, ghost: Ghost) => string | null;
  readonly returns?: (back: Return) => string | null;
}
