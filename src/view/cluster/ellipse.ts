import { bisectLeft, cumsum } from "d3";
import type { Point } from "../../paint/curve.ts";

/** `count` points at equal distances along an ellipse around 0, the first at the top, clockwise. */
export function ringPoints(count: number, rx: number, ry: number): Point[] {
  const ratio = ry === 0 ? 1 : Math.round((rx / ry) * 50) / 50;
  const key = `${count} ${ratio}`;
  const turns = knownTurns.get(key) ?? equalTurns(count, ratio);
  knownTurns.set(key, turns);
  return turns.map((turn) => ({ x: rx * Math.sin(turn), y: -ry * Math.cos(turn) }));
}

/** The search asks for the same few shapes over and over. */
const knownTurns = new Map<string, readonly number[]>();

/** Angles from the top, in radians, of `count` points that are equally far apart on an ellipse `ratio` times as wide as high. */
function equalTurns(count: number, ratio: number): readonly number[] {
  const steps = 120;
  const turns = Array.from({ length: steps + 1 }, (_, i) => (i / steps) * 2 * Math.PI);
  const lengths = turns.map((turn, i) => {
    const before = turns[i - 1] ?? 0;
    return Math.hypot(ratio * (Math.sin(turn) - Math.sin(before)), Math.cos(turn) - Math.cos(before));
  });
  const walked = cumsum(lengths);
  const turnAfter = (length: number): number => {
    const i = Math.max(1, bisectLeft(walked, length));
    const share = (length - walked[i - 1]!) / (walked[i]! - walked[i - 1]!);
    return turns[i - 1]! + share * (turns[i]! - turns[i - 1]!);
  };
  return Array.from({ length: count }, (_, k) => turnAfter((walked[steps]! * k) / count));
}
