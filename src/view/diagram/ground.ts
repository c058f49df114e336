import type { Micros } from "../../base/units.ts";
import type { Density } from "../../store/diagram.ts";
import type { Diagram } from "../../worker/protocol/diagram.ts";
import type { PastEvent } from "../../worker/protocol/why.ts";
import type { MessageRef } from "../../world/state/messages.ts";
import type { Rows } from "./lanes.ts";
import type { Shape } from "./shapes.ts";

/** What is lit on the page, as far as it is in the picture. */
export interface Lit {
  /** What led to an event, and that event, by event; empty where it is something else that is lit. */
  readonly past: ReadonlyMap<number, PastEvent>;
  /** The event that `past` tells of; 0: none. */
  readonly about: number;
  event(event: number): boolean;
}

export interface View {
  readonly diagram: Diagram;
  readonly from: Micros;
  readonly to: Micros;
  /** Pixels along the lanes, and across them. */
  readonly width: number;
  readonly height: number;
  /** Lanes run downwards. */
  readonly down?: boolean;
  readonly density: Density;
  /** Null: nothing in particular is lit. */
  readonly lit: Lit | null;
  readonly clients: boolean;
  readonly disks: boolean;
  /** The moment that is shown, and until when the run may be. */
  readonly now: Micros;
  readonly shown: Micros;
  /** Which message is selected. */
  readonly selected: MessageRef | null;
  /** Arrows have numbers, for a list beneath. */
  readonly numbered?: true;
}

/** What can be clicked: where it is, and which of the diagram's messages, bundles or signs, or which event it is. */
export type Hit =
  | { readonly of: "flight" | "bundle" | "sign"; readonly place: number; readonly ends: readonly number[] }
  | { readonly of: "event"; readonly event: number; readonly ends: readonly number[]; readonly words: string };

/** What the parts of a scene are laid out with. */
export interface Ground {
  readonly view: View;
  readonly rows: Rows;
  readonly x: (at: Micros) => number;
  /** To where the run is known, and may be shown. */
  readonly known: Micros;
  /** How strong is what is not lit: 0 where it is left out. */
  readonly rest: number;
}

export const restOf = ({ density, lit }: Pick<View, "density" | "lit">): number =>
  lit === null || density === "all" ? 1 : density === "context" ? 0.26 : 0;

/** A part of a scene. */
export interface Part {
  readonly shapes: readonly Shape[];
  readonly hits: readonly Hit[];
}
