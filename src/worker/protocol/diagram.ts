import type { GroupId, Micros, ServerId, Term } from "../../base/units.ts";
import type { Being, SignKind } from "../../history/traffic/traffic.ts";
import type { Position } from "./frame.ts";
import type { MessageKind } from "./message.ts";

export interface DiagramAsk {
  readonly from: Micros;
  readonly to: Micros;
  readonly group: GroupId;
  /** Pixels for that stretch: what would lie closer is told together. */
  readonly width: number;
  /** Spans tell when disks were at work. */
  readonly disks: boolean;
}

/** A space-time diagram's stretch of the present branch, bounded in size however much happens in it. */
export interface Diagram {
  readonly branch: number;
  readonly group: GroupId;
  readonly disks: boolean;
  /** How far the branch is known. */
  readonly end: Position;
  readonly from: Micros;
  readonly to: Micros;
  /** By number. */
  readonly kinds: readonly MessageKind[];
  readonly lanes: readonly Lane[];
  /** Every message of the stretch; none where `bundles` stand for them. */
  readonly messages: readonly Flight[];
  readonly bundles: readonly Bundle[];
  /** Messages that were on their way in the stretch. */
  readonly total: number;
  readonly signs: readonly Sign[];
  readonly acts: readonly { readonly at: Micros; readonly event: number; readonly label: string }[];
  /** What was wrong; `to` null: it still is at the end. */
  readonly troubles: readonly { readonly from: Micros; readonly to: Micros | null; readonly words: string }[];
  /** So many more acts and troubles are left out, where there are too many. */
  readonly leftOut: number;
}

export interface Lane {
  readonly server: ServerId;
  /** From the last change before the stretch on; each lasts to the next. */
  readonly spans: readonly Span[];
}
export interface Span extends Being {
  readonly at: Micros;
  /** It stands for so many changes that lie closer than a pixel; left out: for one. */
  readonly many?: number;
  /** Nobody tells what the server was: `role` and `term` (0) mean nothing. */
  readonly untold?: true;
}

/**
 * A message. As a tuple, since there are thousands: when it was sent; when it came or vanished, or will as far as is
 * known (null: nobody knows); in which events (0: not yet); the ends (0: a client); the number among those of its link, and
 * of which copy; its kind in `Diagram.kinds`; its fate (0: under way) and its answer (0: it is none), as below; its term; how many entries it
 * carries; how much of its way one that was lost had gone, in percent.
 */
export type Flight = readonly [
  sentAt: Micros,
  endAt: Micros | null,
  sentIn: number,
  endedIn: number,
  from: ServerId,
  to: ServerId,
  ordinal: number,
  copy: number,
  kind: number,
  fate: number,
  answer: number,
  term: Term,
  entries: number,
  way: number,
];
/** Messages from one server to another that were sent close to each other: `sentAt` and `endAt` are those of the middle one. */
export interface Bundle {
  readonly from: ServerId;
  readonly to: ServerId;
  readonly first: Micros;
  readonly last: Micros;
  readonly sentAt: Micros;
  readonly endAt: Micros;
  readonly count: number;
  readonly lost: number;
  readonly reply: boolean;
  /** The highest of theirs. */
  readonly term: Term;
  /** In which the first was sent. */
  readonly event: number;
}
/** Two of its fates, and one of its answers: the other, 1, is no. */
export const received = 1;
export const lost = 2;
/** Of what another program told of: nobody tells what became of it, or when it was sent. Its other end is a guess then. */
export const lostSight = 3;
export const outOfNowhere = 4;
export const saysYes = 2;
export type { SignKind };

export interface Sign {
  readonly at: Micros;
  readonly event: number;
  readonly kind: SignKind;
  readonly server: ServerId;
  /** Whom it concerns too; 0: nobody. */
  readonly other: ServerId;
  /** A term or an index, 0 where it has none: a pre-vote, asked for or promised, is of none. */
  readonly value: number;
  /** It stands for so many of its kind. */
  readonly count: number;
}
