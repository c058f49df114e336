import type { Point } from "../../paint/curve.ts";

/** In pixels of the page. */
export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

/** What lies around a point: as wide as a message, its ends round. */
export interface Pill {
  /** Half of its width, and half of its height, which is not more. */
  readonly half: number;
  readonly high: number;
}

export function boxesOverlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** 0 inside the box. */
export const distanceToBox = (point: Point, { x, y, width, height }: Box): number =>
  distanceTo(point, x, y, width, height);

/** A search for a layout asks millions of times: a box made up for each would cost more than all the rest. */
function distanceTo(point: Point, x: number, y: number, width: number, height: number): number {
  const dx = Math.max(x - point.x, 0, point.x - x - width);
  const dy = Math.max(y - point.y, 0, point.y - y - height);
  return Math.hypot(dx, dy);
}

/** From the edge of a pill to a point; less than 0 inside of it. */
export function pillToPoint(at: Point, { half, high }: Pill, point: Point): number {
  return Math.hypot(Math.max(0, Math.abs(point.x - at.x) - (half - high)), point.y - at.y) - high;
}

/** From the edge of a pill to a box; less than 0 where they meet. */
export function pillToBox(at: Point, { half, high }: Pill, box: Box): number {
  const side = half - high;
  return distanceTo(at, box.x - side, box.y, box.width + 2 * side, box.height) - high;
}

export const centreX = (box: Box): number => box.x + box.width / 2;
export const centreY = (box: Box): number => box.y + box.height / 2;
