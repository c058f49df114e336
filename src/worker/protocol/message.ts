import type { GroupId, Micros, ServerId, Term } from "../../base/units.ts";
import type { MessageRef, Payload } from "../../world/state/messages.ts";

/** `Other`: another program told of it, and Raft knows no such message. */
export type MessageKind = Payload["type"] | "Other";
export interface MessageView {
  /** "S1>S3#4", for duplicates "S1>S3#4.1", for the client "C>S1#2". Unique, and the React key. */
  readonly id: string;
  readonly ref: MessageRef;
  readonly kind: MessageKind;
  /** Whose message it is; links are shared by all groups. */
  readonly group: GroupId;
  readonly from: ServerId;
  readonly to: ServerId;
  /** 0 for client messages. */
  readonly term: Term;
  readonly sentAt: Micros;
  /** Its place on the lane at time t is (t - sentAt) / (arrivesAt - sentAt). */
  readonly arrivesAt: Micros;
  /** null: it waits (manual network). Otherwise when it arrives, or vanishes if `lost`. */
  readonly dueAt: Micros | null;
  readonly lost: "cut" | "loss" | "dropped" | "down" | "overflow" | null;
  /** Replies: whether it says yes; null for requests. */
  readonly yes: boolean | null;
  /** Its length: what a link with a bandwidth needs time for. */
  readonly bytes: number;
  /** Terms of the entries that it carries, of the first eight; and how many there are. */
  readonly entryTerms: readonly Term[];
  readonly entryCount: number;
  /** AppendEntries without entries. */
  readonly heartbeat: boolean;
  /** Heartbeats and their answers: the newest read that they confirm, 0 = none. */
  readonly round: number;
  /** A sentence: "AppendEntries from S1 to S3: entries 4–5 after entry 3 of term 2". */
  readonly summary: string;
  /** Every field with its name as in the paper, in the paper's order. */
  readonly fields: readonly (readonly [name: string, value: string])[];
  /** Of what another program told: how it calls the message, and what becomes of it. */
  readonly told?: { readonly name: string; readonly fate: string };
}
/** A message that vanished or was dropped lately: what the break is drawn from. */
export interface LostView {
  readonly message: MessageView;
  readonly at: Micros;
  /** It is shown no longer than this. */
  readonly until: Micros;
  /** Where on the lane, 0 … 1. */
  readonly where: number;
}
