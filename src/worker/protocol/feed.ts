import type { GroupId, ServerId, Term } from "../../base/units.ts";
import type { Compared } from "../../why/types.ts";
import type { MessageRef } from "../../world/state/messages.ts";
import type { Position } from "./frame.ts";

/** `other`: told by another program, and none of these. */
export type FeedKind = "election" | "log" | "message" | "disk" | "client" | "fault" | "violation" | "other";
export interface FeedRow {
  /** Unique within a run: event number and place within the event. */
  readonly id: string;
  readonly position: Position;
  readonly kind: FeedKind;
  /** Heartbeats and other routine, hidden unless asked for. */
  readonly routine: boolean;
  /** 0 where it concerns none. */
  readonly server: ServerId;
  readonly term: Term;
  readonly text: string;
  /** "§5.4.1", "" if there is none. */
  readonly section: string;
  /** The rule that was followed, in a sentence; "" if there is none. */
  readonly rule: string;
  /** The values that were compared; what the message says, where the row is about one. */
  readonly values: readonly (readonly [name: string, value: string])[];
  /** The message that it is about, and after which event it is under way (`MessageView`) or just lost. */
  readonly message: { readonly id: string; readonly ref: MessageRef; readonly event: number } | null;
  /** Where another program told of it, and what it calls such lines ("" for nothing). */
  readonly told?: {
    readonly file: number;
    readonly line: number;
    readonly topic: string;
    /** What a vote was held against; empty where the line does not tell it. */
    readonly compared: readonly Compared[];
  };
}
export interface FeedFilter {
  /** Empty = all. */
  readonly servers: readonly ServerId[];
  readonly kinds: readonly FeedKind[];
  readonly routine: boolean;
  /** Words that the row must have, in any order; "entry 4" also fits "entries 3–5". Default: none. */
  readonly words?: string;
  /** Only what concerns this group, or none. Default: all groups. */
  readonly group?: GroupId;
  /** Only rows of these topics (`ToldInfo.topics`). Default: all. */
  readonly topics?: readonly string[];
}
