import type { GroupId, LogIndex, Micros, ServerId, Term } from "../../base/units.ts";
import type { Configuration } from "../../raft/configuration.ts";
import type { RaftLog } from "../../raft/log.ts";
import type { RaftOptions } from "../../raft/options.ts";
import type { Input, RaftMessage, Ready, Server, Snapshot, Write } from "../../raft/types.ts";
import type { Clock } from "../clock.ts";
import type { Session } from "../sessions.ts";
import type { Packet } from "./messages.ts";
import type { DiskSettings } from "./setup.ts";

export interface PendingWrite {
  readonly write: Write;
  /** Asynchronous disk: messages that leave when it is done. */
  readonly after: readonly RaftMessage[];
  readonly startedAt: Micros;
  readonly doneAt: Micros;
  readonly sequence: number;
}

/** What a disk would hold after a loss of power. */
export type Stored = Pick<Disk, "term" | "votedFor" | "commitIndex" | "log" | "snapshot">;

/** What is wrong with a machine's disk. `stored`: what it had really stored when it began to lie; null in an order. */
export type DiskTrouble =
  | { readonly kind: "slow"; readonly writeMin: Micros; readonly writeMax: Micros }
  | { readonly kind: "stalled" }
  /** `stopped`: the server stopped because of it. */
  | { readonly kind: "full"; readonly stopped: boolean }
  | { readonly kind: "lying"; readonly stored: Stored | null };

/** An entry that no longer fits its checksum, and what the server does at its start. */
export interface Corruption {
  readonly index: LogIndex;
  readonly found: "staysDown" | "truncates";
  /** It was found, and the server did not start. */
  readonly stopped: boolean;
}

export type CrashPoint = "beforeWrite" | "tornWrite" | "afterWrite" | "betweenSends";
/** The machine crashes at its next write, for that long; null: until somebody starts it. */
export interface Armed {
  readonly at: CrashPoint;
  readonly for: Micros | null;
}

/**
 * What survives a crash. The groups of a machine share its device: it does one write at a time, whosever it is.
 * `settings` are the same for all of them.
 */
export interface Disk {
  settings: DiskSettings;
  /** The device's: the same kind for all groups. */
  trouble: DiskTrouble | null;
  /** Of at most one of the device's groups. */
  corrupt: Corruption | null;
  term: Term;
  votedFor: ServerId;
  /** 0 where the profile does not keep it. */
  commitIndex: LogIndex;
  log: RaftLog;
  /** What stands for the entries up to `log.base`: the configuration then, and the state machine. */
  snapshot: { readonly configuration: Configuration; readonly store: KvStore };
  /** Writes under way, in order; the first finishes first. */
  pending: PendingWrite[];
  /** Writes started so far; also the state of the disk's random stream. Kept for the device, with group 1. */
  started: number;
  /** Writes that are finished and of which the process, being paused, does not know yet. */
  unnoticed: PendingWrite[];
}

/** A snapshot on its way carries the state machine's contents. */
export interface CarriedSnapshot extends Snapshot {
  readonly store: KvStore;
  /** Of the store's contents: what a transfer takes. */
  readonly bytes: number;
}

/** A client whose command this server has accepted and not yet answered. */
export interface Pledge {
  readonly request: number;
}

/** One machine's part in one group. */
export interface Machine {
  readonly id: ServerId;
  readonly group: GroupId;
  /** What its server follows: the run's options, but for those that the server has for itself. Immutable; the same for all groups on the machine. */
  options: RaftOptions;
  /** What it reads when it starts again, where somebody has changed what a running server does not take; null: the same. Immutable. */
  atStart: RaftOptions | null;
  /** All timers of the server go by it. The same for all groups on the machine, as is `status`. */
  clock: Clock;
  status: "up" | "down" | "paused";
  raft: Server;
  disk: Disk;
  /** Kept with group 1, and by whose hand: 0 or a nemesis. */
  armed: (Armed & { readonly by: number }) | null;
  /** Synchronous disk: what is done once its write is finished; nothing else is begun before. */
  held: Ready | null;
  /** What reached a paused process and waits until it runs again. */
  inbox: Packet[];
  /** What its transport would have told it meanwhile. */
  unheard: Input[];
  pledges: Pledge[];
  /** Reads that may be answered once everything up to `index` is applied. */
  reads: { readonly request: number; readonly index: LogIndex }[];
  store: KvStore;
  /** How often it has come back from a crash. */
  restarts: number;
  /** Orders this server's timers among simultaneous events. */
  timerSequence: number;
}

/** The replicated state machine: applied entries in, values out. */
export interface KvStore {
  /** Shared with checkpoints: each is copied before its first change unless it is owned. */
  data: Map<string, string>;
  sessions: Map<LogIndex, Session>;
  ownsData: boolean;
  ownsSessions: boolean;
  /** Sum of the digests of all pairs and sessions: equal for equal contents. */
  digest: number;
}
