import { minIndex, sum } from "d3";
import type { ServerId } from "../../base/units.ts";
import { client } from "../../base/units.ts";
import { type Curve, type Point, pointOn } from "../../paint/curve.ts";
import { type Box, distanceToBox, type ServerPlace, type StageLayout } from "./layout.ts";

/**
 * The way of the messages from one end to another: a curve that bows to the left of its direction if it can, so that a
 * request and the reply to it never share a lane.
 */
export interface Lane extends Curve {
  readonly length: number;
  /** SVG path data. */
  readonly path: string;
}

/** The lane of a directed link. 0 stands for the client at either end. */
export function laneOf(layout: StageLayout, from: ServerId, to: ServerId): Lane {
  const [a, b] = [endPoint(layout, from), endPoint(layout, to)];
  const control = bowed(a, b, 2 * bowOf(layout, from, to));
  const start = toward(a, control, margin(layout, from));
  const end = toward(b, control, margin(layout, to));
  return {
    from: start,
    control,
    to: end,
    length: Math.hypot(end.x - start.x, end.y - start.y),
    path: `M${round(start)}Q${round(control)} ${round(end)}`,
  };
}

/** The straight way between two ends, from edge to edge: its two points. */
export function straightBetween(layout: StageLayout, from: ServerId, to: ServerId): readonly [Point, Point] {
  const [a, b] = [endPoint(layout, from), endPoint(layout, to)];
  return [toward(a, b, margin(layout, from)), toward(b, a, margin(layout, to))];
}

/** Direction of travel at `where`, in degrees. */
export function headingOn(lane: Lane, where: number): number {
  const [p, q] = [pointOn(lane, Math.max(0, where - 0.01)), pointOn(lane, Math.min(1, where + 0.01))];
  return (Math.atan2(q.y - p.y, q.x - p.x) * 180) / Math.PI;
}

/** Where the lanes of a server or, at the top of its box, of the client meet. */
export function endPoint(layout: StageLayout, end: ServerId): Point {
  if (end !== client) return layout.servers[end - 1] ?? layout.center;
  const { x, y, width } = layout.client;
  return { x: x + width / 2, y };
}

function margin(layout: StageLayout, end: ServerId): number {
  return end === client ? 2 : layout.ring;
}

/** How both lanes of a pair may be moved together, in multiples of the usual bow, when they would meet something. */
const pairShifts = [0, 0.7, -0.7, 1.4, -1.4];
/** The client stands apart: its lanes cross the whole stage and may swing further. */
const clientShifts = [...pairShifts, 1.8, -1.8, 2.2, -2.2, 2.6, -2.6, 3, -3, 3.6, -3.6, 4.2, -4.2];

/**
 * How far the middle of a lane stands off the straight line, to its left. The two lanes of a pair are always two bows
 * apart: on both sides of the line or, if they would run into other servers there, both on one side.
 */
function bowOf(layout: StageLayout, from: ServerId, to: ServerId): number {
  const [low, high] = from < to ? [from, to] : [to, from];
  const [a, b] = [endPoint(layout, low), endPoint(layout, high)];
  const usual = Math.min(34, Math.max(13, Math.hypot(b.x - a.x, b.y - a.y) * 0.12));
  const cost = (shift: number) => {
    const curves = [shift + 1, shift - 1].map((bow) => ({ from: a, control: bowed(a, b, 2 * usual * bow), to: b }));
    return sum(curves, (curve) => meetings(layout, curve, low, high)) + Math.abs(shift);
  };
  const shifts = low === client ? clientShifts : pairShifts;
  const shift = shifts[minIndex(shifts, cost)] ?? 0;
  return usual * (from === low ? 1 + shift : 1 - shift);
}

/** How many points of a curve lie on other discs (these count most), on labels or on what else stands still, weighed by how much that hides. */
function meetings(layout: StageLayout, curve: Curve, from: ServerId, to: ServerId): number {
  const others = layout.servers.filter((server) => server.id !== from && server.id !== to);
  const fixed = [layout.caption, layout.legend];
  const labels = layout.servers.map(usualText);
  const clear = layout.ring + 10;
  let met = 0;
  for (let i = 2; i <= 18; i += 1) {
    const point = pointOn(curve, i / 20);
    met += 10 * others.filter((server) => Math.hypot(point.x - server.x, point.y - server.y) < clear).length;
    met += 6 * fixed.filter((box) => distanceToBox(point, box) < 10).length;
    met += 2 * labels.filter((box) => distanceToBox(point, box) < 6).length;
    if (point.x < 8 || point.y < 8 || point.x > layout.width - 8 || point.y > layout.height - 8) met += 5;
  }
  return met;
}

/** The part of a label that most texts take. */
function usualText({ label, align }: ServerPlace): Box {
  const width = Math.min(label.width, 104);
  const spare = label.width - width;
  return { ...label, x: label.x + (align === "end" ? spare : align === "middle" ? spare / 2 : 0), width };
}

/** The middle between two points, moved to the left of the way from `a` to `b`. */
function bowed(a: Point, b: Point, by: number): Point {
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  return { x: (a.x + b.x) / 2 + ((b.y - a.y) / length) * by, y: (a.y + b.y) / 2 - ((b.x - a.x) / length) * by };
}

function toward(point: Point, goal: Point, by: number): Point {
  const length = Math.hypot(goal.x - point.x, goal.y - point.y) || 1;
  return { x: point.x + ((goal.x - point.x) / length) * by, y: point.y + ((goal.y - point.y) / length) * by };
}

const round = (p: Point) => `${p.x.toFixed(1)} ${p.y.toFixed(1)}`;
