/** Names of the theme's colours: `var(--ink)` as "ink". "term-0" is the grey of the time before any election. */
export type Colour =
  | "ink"
  | "muted"
  | "faint"
  | "line"
  | "line-strong"
  | "panel"
  | "sunken"
  | "select"
  | "ok"
  | "bad"
  | "on-ink"
  | "on-term"
  | `term-${number}`;

/** What a picture is made of, back to front; a canvas and an SVG are drawn from the same. Pixels; `alpha` 1 where left out. */
export type Shape = { readonly alpha?: number } & (
  | {
      readonly kind: "box";
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly radius: number;
      readonly fill?: Colour;
      readonly stroke?: Colour;
      readonly dash?: readonly number[];
      readonly hatched?: true;
    }
  /** x1, y1, x2, y2 of many lines that look the same. */
  | {
      readonly kind: "lines";
      readonly ends: readonly number[];
      readonly stroke: Colour;
      readonly width: number;
      readonly dash?: readonly number[];
    }
  /** x, y and direction in radians of many heads of arrows. */
  | { readonly kind: "heads"; readonly places: readonly number[]; readonly fill: Colour; readonly size: number }
  | {
      readonly kind: "path";
      readonly d: string;
      readonly x: number;
      readonly y: number;
      readonly scale: number;
      readonly fill?: Colour;
      readonly stroke?: Colour;
      readonly width?: number;
    }
  | {
      readonly kind: "text";
      readonly x: number;
      readonly y: number;
      readonly text: string;
      readonly size: number;
      readonly fill: Colour;
      readonly bold?: true;
      readonly mono?: true;
      readonly anchor?: "middle" | "end";
      /** A rim in the ground's colour, so that it can be read over lines. */
      readonly rim?: true;
    }
);

/** About how wide a text is: good enough to know whether there is room for it. */
export const textWidth = (text: string, size: number, mono = false): number => text.length * size * (mono ? 0.6 : 0.56);

/** Around 0,0, for the size 1. */
export const paths = {
  crown: "M-11 0 -13 -12 -5.5 -6.5 0 -15 5.5 -6.5 13 -12 11 0Z",
  cross: "M-4-4 4 4M4-4-4 4",
  tick: "M-3 0.3 -0.9 2.4 3 -2.4",
  disc: "M-6 0A6 6 0 1 0 6 0 6 6 0 1 0-6 0Z",
  dot: "M-3.5 0A3.5 3.5 0 1 0 3.5 0 3.5 3.5 0 1 0-3.5 0Z",
  ring: "M-10.5 0A10.5 10.5 0 1 0 10.5 0 10.5 10.5 0 1 0-10.5 0Z",
  square: "M-5-5H5V5H-5Z",
  stack: "M-5-2H3V5H-5ZM-3-2V-5H5V3H3",
  up: "M0-4.5 4.5 3.5H-4.5Z",
  violation: "M0-6 6 5H-6ZM0-2V1.2M0 2.6V3.2",
  earlier: "M2-4-2 0 2 4",
} as const;

/** How far the middle of letters is above their line. */
const middleOf = 0.36;
const earlierAbove = "M-4 2 0-2 4 2";

/** Where lanes run downwards: the same upright, in the place that along and across have changed. A text stands in the middle of its lane. */
export function turned(shape: Shape & { readonly kind: "text" | "path" }): Shape {
  if (shape.kind === "text") {
    const { x, y, size, anchor } = shape;
    const below = anchor === "middle" ? middleOf : anchor === "end" ? 0 : 0.9;
    return { ...shape, x: y - middleOf * size, y: x + below * size, anchor: "middle" };
  }
  // Its place is under it, all others' is their middle.
  const lift = shape.d === paths.crown ? 7.5 * shape.scale : 0;
  const d = shape.d === paths.earlier ? earlierAbove : shape.d;
  return { ...shape, d, x: shape.y - lift, y: shape.x + lift };
}
