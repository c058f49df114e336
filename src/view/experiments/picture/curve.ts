import type { Run } from "../told.ts";

/** Shares of runs by their value, as steps: geometry in pixels. */

interface Plane {
  readonly x: (value: number) => number;
  readonly y: (share: number) => number;
  readonly width: number;
}

export interface Curve {
  readonly d: string;
  /** The share at each whole pixel from the left edge on. */
  readonly shares: Float32Array;
}

/** Of `n` runs those in `runs`, sorted, came to a value; steps that no pixel shows are left out. */
export function curveOf(runs: readonly Run[], n: number, { x, y, width }: Plane): Curve {
  const shares = new Float32Array(Math.max(1, Math.ceil(width) + 1));
  const parts: string[] = [`M0 ${fixed(y(0))}`];
  let [pixel, before] = [0, 0];
  const stepTo = (at: number, share: number): void => {
    const to = Math.min(shares.length - 1, Math.ceil(at));
    for (; pixel < to; pixel++) shares[pixel] = before;
    if (share === before) return;
    parts.push(`H${fixed(at)}V${fixed(y(share))}`);
    before = share;
  };
  const places = runs.map(({ value }) => clamp(x(value), width));
  for (const [i, at] of places.entries()) {
    const next = places[i + 1];
    if (next !== undefined && next - at < 0.4) continue;
    stepTo(at, (i + 1) / n);
  }
  for (; pixel < shares.length; pixel++) shares[pixel] = before;
  parts.push(`H${fixed(width)}`);
  return { d: parts.join(""), shares };
}

interface Held {
  readonly key: string;
  readonly curve: Curve;
}
const held = new WeakMap<readonly Run[], Held>();

/** As `curveOf`; what was drawn of the same runs in the same plane, which `key` names, is not drawn again. */
export function heldCurve(runs: readonly Run[], n: number, plane: Plane, key: string): Curve {
  const before = held.get(runs);
  if (before?.key === key) return before.curve;
  const curve = curveOf(runs, n, plane);
  held.set(runs, { key, curve });
  return curve;
}

const clamp = (x: number, width: number): number => Math.min(width, Math.max(0, x));
const fixed = (value: number): string => String(Math.round(value * 10) / 10);

/** Of each setting at most so many; more lie on each other. */
const dotsMost = 40;

/** Runs above the 99th percentile, with their share; the longest at least. */
export function rareRuns(runs: readonly Run[], n: number): readonly (Run & { readonly share: number })[] {
  const first = Math.max(Math.min(runs.length - 1, Math.floor(n * 0.99)), runs.length - dotsMost, 0);
  return runs.slice(first).map((run, i) => ({ ...run, share: (first + i + 1) / n }));
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** How tall a label is, how wide a letter, and how far it keeps from its curve. */
const label = { height: 16, letter: 6.6, apart: 7 } as const;
/** Names beside each other are told apart. */
const gap = 10;
/** At which shares of its height a curve's label may stand, the best first. */
const levels = [0.5, 0.62, 0.38, 0.74, 0.26, 0.86, 0.14, 0.94, 0.06];

export interface Placed {
  readonly x: number;
  readonly y: number;
  readonly anchor: "start" | "end";
}

/**
 * Where a curve's name stands: right of it, or over its flat end, where it covers no curve and no other name.
 * `shares`: of all curves; `taken` is added to. Null: there is none that covers no more than `most`.
 */
export function placeLabel(
  text: string,
  own: Curve,
  shares: readonly Float32Array[],
  taken: Box[],
  { y, width }: Omit<Plane, "x">,
  most = Number.POSITIVE_INFINITY,
): Placed | null {
  const size = { width: text.length * label.letter, height: label.height };
  const last = own.shares.at(-1) ?? 0;
  const besides = levels
    .map((level) => level * last)
    .flatMap((share): (Placed & { box: Box })[] => {
      if (last < 0.12) return [];
      const at = own.shares.findIndex((each) => each >= share);
      const top = y(share);
      const right = { x: at + label.apart, y: top + 12, anchor: "start" as const };
      const left = { x: at - label.apart, y: top - 3, anchor: "end" as const };
      return [
        { ...right, box: { x: right.x, y: right.y - 12, ...size } },
        { ...left, box: { x: left.x - size.width, y: left.y - 12, ...size } },
      ];
    });
  const ends = [1, 0.8, 0.6, 0.4].flatMap((part): (Placed & { box: Box })[] => {
    const x = width * part - 4;
    const share = own.shares[Math.max(0, Math.round(x - size.width))] ?? 0;
    const end = own.shares[Math.round(x)] ?? 0;
    const [above, below] = [y(end) - 7, y(share) + 17];
    return [above, below].map((at) => ({
      x,
      y: at,
      anchor: "end" as const,
      box: { x: x - size.width, y: at - 12, ...size },
    }));
  });
  let best: (Placed & { box: Box }) | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const [order, each] of [...besides, ...ends].entries()) {
    const cost = order + covers(each.box, shares, taken, { y, width });
    if (cost < least) [best, least] = [each, cost];
  }
  if (least > most) return null;
  const { box, ...placed } = best ?? { x: width, y: 0, anchor: "end" as const, box: { x: 0, y: 0, ...size } };
  taken.push(box);
  return placed;
}

/** How much of what is drawn lies under a name. */
function covers(
  { x, y: top, width: wide, height }: Box,
  shares: readonly Float32Array[],
  taken: readonly Box[],
  { y, width }: Omit<Plane, "x">,
): number {
  if (x < 0 || x + wide > width || top < y(1) - 40 || top + height > y(0) + 2) return 1000;
  let cost = 0;
  for (const box of taken)
    if (x - gap < box.x + box.width && box.x < x + wide + gap && top < box.y + box.height && box.y < top + height)
      cost += 200;
  for (const own of shares)
    for (let at = Math.round(x); at < x + wide; at += 3) {
      // Between two of these columns a curve runs from the one height to the other.
      const [a, b] = [y(own[at] ?? 0), y(own[Math.min(own.length - 1, at + 3)] ?? 0)];
      if (Math.max(a, b) > top && Math.min(a, b) < top + height) cost += 2;
    }
  return cost;
}
