import type { GroupId, ServerId, Term } from "../../base/units.ts";
import type { Position } from "./frame.ts";

export type FeedKind = "election" | "log" | "message" | "disk" | "client" | "fault" | "violation";
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
  /** The values that were compared. */
  readonly values: readonly (readonly [name: string, value: string])[];
}
export interface FeedFilter {
  /** Empty = all. */
  readonly servers: readonly ServerId[];
  readonly kinds: readonly FeedKind[];
  readonly routine: boolean;
  /** Only what concerns this group, or none. Default: all groups. */
  readonly group?: GroupId;
}
