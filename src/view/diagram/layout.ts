import { scaleLinear } from "d3";
import type { Micros, ServerId } from "../../base/units.ts";
import type { Diagram } from "../../worker/protocol/diagram.ts";
import { arrowShapes } from "./arrows.ts";
import { axisShapes, eventLines } from "./axis.ts";
import { type Ground, type Hit, restOf, type View } from "./ground.ts";
import { laneShapes, nameShapes, type Rows, rowsOf } from "./lanes.ts";
import type { Shape } from "./shapes.ts";
import { signShapes } from "./signs.ts";
import { tieShapes } from "./ties.ts";

export interface Scene {
  readonly rows: Rows;
  readonly shapes: readonly Shape[];
  readonly hits: readonly Hit[];
}

/** The lanes of a run: a client's last, where it is wanted. */
const laneIds = ({ lanes }: Pick<Diagram, "lanes">, clients: boolean): readonly ServerId[] => [
  ...lanes.map(({ server }) => server),
  ...(clients ? [0] : []),
];

/** The stretch as shapes, back to front, and what of it can be clicked. */
export function sceneOf(view: View): Scene {
  const { diagram, from, to } = view;
  const rows = rowsOf(laneIds(diagram, view.clients), view);
  const scale = scaleLinear().domain([from, to]).range([rows.left, rows.right]);
  const x = (at: Micros): number => scale(at);
  const known = Math.min(diagram.end.at, view.shown);
  const ground: Ground = { view, rows, x, known, rest: restOf(view) };
  const lanes = laneShapes(diagram.lanes, rows, { x, known: x(known), alpha: 1 }, view.disks);
  const arrows = arrowShapes(ground);
  const signs = signShapes(ground);
  const ties = tieShapes(ground);
  const shapes = [...axisShapes(ground, scale.ticks(ticksIn(rows))), ...lanes, ...eventLines(ground)];
  return {
    rows,
    shapes: [...shapes, ...arrows.shapes, ...ties.shapes, ...signs.shapes, ...nameShapes(rows, view.width)],
    hits: [...arrows.hits, ...signs.hits, ...ties.hits],
  };
}

const ticksIn = ({ left, right, down }: Rows): number => Math.max(2, Math.floor((right - left) / (down ? 64 : 110)));

/** What is nearest to a place, if anything is near: signs before arrows. */
export function hitAt({ hits }: Scene, x: number, y: number, reach: number): Hit | null {
  let best: Hit | null = null;
  let least = reach;
  for (const hit of hits) {
    const away = distance(hit.ends, x, y) - (hit.of === "sign" || hit.of === "event" ? 4 : 0);
    if (away > least) continue;
    [best, least] = [hit, away];
  }
  return best;
}

/** From a place to a line; a sign's has no length. */
function distance(ends: readonly number[], x: number, y: number): number {
  const [x1 = 0, y1 = 0, x2 = x1, y2 = y1] = ends;
  const [dx, dy] = [x2 - x1, y2 - y1];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - x1) * dx + (y - y1) * dy) / length));
  return Math.hypot(x1 + along * dx - x, y1 + along * dy - y);
}
