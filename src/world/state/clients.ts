import type { ClientId, GroupId, LogIndex, Micros, ServerId } from "../../base/units.ts";
import type { Vector } from "../../base/vector.ts";
import type { KvOperation, Operation, ReadMode } from "./commands.ts";

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
