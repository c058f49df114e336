import type { Micros } from "../base/units.ts";
import type { Curve } from "./curve.ts";

/** What the page tells the painter. A part that is left out is as it was. */
export interface Update {
  /** The canvas to paint on from here on. */
  readonly canvas?: OffscreenCanvas;
  /** Size and colours; sprites and lanes from before are forgotten. */
  readonly look?: Look;
  readonly sprites?: readonly Sprite[];
  readonly lanes?: readonly Lane[];
  readonly picture?: Picture;
  readonly time?: Time;
}

/** All that the painter ever says: that it listens, and that a first picture is on the canvas that it was given. */
export type Word = "ready" | "painted";

export interface Look {
  /** In pixels of the page. */
  readonly width: number;
  readonly height: number;
  /** Pixels of the screen in one of the page. */
  readonly ratio: number;
  /** Things jump rather than glide. */
  readonly still: boolean;
  readonly colours: Colours;
}

export interface Colours {
  readonly paper: string;
  readonly ink: string;
  readonly muted: string;
  readonly line: string;
}

/** A picture of a mark, to be drawn many times; its middle stands at `left`, `top`. All in pixels of the screen. */
export interface Sprite {
  readonly key: number;
  readonly image: ImageBitmap;
  readonly left: number;
  readonly top: number;
}

/** A way that marks take. */
export interface Lane {
  readonly key: number;
  readonly curve: Curve;
}

/** What there is between two changes of the run. */
export interface Picture {
  /** Numbers of marks on their way, `flightNumbers` each, the lowest first. */
  readonly flights: Float64Array<ArrayBuffer>;
  readonly rings: readonly Ring[];
  /** Where nothing that moves is seen: there something is written. */
  readonly written: readonly Area[];
}

/** In pixels of the page. */
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Of one mark: its sprite, its lane, when it was sent and when it arrives in microseconds; the place on its lane, 0 … 1,
 * where it stands instead, -1: it moves; whether its lane is drawn, 1 or 0; the part of its lane on which it flies, from
 * and to, 0 … 1; how much of it is to be seen, 0 … 1.
 */
export const flightNumbers = 9;

/** What lies around one server, under its disc. Lengths in pixels of the page. */
export interface Ring {
  readonly x: number;
  readonly y: number;
  /** Radius of the paper under it, and of the thin line around that if there is one. */
  readonly paper: number;
  readonly line: boolean;
  readonly arc: Arc | null;
}

/** What is left of a timer, from the top clockwise. */
export interface Arc {
  readonly radius: number;
  readonly width: number;
  readonly colour: "ink" | "muted";
  /** When it fires, and what it was set for. */
  readonly due: Micros;
  readonly length: Micros;
}

/** How time passes. */
export interface Time {
  /** Virtual time in microseconds at `wall`, milliseconds since 1970. */
  readonly at: Micros;
  readonly wall: number;
  /** Virtual seconds per second; 0: time stands. */
  readonly speed: number;
  /** Until when the picture is true. */
  readonly limit: Micros;
  /** For how long after that what moves goes on as it does: until the next picture is there. */
  readonly beyond: Micros;
}

/** The time to draw at wall time `wall`. */
export const timeAt = ({ at, wall: since, speed, limit, beyond }: Time, wall: number): Micros =>
  Math.max(at, Math.min(limit + beyond, at + Math.max(0, wall - since) * 1000 * speed));

/** Wall time that means the same in every thread. */
export const wallNow = (): number => performance.timeOrigin + performance.now();
