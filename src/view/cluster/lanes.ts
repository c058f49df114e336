import { minIndex, range } from "d3";
import type { ServerId } from "../../base/units.ts";
import { client } from "../../base/units.ts";
import { type Curve, type Point, pointOn } from "../../paint/curve.ts";
import { alongPart, type Flown } from "../../paint/motion.ts";
import { type Box, type Pill, pillToBox, pillToPoint } from "./boxes.ts";
import { fixedBoxes, type StageLayout, widestPill } from "./places.ts";

/** A place that lanes begin and end at: a server's ring, or the client's box. */
type End = { readonly at: Point; readonly ring: number } | { readonly box: Box };

/**
 * The way of the messages from one end to another: a curve that bows to the left of its direction if it can, so that a
 * request and the reply to it never share a lane.
 */
export interface Lane extends Way {
  /** SVG path data. */
  readonly path: string;
}

interface Way extends Curve {
  readonly length: number;
  readonly ends: readonly [End, End];
}

/** Both lanes between two ends, the one from the lower number first. */
type Pair = readonly [Way, Way];
const known = new WeakMap<StageLayout, Map<number, readonly [Lane, Lane]>>();

const drawnPair = ([forth, back]: Pair): readonly [Lane, Lane] => [drawn(forth), drawn(back)];
const drawn = (way: Way): Lane => ({ ...way, path: `M${round(way.from)}Q${round(way.control)} ${round(way.to)}` });

/** The lane of a directed link. 0 stands for the client at either end. */
export function laneOf(layout: StageLayout, from: ServerId, to: ServerId): Lane {
  const [low, high] = from < to ? [from, to] : [to, from];
  const lanes = known.get(layout) ?? new Map<number, readonly [Lane, Lane]>();
  known.set(layout, lanes);
  const key = 16 * low + high;
  const pair = lanes.get(key) ?? drawnPair(choosePair(layout, low, high));
  lanes.set(key, pair);
  return pair[from === low ? 0 : 1];
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

// ---- how far messages go ------------------------------------------------------------------------------------

/** A message stays so far away from both ends. */
const clearance = 4;
const flown = new WeakMap<Way, Map<number, Flown>>();

/** The part of its lane on which a message of that size touches neither end, wherever it is. */
export function flownPart(lane: Way, pill: Pill): Flown {
  const parts = flown.get(lane) ?? new Map<number, Flown>();
  flown.set(lane, parts);
  const part = parts.get(pill.half) ?? ([leaves(lane, pill, 0), leaves(lane, pill, 1)] as const);
  parts.set(pill.half, part);
  return part;
}

const halfway = 25;
/** From one end on, the first place of the lane that is clear of it; the middle if none is. */
function leaves(lane: Way, pill: Pill, side: 0 | 1): number {
  for (let i = 0; i < halfway; i += 1) {
    const part = i / (2 * halfway);
    const where = side === 0 ? part : 1 - part;
    if (pillToEnd(pointOn(lane, where), pill, lane.ends[side]) >= clearance) return where;
  }
  return 0.5;
}

const pillToEnd = (at: Point, pill: Pill, end: End): number =>
  "box" in end ? pillToBox(at, pill, end.box) : pillToPoint(at, pill, end.at) - end.ring;

// ---- which way they take ------------------------------------------------------------------------------------

/** How both lanes of a pair may be moved together, in multiples of the usual bow, when they would meet something. */
const pairShifts = [0, 0.7, -0.7, 1.4, -1.4, 2, -2, 2.6, -2.6];
/** The client stands apart: its lanes cross the whole stage and may swing further. */
const clientShifts = [...pairShifts, 3.2, -3.2, 4, -4, 5, -5];
/** Where on the straight line the middle of the bow may lie. */
const clientMiddles = [0.5, 0.3, 0.7];

/**
 * The two lanes of a pair are always two bows apart: on both sides of the straight line or, if they would meet something
 * there, both on one side.
 */
function choosePair(layout: StageLayout, low: ServerId, high: ServerId): Pair {
  if (layout.chips !== null) return [chipLane(layout, low, high), chipLane(layout, high, low)];
  const middles = low === client ? clientMiddles : [0.5];
  const shifts = low === client ? clientShifts : pairShifts;
  const seen: { readonly pair: Pair; readonly cost: number }[] = [];
  for (const shift of shifts) {
    for (const middle of middles) {
      const pair = pairWith(layout, low, high, shift, middle);
      const met = pair.reduce((sum, lane) => sum + meetings(layout, lane, low, high), 0);
      if (met === 0) return pair;
      seen.push({ pair, cost: met + 0.01 * Math.abs(shift) });
    }
  }
  return seen[minIndex(seen, ({ cost }) => cost)]!.pair;
}

function pairWith(layout: StageLayout, low: ServerId, high: ServerId, shift: number, middle: number): Pair {
  const [a, b] = [endPoint(layout, low), endPoint(layout, high)];
  const usual = Math.min(34, Math.max(13, Math.hypot(b.x - a.x, b.y - a.y) * 0.12)) * layout.scale;
  const forth = bowed(a, b, 2 * usual * (1 + shift), middle);
  const back = bowed(a, b, 2 * usual * (shift - 1), middle);
  return [laneBetween(layout, low, high, forth), laneBetween(layout, high, low, back)];
}

/** How far to the right of the straight line messages between chips keep. */
const aside = 6;

/** Between chips messages go straight, and pass under those that stand between. */
function chipLane(layout: StageLayout, from: ServerId, to: ServerId): Way {
  const [start, end] = [endPoint(layout, from), endPoint(layout, to)];
  const away = bowed(start, end, -aside, 0);
  const back = bowed(end, start, aside, 0);
  const control = { x: (away.x + back.x) / 2, y: (away.y + back.y) / 2 };
  return {
    from: away,
    control,
    to: back,
    length: Math.hypot(back.x - away.x, back.y - away.y),
    ends: [endOf(layout, from), endOf(layout, to)],
  };
}

function laneBetween(layout: StageLayout, from: ServerId, to: ServerId, control: Point): Way {
  const start = toward(endPoint(layout, from), control, margin(layout, from));
  const end = toward(endPoint(layout, to), control, margin(layout, to));
  return {
    from: start,
    control,
    to: end,
    length: Math.hypot(end.x - start.x, end.y - start.y),
    ends: [endOf(layout, from), endOf(layout, to)],
  };
}

const endOf = (layout: StageLayout, id: ServerId): End =>
  id === client ? { box: layout.client } : { at: endPoint(layout, id), ring: layout.ring };

function margin(layout: StageLayout, end: ServerId): number {
  return end === client ? 2 : layout.ring;
}

/** What a message meets on its way, weighed: other discs count most. */
function meetings(layout: StageLayout, lane: Way, low: ServerId, high: ServerId): number {
  let met = 0;
  for (const trouble of troublesOn(layout, lane, low, high)) met += trouble.weight;
  return met;
}

interface Trouble {
  readonly what: string;
  readonly weight: number;
}

const samples = range(0, 13).map((i) => i / 12);

function* troublesOn(layout: StageLayout, lane: Way, low: ServerId, high: ServerId): Generator<Trouble> {
  const pill = low === client ? clientPill(layout) : widestPill(layout);
  const part = flownPart(lane, pill);
  const fixed = fixedBoxes(layout);
  if (low !== client) yield* troublesAtEnds(layout, lane);
  for (const place of samples) {
    const at = pointOn(lane, alongPart(part, place));
    for (const server of layout.servers) {
      const own = server.id === low || server.id === high;
      if (!own && pillToPoint(at, pill, server) < layout.ring + 2) yield { what: `disc S${server.id}`, weight: 10 };
      if (pillToBox(at, pill, server.label) < 0) yield { what: `label S${server.id}`, weight: 2 };
    }
    for (const { name, owner, box } of fixed) {
      const own = owner === "client" && low === client;
      if (!own && pillToBox(at, pill, box) < 2) yield { what: name, weight: 6 };
    }
    if (leavesStage(layout, at, pill)) yield { what: "edge", weight: 5 };
  }
}

/** It is clear of both ends somewhere, and the smallest message is seen to move. */
function* troublesAtEnds(layout: StageLayout, lane: Way): Generator<Trouble> {
  const middle = pointOn(lane, 0.5);
  const pill = widestPill(layout);
  if (lane.ends.some((end) => pillToEnd(middle, pill, end) < clearance)) yield { what: "its ends", weight: 8 };
  const [start, end] = flownPart(lane, smallestPill(layout));
  if ((end - start) * lane.length < movesLeast) yield { what: "no way to go", weight: 8 };
}

const movesLeast = 12;
const smallestPill = ({ scale }: StageLayout): Pill => ({ half: 13 * scale, high: 11 * scale });
const clientPill = ({ scale }: StageLayout): Pill => ({ half: 13 * scale, high: 10 * scale });

function leavesStage({ width, height }: StageLayout, { x, y }: Point, { half, high }: Pill): boolean {
  return x < half || y < high || x > width - half || y > height - high;
}

/** What messages between servers meet on their ways, by name: nothing in a good layout. The client's may pass under a server. */
export function* laneTroubles(layout: StageLayout): Generator<string> {
  for (const { id: low } of layout.servers) {
    for (const { id: high } of layout.servers.slice(low)) {
      for (const lane of [laneOf(layout, low, high), laneOf(layout, high, low)]) {
        for (const { what } of troublesOn(layout, lane, low, high)) yield `${low} - ${high}: ${what}`;
      }
    }
  }
}

/** Whether messages between servers meet nothing on their ways. Neighbours, who have the least room, are asked first. */
export function hasFreeLanes(layout: StageLayout): boolean {
  const ids = layout.servers.map(({ id }) => id);
  if (ids.length > 1 && nearest(layout) < gapLeast * layout.scale) return false;
  return ids.every((apart) => ids.every((low) => low + apart > ids.length || isFree(layout, low, low + apart)));
}

/** Between two rings, as no lane makes up for less. */
const gapLeast = 22;

function nearest({ servers, ring }: StageLayout): number {
  const [first, ...others] = servers;
  const gaps = servers.map((one, i) => {
    const next = servers[i + 1] ?? first!;
    return Math.hypot(next.x - one.x, next.y - one.y) - 2 * ring;
  });
  return others.length === 0 ? Number.POSITIVE_INFINITY : Math.min(...gaps);
}

const isFree = (layout: StageLayout, low: ServerId, high: ServerId): boolean =>
  pairShifts.some((shift) =>
    pairWith(layout, low, high, shift, 0.5).every((lane) => troublesOn(layout, lane, low, high).next().done === true),
  );

/** A point of the straight line between two points, moved to the left of the way from `a` to `b`. */
function bowed(a: Point, b: Point, by: number, middle: number): Point {
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  return {
    x: a.x + (b.x - a.x) * middle + ((b.y - a.y) / length) * by,
    y: a.y + (b.y - a.y) * middle - ((b.x - a.x) / length) * by,
  };
}

function toward(point: Point, goal: Point, by: number): Point {
  const length = Math.hypot(goal.x - point.x, goal.y - point.y) || 1;
  return { x: point.x + ((goal.x - point.x) / length) * by, y: point.y + ((goal.y - point.y) / length) * by };
}

const round = (p: Point) => `${p.x.toFixed(1)} ${p.y.toFixed(1)}`;
