import type { GroupId, LogIndex, Micros, ServerId } from "../../base/units.ts";
import type { DirectedLink } from "../../world/state/messages.ts";
import type { NetworkMode } from "../../world/state/setup.ts";
import type { ClientsView, RequestView } from "./clients.ts";
import type { ActiveFault, NemesisView } from "./faults.ts";
import type { LostView, MessageView } from "./message.ts";
import type { ServerView } from "./server.ts";

/** One moment, as the page draws it. */

/** A place in a run: after `event` events; `at` may lie after the last of them. */
export interface Position {
  readonly at: Micros;
  readonly event: number;
}

export interface ViolationView {
  readonly property: string;
  readonly section: string;
  readonly detail: string;
  readonly server: ServerId;
  readonly at: Micros;
}
export interface Frame {
  readonly position: Position;
  /** Nothing changes by itself before this time: the page may draw any t up to it from this frame. null: never. */
  readonly nextAt: Micros | null;
  /** How far this branch has been explored. */
  readonly end: Position;
  readonly mode: NetworkMode;
  /** Raft groups over these machines, and which of them the servers are shown in. */
  readonly groupCount: number;
  readonly group: GroupId;
  /** The longest election timeout that a server of this run may draw. */
  readonly longestTimeout: Micros;
  readonly servers: readonly ServerView[];
  /** At most 500: those of the group that is shown first. */
  readonly messages: readonly MessageView[];
  /** So many more are under way. */
  readonly messagesLeftOut: number;
  readonly lost: readonly LostView[];
  /** Directed links that are down. */
  readonly cuts: readonly DirectedLink[];
  /** Sets of servers that reach each other both ways; one set if nothing is partitioned. Derived from the links. */
  readonly groups: readonly (readonly ServerId[])[];
  /** The last that ended, and the newest 200 that are open: `clients.each` says how many those are. */
  readonly requests: readonly RequestView[];
  readonly loadPerSecond: number;
  readonly clients: ClientsView;
  /** What is wrong right now, servers first. */
  readonly faults: readonly ActiveFault[];
  readonly nemeses: readonly NemesisView[];
  /** What took the run out of the faults under which Raft promises safety, in a sentence; null: nothing did. */
  readonly outside: string | null;
  readonly violation: ViolationView | null;
  /** Why the run cannot go on, if it cannot. */
  readonly stopped: string | null;
  readonly branch: number;
  /** From here on another run than the one that was opened: somebody acted. What its steps say may not hold. null: it is that one. */
  readonly strayed: Micros | null;
  /** The run was going on, and stopped here: this condition has come true. */
  readonly cameTrue?: string;
  /** 16 hex digits; equal for equal moments. */
  readonly hash: string;
  /** Another program told of this run: what it said last ("" at the beginning), and who leads, in a sentence. */
  readonly told?: { readonly said: string; readonly leads: string };
}

/** What the page shows: one group, and some entries of its logs. */
export interface Viewport {
  /** Default 1. Beyond the last group: the last. */
  readonly group?: GroupId;
  readonly logFrom: LogIndex;
  readonly logCount: number;
}
