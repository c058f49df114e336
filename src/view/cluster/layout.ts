import type { Point } from "../../paint/curve.ts";
import type { Box } from "./boxes.ts";
import { layoutChips } from "./chips.ts";
import { ringPoints } from "./ellipse.ts";
import { hasFreeLanes } from "./lanes.ts";
import { collisions, crownHeight, type LabelDetail, type ServerPlace, type StageLayout } from "./places.ts";

/** Where everything on the stage stands. Pure: a number of servers and a size in, pixels out. */

/**
 * Places `count` servers, 1 … 9. Takes the roomiest ring in which nothing touches anything else, nor do messages on
 * their ways; where there is none the servers stand in rows, as chips.
 */
export function layoutStage(
  count: number,
  width: number,
  height: number,
  groupCount = 1,
  use: StageUse = "usual",
): StageLayout {
  const corner = use === "corner";
  if (width >= ringWidthLeast && height >= ringHeightLeast) {
    const wanted = use === "room" ? roomWishes(width, height, groupCount) : wishes(width, height, groupCount, corner);
    for (const [frame, label] of wanted) {
      const ring = roomiest(count, frame, label);
      if (ring !== null) return ring;
    }
  }
  return layoutChips(count, width, height, groupCount, [], keptOfChips(height, corner));
}

/** `corner`: the one at the right of its bottom is somebody else's. `room`: it is read from the last row of one. */
export type StageUse = "usual" | "corner" | "room";

/** What chips leave free at the bottom, where the corner is somebody else's: nothing on the lowest stages. */
export const keptOfChips = (height: number, corner: boolean): number =>
  corner && height >= ringHeightLeast ? cornerSize.height : 0;

/** With the air around it. */
const cornerSize = { width: 92, height: 42 };

/** Between what belongs to different servers: the wall of a partition goes through. */
const gapLeast = 8;

/** So many arrangements are looked at closely for each kind of label. */
const looksMost = 40;

function roomiest(count: number, frame: Frame, label: Label): StageLayout | null {
  const tried = new Set<string>();
  for (const attempt of attempts(frame, label)) {
    const layout = place(count, frame, attempt);
    if (layout === null || collisions(layout, gapLeast).next().done !== true || !isNew(tried, layout)) continue;
    if (hasFreeLanes(layout)) return layout;
    if (tried.size >= looksMost) return null;
  }
  return null;
}

/** Several attempts come to the same where there is little room. */
function isNew(tried: Set<string>, { servers, radius, legendBeside, tight }: StageLayout): boolean {
  const marks = servers.slice(0, 3).map(({ x, y, label }) => `${Math.round(x)} ${Math.round(y)} ${label.x} ${label.y}`);
  const key = [radius, legendBeside, tight, ...marks, servers[0]!.label.width].join();
  if (tried.has(key)) return false;
  tried.add(key);
  return true;
}

/** Nothing but chips fits on less. */
const ringWidthLeast = 260;
const ringHeightLeast = 150;

// ---- the fixed things ---------------------------------------------------------------------------------------

type Frame = Omit<
  StageLayout,
  "tight" | "center" | "radius" | "ring" | "reach" | "crown" | "detail" | "servers" | "chips"
>;

const narrowBelow = 620;
/** Height below which the client takes a row rather than a corner. */
const flatBelow = 340;
/** Width from which the legend stands open beside the servers. */
const legendFrom = 900;
const legendHeightLeast = 400;

/** Arrangements, the best first. */
type Wishes = Generator<readonly [Frame, Label]>;

function* wishes(width: number, height: number, groupCount: number, corner: boolean): Wishes {
  for (const frame of frames(width, height, groupCount, corner)) {
    for (const label of labelsOf(frame)) yield [frame, label];
  }
}

function frames(width: number, height: number, groupCount: number, hasCorner: boolean): Frame[] {
  const corner = hasCorner ? { x: width - cornerSize.width, y: height - cornerSize.height, ...cornerSize } : null;
  if (width < narrowBelow || (width < legendFrom && height < flatBelow))
    return [narrowFrame(width, height, groupCount, corner)];
  const closed = wideFrame(width, height, groupCount, false, corner);
  const beside = width >= legendFrom && height >= legendHeightLeast;
  return beside ? [wideFrame(width, height, groupCount, true, corner), closed] : [closed];
}

/** On a stage of this size things have the size of the drawing; on a larger one they grow with it, up to so many times. */
const plain = { width: 1036, height: 472 };
const scaleMost = 1.6;

function scaleOf(width: number, height: number): number {
  const fits = Math.min(width / plain.width, height / plain.height, scaleMost);
  return Math.max(1, Math.floor(fits * 20) / 20);
}

function wideFrame(
  width: number,
  height: number,
  groupCount: number,
  legendBeside: boolean,
  corner: Box | null,
): Frame {
  const scale = scaleOf(width, height);
  const flat = height < 260;
  const client = { x: 24, y: height - 92 * scale, width: 64 * scale, height: 36 * scale };
  const caption = { x: 24, y: height - 48 * scale, width: 204 * scale, height: 34 * scale };
  return {
    ...{ width, height, scale, legendBeside, corner },
    narrow: false,
    client: flat ? { x: 12, y: height - 66, width: 58, height: 28 } : client,
    caption: flat ? { x: 12, y: height - 36, width: 204, height: 34 } : caption,
    legend: legendBeside ? { x: 16, y: 10, width: 236, height: 164 } : { x: 8, y: 8, width: 124, height: 32 },
    hint: { x: width - 352 - (corner?.width ?? 0), y: height - 26, width: 340, height: 20 },
    groups: groupCount > 1 ? { x: width - 64 - 44 * groupCount, y: 4, width: 50 + 44 * groupCount, height: 44 } : null,
  };
}

function narrowFrame(width: number, height: number, groupCount: number, corner: Box | null): Frame {
  const row = { x: 72, y: height - 30, width: width - 80 - (corner?.width ?? 0), height: 18 };
  const groups = groupCount > 1 ? { x: width - 108, y: 2, width: 106, height: 44 } : null;
  return {
    ...{ width, height, groups, corner },
    scale: 1,
    narrow: true,
    client: { x: 10, y: height - 36, width: 54, height: 28 },
    caption: row,
    legend: { x: 4, y: 4, width: 44, height: 44 },
    legendBeside: false,
    hint: row,
  };
}

/** On a projector a name has 28 pixels or more on a stage of this size, and grows with it; less where servers are many. */
const roomStage = { width: 690, height: 500, scale: 2.1 };
const roomLabels: readonly Label[] = [
  { detail: "words", width: 70, height: 34, radiusMin: 16 },
  { detail: "name", width: 24, height: 17, radiusMin: 14 },
];
/** Smaller than this a role is not read, and the crown says it. */
const roomShares = [1, 0.95, 0.9, 0.85, 0.8, 0.7, 0.6, 0.5];

/** Logs stand beside the stage, and nothing is explained on it: servers, messages, and the client in a row at the bottom. */
function* roomWishes(width: number, height: number, groupCount: number): Wishes {
  const best = Math.min(width / roomStage.width, height / roomStage.height) * roomStage.scale;
  const nothing = { x: 0, y: 0, width: 0, height: 0 };
  const groups =
    groupCount > 1 ? { x: width - 64 - 44 * groupCount, y: 4, width: 50 + 44 * groupCount, height: 44 } : null;
  for (const label of roomLabels) {
    for (const share of roomShares) {
      const scale = Math.max(1, Math.floor(best * share * 20) / 20);
      const frame = {
        ...{ width, height, groups, scale, corner: null, narrow: true },
        client: { x: 8, y: height - 10 - 20 * scale, width: 52 * scale, height: 20 * scale },
        caption: { x: 20 + 52 * scale, y: height - 8 - 18 * scale, width: width - 26 - 52 * scale, height: 18 * scale },
        ...{ legend: nothing, legendBeside: false, hint: nothing },
      };
      yield [frame, label];
    }
  }
}

// ---- the search ---------------------------------------------------------------------------------------------

/**
 * Where labels stand. `beside`: left and right of the servers. `outward`: those of the outermost servers there, all
 * others over or under them. `poles`: all over or under.
 */
type Side = "beside" | "outward" | "poles";

interface Label {
  readonly detail: LabelDetail;
  readonly width: number;
  readonly height: number;
  readonly radiusMin: number;
}

interface Attempt {
  readonly label: Label;
  readonly radius: number;
  readonly side: Side;
  readonly tight: boolean;
  /** Of the ring's centre, from the middle of the stage. */
  readonly shift: number;
  /** Greatest width of the ring of servers relative to its height. */
  readonly stretch: number;
  /** How far the ring of servers stays above the bottom. */
  readonly lift: number;
}

const wideLabels: readonly Label[] = [
  { detail: "stacked", width: 172, height: 52, radiusMin: 26 },
  { detail: "stacked", width: 136, height: 52, radiusMin: 22 },
  { detail: "inline", width: 156, height: 34, radiusMin: 18 },
  { detail: "stacked", width: 108, height: 52, radiusMin: 18 },
  { detail: "words", width: 108, height: 34, radiusMin: 16 },
  { detail: "name", width: 24, height: 17, radiusMin: 14 },
];
const narrowLabels: readonly Label[] = [
  { detail: "stacked", width: 112, height: 50, radiusMin: 20 },
  { detail: "stacked", width: 76, height: 50, radiusMin: 18 },
  { detail: "inline", width: 112, height: 34, radiusMin: 16 },
  { detail: "words", width: 76, height: 34, radiusMin: 16 },
  { detail: "name", width: 24, height: 17, radiusMin: 14 },
];
const radiusStep = 4;

const labelsOf = ({ narrow, legendBeside }: Frame): readonly Label[] =>
  narrow ? narrowLabels : wideLabels.slice(0, legendBeside ? 2 : undefined);

function* attempts({ width, height, narrow, scale, legendBeside }: Frame, label: Label): Generator<Attempt> {
  const largest = Math.round(Math.min(48 * scale, 12 + height * 0.06, width * 0.08));
  const lifts = narrow ? [4] : [4, 40];
  const shifts = narrow ? [0] : legendBeside ? [0, 80] : [0];
  const smallest = Math.min(largest, label.radiusMin * scale);
  for (let radius = largest; radius >= smallest; radius -= radiusStep) {
    for (const tight of narrow || height < 300 ? [true] : [false, true]) {
      for (const side of sidesTried) {
        for (const stretch of stretches(width / height)) {
          for (const lift of lifts) {
            for (const shift of shifts) yield { label, radius, side, tight, stretch, lift, shift };
          }
        }
      }
    }
  }
}

const sidesTried: readonly Side[] = ["beside", "outward", "poles"];

/** The flatter the stage, the wider the ring, up to three times as wide as high; wider than it should be if need be. */
function stretches(flatness: number): readonly number[] {
  const usual = Math.min(stretchMost, Math.max(1.2, 1.2 + (flatness - 2.2) * 1.9));
  return usual > 2.5 ? [usual, 2, 1.4] : [usual, (usual + stretchMost) / 2, stretchMost];
}
const stretchMost = 3;

const marginOf = ({ narrow }: Frame): number => (narrow ? 5 : 12);
const labelGap = 4;

function place(count: number, frame: Frame, attempt: Attempt): StageLayout | null {
  const { radius, label, tight } = attempt;
  const size = { width: label.width * frame.scale, height: label.height * frame.scale };
  const ring = radius + (radius < 18 ? 4 : 6);
  const crown = (radius < 20 ? 18 : radius < 30 ? 22 : 26) * frame.scale;
  const sizes = { radius, ring, reach: ring + (radius < 24 ? 4 : 7), crown };
  const ellipse = fitEllipse(count, frame, attempt, sizes, size);
  if (ellipse === null) return null;
  const { rx, ry, cx, cy } = ellipse;
  const servers = ringPoints(count, rx, ry).map((point, i): ServerPlace => {
    const at = { x: cx + point.x, y: cy + point.y };
    const spot = spotOf(attempt.side, point, rx);
    return { id: i + 1, ...at, ...labelPlace(at, spot, size, sizes) };
  });
  return { ...frame, ...sizes, chips: null, tight, detail: label.detail, center: { x: cx, y: cy }, servers };
}

type Size = Pick<Box, "width" | "height">;
type Sizes = Pick<StageLayout, "ring" | "reach" | "crown">;

/** The largest ring of servers for which discs, crowns and labels stay on the stage and above the client's row. */
function fitEllipse(count: number, frame: Frame, attempt: Attempt, sizes: Sizes, label: Size) {
  const { side, shift, stretch, lift } = attempt;
  const margin = marginOf(frame);
  const poles = side !== "beside";
  const crown = sizes.ring + crownHeight(sizes.crown);
  const top = margin + (poles ? crown + label.height : Math.max(sizes.reach, crown));
  const under = poles ? sizes.reach + label.height : Math.max(sizes.reach, label.height / 2);
  const bottom = frame.height - margin - under - lift - (frame.narrow ? frame.height - frame.client.y - 8 : 0);
  const beside = side === "poles" ? Math.max(sizes.reach, label.width / 2) : sizes.reach + labelGap + label.width;
  const cx = frame.width / 2 + shift;
  const cy = (top + bottom) / 2;
  if (count === 1) return bottom < top ? null : { cx, cy, rx: 0, ry: 0 };
  const widest = frame.width / 2 - shift - margin - beside;
  const ry = Math.min((bottom - top) / 2, widest * 1.25, 420);
  if (ry < sizes.reach || widest < sizes.reach) return null;
  return { cx, cy, rx: Math.min(widest, ry * stretch), ry };
}

type Spot = "right" | "left" | "over" | "under";

function spotOf(side: Side, { x, y }: Point, rx: number): Spot {
  if (side === "beside" || (side === "outward" && Math.abs(x) > 0.7 * rx)) return x > -1 ? "right" : "left";
  return y < 0 ? "over" : "under";
}

function labelPlace(at: Point, spot: Spot, { width, height }: Size, { ring, reach, crown }: Sizes) {
  const middle = { x: at.x - width / 2, y: at.y - height / 2, width, height };
  switch (spot) {
    case "right":
      return { label: { ...middle, x: at.x + reach + labelGap }, align: "start" as const };
    case "left":
      return { label: { ...middle, x: at.x - reach - labelGap - width }, align: "end" as const };
    case "over":
      return { label: { ...middle, y: at.y - ring - crownHeight(crown) - 2 - height }, align: "middle" as const };
    case "under":
      return { label: { ...middle, y: at.y + reach }, align: "middle" as const };
  }
}
