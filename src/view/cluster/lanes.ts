import type { ServerId } from "../../base/units.ts";
import { client } from "../../base/units.ts";
import type { Point, StageLayout } from "./layout.ts";

/**
 * The way of the messages from one end to another: a curve that bows to the left of its direction, so that a request
 * and the reply to it never share a lane.
 */
export interface Lane {
  readonly from: Point;
  readonly control: Point;
  readonly to: Point;
  readonly length: number;
  /** SVG path data. */
  readonly path: string;
}

/** The lane of a directed link. 0 stands for the client at either end. */
export function laneOf(layout: StageLayout, from: ServerId, to: ServerId): Lane {
  const [a, b] = [endPoint(layout, from), endPoint(layout, to)];
  const bow = freeBow(layout, a, b, from, to);
  const control = bowed(a, b, 2 * bow);
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

/** The point at `where` of the lane, 0 … 1. */
export function pointOn(lane: Lane, where: number): Point {
  const back = 1 - where;
  const [a, b, c] = [back * back, 2 * back * where, where * where];
  return {
    x: a * lane.from.x + b * lane.control.x + c * lane.to.x,
    y: a * lane.from.y + b * lane.control.y + c * lane.to.y,
  };
}

/** Direction of travel at `where`, in degrees. */
export function headingOn(lane: Lane, where: number): number {
  const [p, q] = [pointOn(lane, Math.max(0, where - 0.01)), pointOn(lane, Math.min(1, where + 0.01))];
  return (Math.atan2(q.y - p.y, q.x - p.x) * 180) / Math.PI;
}

export function endPoint(layout: StageLayout, end: ServerId): Point {
  if (end !== client) return layout.servers[end - 1] ?? layout.center;
  const box = layout.client;
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

function margin(layout: StageLayout, end: ServerId): number {
  return end === client ? layout.client.height / 2 : layout.ring;
}

/** How far the middle of the lane stands off the straight line: the usual distance, or one that avoids other discs. */
function freeBow(layout: StageLayout, a: Point, b: Point, from: ServerId, to: ServerId): number {
  const usual = Math.min(34, Math.max(13, Math.hypot(b.x - a.x, b.y - a.y) * 0.12));
  const others = layout.servers.filter((server) => server.id !== from && server.id !== to);
  for (const bow of [usual, usual * 2, -usual, usual * 3, -usual * 2, -usual * 3]) {
    const curve = { from: a, control: bowed(a, b, 2 * bow), to: b, length: 0, path: "" };
    const samples = [0.2, 0.35, 0.5, 0.65, 0.8].map((where) => pointOn(curve, where));
    const clear = layout.ring + 10;
    if (samples.every((p) => others.every((server) => Math.hypot(p.x - server.x, p.y - server.y) > clear))) return bow;
  }
  return usual;
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
