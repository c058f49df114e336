import type { ClientId, GroupId, LogIndex, Micros, Ppm, ServerId, Term } from "../base/units.ts";
import type { Vector } from "../base/vector.ts";
import type { BugName } from "../raft/bugs.ts";
import type { Configuration, SingleChange, Transition } from "../raft/configuration.ts";
import type { RaftLog } from "../raft/log.ts";
import type { RaftOptions } from "../raft/options.ts";
import type { Command, Input, RaftMessage, Ready, Server, Snapshot, Write } from "../raft/types.ts";
import type { Clock } from "./clock.ts";
import type { Target } from "./faults/fault.ts";
import type { FaultAct, FaultName } from "./faults/index.ts";
import type { Session, SessionTag } from "./sessions.ts";

// ---- what a run starts from -------------------------------------------------------------------------------

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
  readonly bugs: readonly BugName[];
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

// ---- what can be done to a world --------------------------------------------------------------------------

export type KvOperation =
  | { readonly op: "put"; readonly key: string; readonly value: string }
  | { readonly op: "get"; readonly key: string }
  | { readonly op: "delete"; readonly key: string }
  /** Compare and swap: puts the value if the key has the expected one; null: if it has none. */
  | { readonly op: "cas"; readonly key: string; readonly expected: string | null; readonly value: string }
  /** No value counts as 0; what is no integer stays. */
  | { readonly op: "increment"; readonly key: string; readonly by: number };
/** What the state machine executes: a client's operation, or the opening of its session. */
export type Operation = KvOperation | { readonly op: "session"; readonly client: ClientId };
/** How a get is served: through the log, confirmed by a round of heartbeats, by the lease, or by whoever is asked at once. */
export type ReadMode = "log" | "index" | "lease" | "stale";
/** Names one message for ever: the `ordinal`-th message sent on that link, `copy` > 0 for duplicates of it. */
export interface MessageRef {
  readonly from: ServerId;
  readonly to: ServerId;
  readonly ordinal: number;
  readonly copy: number;
}
export type DirectedLink = readonly [from: ServerId, to: ServerId];

/** Acts on one group's Raft; without a group, on group 1. */
interface InGroup {
  readonly group?: GroupId;
}

/** What clients do by themselves from now on. What is left out is as in a load that only says its rate. */
export interface LoadOrder {
  /** Requests per second of all clients together; 0 stops them. */
  readonly perSecond: number;
  /** C1 … take part; 1. */
  readonly clients?: number;
  /** Open: at this rate, whatever becomes of the requests. Closed: a client asks once it is answered, and not more often. */
  readonly mode?: "open" | "closed";
  /** Percent of the requests that are gets; 0. */
  readonly reads?: number;
  /** So many different keys; 3. */
  readonly keys?: number;
  readonly read?: ReadMode;
}

/** What can be done: faults and what repairs them (`faults/`), and what operators, clients and timers do. */
export type Act =
  | FaultAct
  | NemesisAct
  /** One nemesis gives up, or all of them. What they have done ends in its own time. */
  | { readonly do: "calm"; readonly id?: number }
  /** `timeout`: its election timer fires now. `heartbeat`: its heartbeat timer fires now. */
  | ({ readonly do: "timeout" | "heartbeat"; readonly server: ServerId } & InGroup)
  /** Sets how long the server's election timer still has to run. */
  | ({ readonly do: "timer"; readonly server: ServerId; readonly left: Micros } & InGroup)
  /** Makes a snapshot of what is applied and discards the log before it (§7). */
  | ({ readonly do: "compact"; readonly server: ServerId } & InGroup)
  /** Asks a server that `to` shall lead (D §3.10). */
  | ({ readonly do: "transfer"; readonly server: ServerId; readonly to: ServerId } & InGroup)
  /** Proposes a change of membership at a server (§6). No changes: leave the joint configuration. */
  | ({
      readonly do: "members";
      readonly server: ServerId;
      readonly changes: readonly SingleChange[];
      readonly transition: Transition;
    } & InGroup)
  /** A follower forgets its leader, so that it may vote for another at once. */
  | ({ readonly do: "forget"; readonly server: ServerId } & InGroup)
  /**
   * A client's request to the group that keeps the key; without `client` C1's. Without `server` the client asks the
   * leader it last heard of. `read`: how a get is served, otherwise as the options say.
   */
  | {
      readonly do: "request";
      readonly operation: KvOperation;
      readonly server?: ServerId;
      readonly client?: ClientId;
      readonly read?: ReadMode;
    }
  | ({ readonly do: "load" } & LoadOrder)
  | { readonly do: "deliver" | "drop" | "duplicate"; readonly message: MessageRef }
  | { readonly do: "delay"; readonly message: MessageRef; readonly by: Micros }
  | {
      readonly do: "network";
      readonly mode?: NetworkMode;
      readonly link?: LinkSettings;
      readonly links?: readonly DirectedLink[];
    }
  | { readonly do: "disk"; readonly disk: DiskSettings; readonly server?: ServerId };

/**
 * A fault that comes again and again: every so often, drawn from `every`, with the parameters that are `given` and
 * others by chance. `for`: how long each lasts, where the fault has an end.
 */
export interface NemesisAct {
  readonly do: "nemesis";
  /** From 1 on; a nemesis takes the place of one with the same number. Its random stream is its own. */
  readonly id: number;
  readonly fault: FaultName;
  readonly every: readonly [least: Micros, most: Micros];
  readonly for?: readonly [least: Micros, most: Micros];
  /** It hits whoever leads when it strikes, or the links of that server: with several groups, of one by chance. */
  readonly aim?: "leader";
  /** Fields of the fault's act. */
  readonly given: Readonly<Record<string, unknown>>;
}

/**
 * A recorded act. It takes effect at `at` after every event of that instant, or, where `order` is given, after
 * exactly that many events of that instant: the user may stop and act between two simultaneous events.
 */
export interface Action {
  readonly at: Micros;
  readonly order?: number;
  readonly act: Act;
}

// ---- a moment ---------------------------------------------------------------------------------------------

/** A command of the replicated key-value store. `request` is the client's request number, 0 for none. */
export interface KvCommand extends Command {
  readonly operation: Operation;
  readonly request: number;
  /** Its place in its client's session; null: it belongs to none, and may be executed twice if it is repeated. */
  readonly tag: SessionTag | null;
}

export interface ClientRequest {
  readonly type: "ClientRequest";
  readonly from: ServerId;
  readonly to: ServerId;
  readonly request: number;
  readonly client: ClientId;
  readonly operation: Operation;
  readonly tag: SessionTag | null;
  /** null: as the server's options say. */
  readonly read: ReadMode | null;
}
export interface ClientReply {
  readonly type: "ClientReply";
  readonly from: ServerId;
  readonly to: ServerId;
  readonly request: number;
  readonly outcome:
    | { readonly kind: "done"; readonly value: string | null; readonly index: LogIndex }
    /** `leader` is the server's best knowledge, 0 if it knows none. */
    | { readonly kind: "redirect"; readonly leader: ServerId }
    /** The command was reached in the log and not executed. */
    | { readonly kind: "refused"; readonly why: SessionRefusal };
}
/** There is no such session (any more), or the answer was forgotten, as its client had allowed. */
export type SessionRefusal = "no session" | "answer forgotten";
export type Payload = RaftMessage | ClientRequest | ClientReply;

/** `overflow`: its receiver is paused, and too much waits for it. */
export type LossReason = "cut" | "loss" | "dropped" | "down" | "overflow";

/** A message under way. Immutable: an act that changes its fate replaces it. */
export interface Packet {
  readonly ref: MessageRef;
  /** Whose message it is: links are shared, groups are not. */
  readonly group: GroupId;
  readonly payload: Payload;
  readonly sentAt: Micros;
  /** When it arrives or, if `lost`, vanishes; null: it waits until somebody decides (manual network). */
  readonly dueAt: Micros | null;
  /** When it would arrive if nothing happened to it; with `sentAt` this gives its place on the lane. */
  readonly arrivesAt: Micros;
  readonly lost: LossReason | null;
  /** Copies of this message made so far, so that a copy's name is never used again. */
  readonly copies: number;
  /** Order among simultaneous events. */
  readonly sequence: number;
}

/** What disturbs a link, over its settings, until it is over. Immutable. */
export interface Overlay {
  readonly loss?: Ppm;
  readonly duplicate?: Ppm;
  /** Every message takes so much longer. */
  readonly delay?: readonly [least: Micros, most: Micros];
  /** A share of the messages does. */
  readonly reorder?: { readonly share: Ppm; readonly by: readonly [least: Micros, most: Micros] };
  readonly bandwidth?: number;
}

export interface Link {
  up: boolean;
  settings: LinkSettings;
  overlay: Overlay | null;
  /** Messages sent so far; also the state of the link's random stream. */
  sent: number;
  /** Until then it is busy putting earlier messages on the wire; later ones queue behind them. */
  freeAt: Micros;
}

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
  /** What its server follows: the run's options, but for those that the server has for itself. */
  readonly options: RaftOptions;
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
  /** Shared with checkpoints: copied before the first change unless `owned`. */
  data: Map<string, string>;
  sessions: Map<LogIndex, Session>;
  owned: boolean;
  /** Sum of the digests of all pairs and sessions: equal for equal contents. */
  digest: number;
}

// ---- clients ------------------------------------------------------------------------------------------------

/** `failed`: certainly not executed. `unknown`: the client gave up on an answer. */
export type RequestState = "asking" | "done" | "failed" | "unknown";
export interface Request {
  readonly number: number;
  readonly client: ClientId;
  readonly group: GroupId;
  readonly operation: Operation;
  /** As asked for; null: as the server's options say. */
  readonly read: ReadMode | null;
  /** Of the load that made it; 0: made by hand. */
  readonly load: number;
  readonly askedAt: Micros;
  /** The server that it was last sent to. */
  server: ServerId;
  state: RequestState;
  /** When it is given up (state `asking`), or when it ended. */
  until: Micros;
  /** When the client asks again, unless an answer comes before; 0 = it only waits. */
  retryAt: Micros;
  value: string | null;
  /** How often it was sent, copies included, and how many servers have sent it elsewhere. */
  tries: number;
  redirects: number;
  /** Its place in its client's session; 0: in none. */
  session: LogIndex;
  sequence: number;
}

/** What a client knows. */
export interface Client {
  readonly id: ClientId;
  /** leaders[group]: the leader it last heard of, 0 if none. */
  leaders: ServerId[];
  /** sessions[group]; 0 in `id`: none yet. `opening`: the request that will open one, 0 if none is. */
  sessions: { readonly id: LogIndex; readonly asked: number; readonly opening: number }[];
  /** Closed loop: when it asks next; 0 while it waits. */
  asksAt: Micros;
}

/** What clients do by themselves. Rate 0: nothing. */
export interface Load extends Required<Omit<LoadOrder, "read">> {
  readonly read: ReadMode | null;
  /** Counts the loads of a run. */
  readonly number: number;
}

/** All clients: programs on one machine, which share its links (end 0). */
export interface Clients {
  /** each[id]; slot 0 is unused. There are as many as were ever named. */
  each: Client[];
  /** Requests that wait for an answer, in the order of asking. */
  open: Request[];
  /** Newest last; those beyond a limit are forgotten. */
  ended: Request[];
  asked: number;
  load: Load;
  /** Open loop: when the next request is due. */
  loadNextAt: Micros;
  operations: Operations;
}

/** Everything that clients did in a run, kept to its end, for checkers and readers: nothing depends on it. */
export interface Operations {
  list: Vector<ClientOperation>;
  /** Calls and answers so far. */
  order: number;
}
/** `open`: no answer yet. `failed`, `unknown`: as for requests. */
export type OperationOutcome = "open" | "ok" | "failed" | "unknown";
/** What a client did, from its call to its answer: what can be seen from outside the cluster. */
export interface ClientOperation {
  /** The request's. Ascending in a history, with gaps where requests were about sessions. */
  readonly number: number;
  readonly client: ClientId;
  readonly group: GroupId;
  readonly operation: KvOperation;
  /** Gets: how they are served; null for all others. */
  readonly read: ReadMode | null;
  readonly calledAt: Micros;
  /** When the client stopped waiting; null while it waits. */
  readonly endedAt: Micros | null;
  /** Places in one order of all calls and answers; `returned` is null where there was no answer. */
  readonly called: number;
  readonly returned: number | null;
  readonly outcome: OperationOutcome;
  /** ok: what was read or replaced; after an increment, the new value. */
  readonly value: string | null;
  /** Who answered, or was asked last. */
  readonly server: ServerId;
  /** ok: the entry that executed it; of a get, the last one that had been applied to the state that was read. */
  readonly index: LogIndex;
}

export interface Violation {
  readonly property: string;
  readonly section: string;
  readonly server: ServerId;
  /** The values, in a sentence. */
  readonly detail: string;
}

/** When a fault ends, or takes its next turn. Immutable. */
export interface Appointment {
  readonly at: Micros;
  readonly sequence: number;
  readonly act: FaultAct;
  /** Whose fault it is: 0 = somebody's act, else a nemesis. */
  readonly by: number;
  /** What of it is still its own: a newer fault on a target takes it over. */
  readonly targets: readonly Target[];
  /** The turn that comes next; null: it is over then. */
  readonly turn: number | null;
  /** When it ends; null: never by itself. */
  readonly until: Micros | null;
}

/** Immutable. `fired`: how often; with the number of the nemesis the state of its random stream. */
export interface Nemesis {
  readonly act: NemesisAct;
  readonly fired: number;
  readonly nextAt: Micros;
  readonly sequence: number;
}

export interface World {
  readonly setup: Setup;
  now: Micros;
  /** Events executed so far, and how many of them at `now`. */
  events: number;
  eventsAtNow: number;
  /** Next sequence number: orders simultaneous events by when they were scheduled. */
  sequence: number;
  mode: NetworkMode;
  /** Every machine's part in every group, by slot (`replicas.ts`): those of group 1 have the server's id. */
  machines: Machine[];
  /** links[from][to]; row and column 0 are the client's. */
  links: Link[][];
  /** Sorted by (dueAt, sequence); those that wait for a decision last. */
  packets: Packet[];
  clients: Clients;
  /** The last few messages that were lost, for drawing only: nothing depends on it. */
  lost: { readonly packet: Packet; readonly at: Micros }[];
  /** Sorted by (at, sequence). */
  appointments: Appointment[];
  /** In the order of their numbers. They rest while the network is manual. */
  nemeses: Nemesis[];
  /** What took the run out of the faults under which Raft promises safety, in a sentence; null: nothing did. */
  outside: string | null;
  /** The property that broke, if one did: the run ends there. */
  violation: Violation | null;
  /** Why the run cannot go on, if it cannot: a limit was reached. */
  stopped: string | null;
}
