import { bisectLeft, cumsum } from "d3";
import type { ServerId } from "../../base/units.ts";
import type { Point } from "../../paint/curve.ts";

/** Where everything on the stage stands. Pure: a number of servers and a size in, pixels out. */

export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

/** What a label has room for. `stacked`: name, doing, log. `inline`: name and doing on one line, log. `short`: name, log. `name`: that. */
export type LabelDetail = "stacked" | "inline" | "short" | "name";

export interface ServerPlace extends Point {
  readonly id: ServerId;
  readonly label: Box;
  /** Which edge of the label its text keeps to. */
  readonly align: "start" | "middle" | "end";
}

/** All lengths in CSS pixels, origin at the top left of the stage. */
export interface StageLayout {
  readonly width: number;
  readonly height: number;
  /** Labels stand under the servers, the client in a row at the bottom; the legend opens over the stage on demand. */
  readonly narrow: boolean;
  readonly center: Point;
  /** Of a server's disc. Its ring is at `ring`, and nothing that belongs to it but crown and label lies beyond `reach`. */
  readonly radius: number;
  readonly ring: number;
  readonly reach: number;
  /** Width of the crown that stands on the ring. */
  readonly crown: number;
  readonly detail: LabelDetail;
  readonly servers: readonly ServerPlace[];
  readonly client: Box;
  /** The client's requests, one line of 16 px each. */
  readonly caption: Box;
  /** What the legend needs: open beside the servers on wide stages, elsewhere only its button. */
  readonly legend: Box;
  readonly legendBeside: boolean;
  readonly hint: Box;
}

interface Frame {
  readonly width: number;
  readonly height: number;
  readonly narrow: boolean;
  readonly client: Box;
  readonly caption: Box;
  readonly legend: Box;
  readonly legendBeside: boolean;
  readonly hint: Box;
}
interface Attempt {
  readonly detail: LabelDetail;
  readonly label: { readonly width: number; readonly height: number };
  readonly radius: number;
  /** Of the ring's centre, from the middle of the stage. */
  readonly shift: number;
  /** Greatest width of the ring of servers relative to its height. */
  readonly stretch: number;
  /** How far the ring of servers stays above the bottom. */
  readonly lift: number;
}

const narrowBelow = 620;
/** Width from which the legend stands open beside the servers. */
const legendFrom = 900;
const radiusMin = 13;
const margin = 12;
const labelGap = 6;

/**
 * Places `count` servers, 1 … 9. Takes the roomiest arrangement in which nothing touches anything else; one in which
 * the servers stand in a narrow column only if there is no other.
 */
export function layoutStage(count: number, width: number, height: number): StageLayout {
  let spare: StageLayout | null = null;
  let last: StageLayout | null = null;
  for (const frame of frames(width, height)) {
    for (const attempt of attempts(frame)) {
      const layout = place(count, frame, attempt);
      const good = collisions(layout).next().done === true;
      if (good && isRound(layout)) return layout;
      if (good) spare ??= layout;
      last = layout;
    }
  }
  return (spare ?? last)!;
}

function isRound({ servers, narrow }: StageLayout): boolean {
  if (narrow || servers.length < 3) return true;
  const span = (values: number[]) => Math.max(...values) - Math.min(...values);
  return span(servers.map((s) => s.x)) > 0.75 * span(servers.map((s) => s.y));
}

/** The pairs of things that overlap, by name, found one by one: none for a good layout. */
export function* collisions(layout: StageLayout): Generator<string> {
  const shapes = occupied(layout);
  for (const [i, a] of shapes.entries()) {
    if (!inside(a.box, layout)) yield `${a.name} - edge`;
    for (let j = 0; j < i; j += 1) {
      const b = shapes[j]!;
      if (a.owner !== b.owner && touch(a, b)) yield `${b.name} - ${a.name}`;
    }
  }
}

// ---- the fixed things ---------------------------------------------------------------------------------------

function frames(width: number, height: number): Frame[] {
  if (width < narrowBelow) return [narrowFrame(width, height)];
  const closed = wideFrame(width, height, false);
  return width < legendFrom ? [closed] : [wideFrame(width, height, true), closed];
}

function wideFrame(width: number, height: number, legendBeside: boolean): Frame {
  return {
    width,
    height,
    narrow: false,
    client: { x: 24, y: height - 92, width: 64, height: 36 },
    caption: { x: 24, y: height - 48, width: 204, height: 34 },
    legend: legendBeside ? { x: 16, y: 10, width: 228, height: 236 } : { x: 8, y: 8, width: 124, height: 32 },
    legendBeside,
    hint: { x: width - 352, y: height - 30, width: 340, height: 20 },
  };
}

function narrowFrame(width: number, height: number): Frame {
  return {
    width,
    height,
    narrow: true,
    client: { x: 10, y: height - 36, width: 54, height: 28 },
    caption: { x: 72, y: height - 30, width: width - 80, height: 18 },
    legend: { x: 4, y: 4, width: 44, height: 44 },
    legendBeside: false,
    hint: { x: 72, y: height - 30, width: width - 80, height: 18 },
  };
}

// ---- the search ---------------------------------------------------------------------------------------------

const wideLabels = [
  { detail: "stacked", width: 156, height: 52, radiusMin: 26 },
  { detail: "stacked", width: 124, height: 52, radiusMin: 21 },
  { detail: "inline", width: 124, height: 34, radiusMin: 16 },
  { detail: "short", width: 76, height: 34, radiusMin },
  { detail: "short", width: 50, height: 34, radiusMin },
  { detail: "name", width: 24, height: 17, radiusMin },
] as const;
const narrowLabels = [
  { detail: "stacked", width: 112, height: 48, radiusMin: 20 },
  { detail: "inline", width: 120, height: 32, radiusMin: 17 },
  { detail: "short", width: 66, height: 32, radiusMin: 15 },
  { detail: "short", width: 54, height: 32, radiusMin },
  { detail: "name", width: 24, height: 17, radiusMin },
] as const;

function* attempts(frame: Frame): Generator<Attempt> {
  const largest = Math.max(
    radiusMin,
    Math.min(48, Math.round(Math.min(10 + frame.height * 0.05, frame.width * 0.075))),
  );
  const shifts = frame.narrow ? [0] : [0, 40, 80, 120];
  const flat = frame.width > 2.4 * frame.height;
  const stretches = frame.narrow ? [1.15, 1.6] : flat ? [1.7, 1.4, 1.1, 2, 2.4] : [1.1, 1.4, 1.8, 2.4];
  const labels = frame.narrow ? narrowLabels : wideLabels.slice(0, frame.legendBeside ? 2 : undefined);
  for (const label of labels) {
    const smallest = Math.min(largest, frame.legendBeside ? 24 : label.radiusMin);
    for (let radius = largest; radius >= smallest; radius -= 2) {
      for (const stretch of stretches) {
        for (const lift of frame.narrow ? [0] : [4, 26]) {
          for (const shift of shifts) yield { detail: label.detail, label, radius, stretch, lift, shift };
        }
      }
    }
  }
}

function place(count: number, frame: Frame, attempt: Attempt): StageLayout {
  const { radius } = attempt;
  const ring = radius + (radius < 20 ? 4 : 7);
  const sizes = { radius, ring, reach: ring + (radius < 20 ? 5 : 7), crown: radius < 20 ? 18 : radius < 30 ? 22 : 26 };
  const ellipse = fitEllipse(count, frame, attempt, sizes);
  const servers = ringPoints(count, ellipse.rx, ellipse.ry).map((point, i) => {
    const at = { x: ellipse.cx + point.x, y: ellipse.cy + point.y };
    return { id: i + 1, ...at, ...labelPlace(at, point.x > -1, frame.narrow, attempt.label, sizes.reach) };
  });
  return { ...frame, ...sizes, detail: attempt.detail, center: { x: ellipse.cx, y: ellipse.cy }, servers };
}

interface Sizes {
  readonly ring: number;
  readonly reach: number;
  readonly crown: number;
}

/** The largest ring of servers for which discs, crowns and labels stay on the stage and above the client's row. */
function fitEllipse(count: number, frame: Frame, attempt: Attempt, sizes: Sizes) {
  const { label, shift, stretch, lift } = attempt;
  const top = margin + Math.max(sizes.reach, sizes.ring + crownHeight(sizes.crown));
  const under = frame.narrow ? sizes.reach + label.height + 28 : Math.max(sizes.reach, label.height / 2) + lift;
  const bottom = frame.height - margin - under;
  const beside = frame.narrow ? Math.max(sizes.reach, label.width / 2) : sizes.reach + labelGap + label.width;
  const cx = frame.width / 2 + shift;
  const cy = (top + bottom) / 2;
  if (count === 1) return { cx, cy, rx: 0, ry: 0 };
  const ry = Math.max(0, Math.min((bottom - top) / 2, 300));
  return { cx, cy, rx: Math.max(0, Math.min(frame.width / 2 - shift - margin - beside, ry * stretch)), ry };
}

/** Boxes around everything that stands still, for whoever looks for a free place. */
export function takenBoxes(layout: StageLayout): readonly Box[] {
  return occupied(layout).map((shape) => shape.box);
}

function crownHeight(crownWidth: number): number {
  return (crownWidth * 16) / 26;
}

/** `count` points at equal distances along an ellipse around 0, the first at the top, clockwise. */
function ringPoints(count: number, rx: number, ry: number): Point[] {
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

function labelPlace(at: Point, right: boolean, narrow: boolean, size: Attempt["label"], reach: number) {
  const { width, height } = size;
  if (narrow) return { label: { x: at.x - width / 2, y: at.y + reach, width, height }, align: "middle" as const };
  const y = at.y - height / 2;
  return right
    ? { label: { x: at.x + reach + labelGap, y, width, height }, align: "start" as const }
    : { label: { x: at.x - reach - labelGap - width, y, width, height }, align: "end" as const };
}

// ---- what touches what --------------------------------------------------------------------------------------

interface Shape {
  readonly name: string;
  readonly owner: string;
  readonly box: Box;
  /** The shape is the circle in the box. */
  readonly round: boolean;
}

/** Everything that must stay free: the outline of each drawn thing. */
function occupied(layout: StageLayout): Shape[] {
  const fixed = (name: string, owner: string, box: Box): Shape => ({ name, owner, box, round: false });
  const shapes = layout.servers.flatMap((server) => serverShapes(server, layout));
  shapes.push(fixed("client", "client", layout.client), fixed("caption", "client", layout.caption));
  shapes.push(fixed("legend", "legend", layout.legend));
  // On narrow stages the hint takes the place of an empty caption.
  if (!layout.narrow) shapes.push(fixed("hint", "hint", layout.hint));
  return shapes;
}

function serverShapes(server: ServerPlace, layout: StageLayout): Shape[] {
  const name = `S${server.id}`;
  const { reach, ring, crown } = layout;
  const disc = { x: server.x - reach, y: server.y - reach, width: 2 * reach, height: 2 * reach };
  const height = crownHeight(crown);
  const hat = { x: server.x - crown / 2, y: server.y - ring - height, width: crown, height };
  return [
    { name: `disc ${name}`, owner: name, box: disc, round: true },
    { name: `crown ${name}`, owner: name, box: hat, round: false },
    { name: `label ${name}`, owner: name, box: server.label, round: false },
  ];
}

function inside(box: Box, layout: StageLayout): boolean {
  return box.x >= 0 && box.y >= 0 && box.x + box.width <= layout.width && box.y + box.height <= layout.height;
}

function touch(a: Shape, b: Shape): boolean {
  if (a.round && b.round) {
    const apart = Math.hypot(centreX(a.box) - centreX(b.box), centreY(a.box) - centreY(b.box));
    return apart < (a.box.width + b.box.width) / 2;
  }
  if (a.round) return distanceToBox({ x: centreX(a.box), y: centreY(a.box) }, b.box) < a.box.width / 2;
  if (b.round) return touch(b, a);
  return boxesOverlap(a.box, b.box);
}

export function boxesOverlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** 0 inside the box. */
export function distanceToBox(point: Point, box: Box): number {
  const dx = Math.max(box.x - point.x, 0, point.x - box.x - box.width);
  const dy = Math.max(box.y - point.y, 0, point.y - box.y - box.height);
  return Math.hypot(dx, dy);
}

const centreX = (box: Box) => box.x + box.width / 2;
const centreY = (box: Box) => box.y + box.height / 2;
