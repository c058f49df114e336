import type { Micros, ServerId } from "../../base/units.ts";
import type { RaftOptions } from "../../raft/options.ts";
import type { Clients } from "./clients.ts";
import type { Machine } from "./machine.ts";
import type { Link, Packet } from "./messages.ts";
import type { NetworkMode, Setup } from "./setup.ts";

export interface Violation {
  readonly property: string;
  readonly section: string;
  readonly server: ServerId;
  /** The values, in a sentence. */
  readonly detail: string;
}

/** Machines, links, messages and clients at a moment: what faults take hold of. */
export interface WorldState {
  readonly setup: Setup;
  /** What chance is drawn from: the set-up's, until somebody gives another. */
  seed: number;
  now: Micros;
  /** Events executed so far, and how many of them at `now`. */
  events: number;
  eventsAtNow: number;
  /** Next sequence number: orders simultaneous events by when they were scheduled. */
  sequence: number;
  mode: NetworkMode;
  /** The run's options: the set-up's, until somebody changes them for all. Immutable. */
  options: RaftOptions;
  /** What servers have followed and no longer do, for checking only: nothing depends on it. */
  followed: RaftOptions[];
  /** Every machine's part in every group, by slot (`replicas.ts`): those of group 1 have the server's id. */
  machines: Machine[];
  /** links[from][to]; row and column 0 are the client's. */
  links: Link[][];
  /** Sorted by (dueAt, sequence); those that wait for a decision last. */
  packets: Packet[];
  clients: Clients;
  /** The last few messages that were lost, for drawing only: nothing depends on it. */
  lost: { readonly packet: Packet; readonly at: Micros }[];
  /** What took the run out of the faults under which Raft promises safety, in a sentence; null: nothing did. */
  outside: string | null;
  /** The property that broke, if one did: the run ends there. */
  violation: Violation | null;
  /** Why the run cannot go on, if it cannot: a limit was reached. */
  stopped: string | null;
}
