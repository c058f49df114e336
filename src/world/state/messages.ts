import type { ClientId, GroupId, LogIndex, Micros, Ppm, ServerId } from "../../base/units.ts";
import type { RaftMessage } from "../../raft/types.ts";
import type { SessionTag } from "../sessions.ts";
import type { Operation, ReadMode } from "./commands.ts";
import type { LinkSettings } from "./setup.ts";

/** Names one message for ever: the `ordinal`-th message sent on that link, `copy` > 0 for duplicates of it. */
export interface MessageRef {
  readonly from: ServerId;
  readonly to: ServerId;
  readonly ordinal: number;
  readonly copy: number;
}
export type DirectedLink = readonly [from: ServerId, to: ServerId];

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
