export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A quadratic curve. */
export interface Curve {
  readonly from: Point;
  readonly control: Point;
  readonly to: Point;
}

/** The point at `where` of the curve, 0 … 1. */
export function pointOn(curve: Curve, where: number): Point {
  const back = 1 - where;
  const [a, b, c] = [back * back, 2 * back * where, where * where];
  return {
    x: a * curve.from.x + b * curve.control.x + c * curve.to.x,
    y: a * curve.from.y + b * curve.control.y + c * curve.to.y,
  };
}
