import { range } from "d3";
import type { ServerId } from "../../base/units.ts";
import type { Box } from "./boxes.ts";
import { crownHeight, type ServerPlace, type StageLayout } from "./places.ts";

const nowhere: Box = { x: 0, y: 0, width: 0, height: 0 };
const nameHeight = 16;
const radiusLeast = 8;
const radiusMost = 22;
const groupsWidth = 92;

/** Between a disc and its ring, and beyond the ring. */
const ringGap = 3;
const ringReach = 1.5;
const crownWidth = 16;

/**
 * A row of servers or, where the stage is high, several, in the order of numbers; where a partition does not follow the
 * numbers, one side after the other. The whole stage is theirs, but for `kept` pixels at its bottom.
 */
export function layoutChips(
  count: number,
  width: number,
  height: number,
  groupCount: number,
  sides: readonly (readonly ServerId[])[] = [],
  kept = 0,
): StageLayout {
  const groups = groupCount > 1 ? { x: width - groupsWidth, y: 2, width: groupsWidth, height: 44 } : null;
  const across = width - (groups === null ? 0 : groupsWidth);
  const grids = range(1, count + 1).map((rows) => gridOf(count, rows, across, height - kept));
  const grid = grids.reduce((best, one) => (one.radius > best.radius ? one : best));
  const order = orderOf(count, sides);
  const { radius, columns } = grid;
  const ring = radius + ringGap;
  const sizes = { radius, ring, reach: ring + ringReach, crown: crownWidth };
  const places = order.map((id, i) => chipPlace(id, i, grid, sizes));
  return {
    ...{ width, height, ...sizes, groups },
    narrow: true,
    chips: { columns, width: grid.width, height: grid.height, order },
    scale: 1,
    tight: true,
    center: { x: across / 2, y: height / 2 },
    detail: "name",
    servers: places.sort((a, b) => a.id - b.id),
    client: nowhere,
    caption: nowhere,
    legend: nowhere,
    legendBeside: false,
    hint: nowhere,
    corner: null,
  };
}

interface Grid {
  readonly columns: number;
  readonly width: number;
  readonly height: number;
  readonly radius: number;
}

function gridOf(count: number, rows: number, across: number, height: number): Grid {
  const columns = Math.ceil(count / rows);
  const cell = { width: across / columns, height: height / rows };
  const around = 2 * (ringGap + ringReach);
  const radius = Math.min(
    (cell.width - around) / 2,
    (cell.height - around - nameHeight - crownHeight(crownWidth) - 1) / 2,
  );
  return { columns, ...cell, radius: Math.floor(Math.max(radiusLeast, Math.min(radiusMost, radius))) };
}

function chipPlace(
  id: ServerId,
  place: number,
  { columns, width, height }: Grid,
  { reach, ring, crown }: Pick<StageLayout, "reach" | "ring" | "crown">,
): ServerPlace {
  const x = (place % columns) * width + width / 2;
  const above = ring + crownHeight(crown);
  const top = Math.floor(place / columns) * height + (height - above - reach - nameHeight) / 2;
  const y = top + above;
  const name = Math.min(width - 1, 26);
  return { id, x, y, label: { x: x - name / 2, y: y + reach, width: name, height: nameHeight }, align: "middle" };
}

/** By number if each side is a run of numbers, else side by side, that of the lowest number first. */
function orderOf(count: number, sides: readonly (readonly ServerId[])[]): readonly ServerId[] {
  const ids = range(1, count + 1);
  const apart = sides.map((side) => [...side].sort((a, b) => a - b)).sort((a, b) => a[0]! - b[0]!);
  const isRun = apart.every((side) => side.at(-1)! - side[0]! === side.length - 1);
  const told = apart.flat().filter((id) => id <= count);
  return isRun || told.length !== count ? ids : told;
}

/** How far beyond the stage the outline of a side reaches: it is seen only where it is a wall. */
const beyond = 20;

/** SVG path data around the chips of a side, in the reading order of the grid. */
export function chipsPath(layout: StageLayout, side: readonly ServerId[]): string {
  const { chips } = layout;
  if (chips === null) return "";
  const places = side.map((id) => chips.order.indexOf(id)).sort((a, b) => a - b);
  return runsOf(places, chips.columns)
    .map(([first, last]) => rowPath(layout, first, last))
    .join("");
}

/** Runs of neighbours, each within a row. */
function runsOf(places: readonly number[], columns: number): (readonly [number, number])[] {
  const runs: [number, number][] = [];
  for (const place of places) {
    const run = runs.at(-1);
    if (run !== undefined && run[1] === place - 1 && place % columns !== 0) run[1] = place;
    else runs.push([place, place]);
  }
  return runs;
}

function rowPath({ chips, servers, width: stage, height: high }: StageLayout, first: number, last: number): string {
  const { columns, width, height } = chips!;
  const row = Math.floor(first / columns);
  const rows = Math.ceil(servers.length / columns);
  const left = first % columns === 0 ? -beyond : (first % columns) * width;
  const right =
    last % columns === columns - 1 || last === servers.length - 1 ? stage + beyond : ((last % columns) + 1) * width;
  const top = row === 0 ? -beyond : row * height;
  const bottom = row === rows - 1 ? high + beyond : (row + 1) * height;
  return `M${left} ${top}H${right}V${bottom}H${left}Z`;
}
