import { contours, range } from "d3";
import type { ServerId } from "../../base/units.ts";
import type { Point } from "../../paint/curve.ts";
import type { Frame } from "../../worker/protocol/frame.ts";
import type { DirectedLink } from "../../world/state/messages.ts";
import { stopped } from "../kit/words/parted.ts";
import { type Box, boxesOverlap, distanceToBox } from "./boxes.ts";
import { chipsPath } from "./chips.ts";
import { type ServerPlace, type StageLayout, takenBoxes } from "./places.ts";

/** One side of a partition: the part of the stage that is nearer to its servers than to any others. */
export interface Area {
  readonly servers: readonly ServerId[];
  /** SVG path data of the closed area; it reaches beyond the edges of the stage. */
  readonly path: string;
  /** In which way it is cut off, and where that can stand in it; null where it is not wholly cut off, or there is no room. */
  readonly note: (Box & { readonly words: string }) | null;
  /** Messages go through the wall in one direction. */
  readonly oneWay: boolean;
  /** Links through the wall go down and up by turns. */
  readonly flapping: boolean;
  /** They are up at the moment. */
  readonly open: boolean;
}

/** The sides of a partition as the wall has them: links that flap count as cut, so that it stands still meanwhile. */
export interface Sides extends Pick<Frame, "groups" | "cuts"> {
  readonly flapping: readonly DirectedLink[];
}

type Told = Pick<Frame, "groups" | "cuts"> & {
  readonly faults: readonly Pick<Frame["faults"][number], "name" | "targets">[];
};

export function sidesOf({ groups, cuts, faults }: Told): Sides {
  const flapping = faults.flatMap(({ name, targets }) =>
    name === "flap" ? targets.flatMap((target) => ("link" in target ? [target.link] : [])) : [],
  );
  if (flapping.length === 0) return { groups, cuts, flapping };
  const down = new Map([...cuts, ...flapping].map((link) => [link.join(">"), link]));
  return {
    groups: pieces(groups.flat(), (a, b) => down.has(`${a}>${b}`) || down.has(`${b}>${a}`)),
    cuts: [...down.values()],
    flapping,
  };
}

/** Servers that reach each other both ways, directly or through others. */
function pieces(ids: readonly ServerId[], apart: (a: ServerId, b: ServerId) => boolean): ServerId[][] {
  const left = new Set([...ids].sort((a, b) => a - b));
  const found: ServerId[][] = [];
  for (const first of left) {
    const piece = [first];
    left.delete(first);
    for (const here of piece)
      for (const there of left) {
        if (apart(here, there)) continue;
        piece.push(there);
        left.delete(there);
      }
    found.push(piece.sort((a, b) => a - b));
  }
  return found;
}

/** `step`: of the grid, in pixels. `softness`: over how many pixels the wall takes its turns. `rounds`: of averaging its points. */
interface Manner {
  readonly step: number;
  readonly softness: number;
  readonly rounds: number;
}
const wide: Manner = { step: 16, softness: 20, rounds: 24 };
/** Where things stand closer together the wall has less room to swing. */
const tight: Manner = { step: 8, softness: 3, rounds: 3 };

/** Grid cells beyond each edge of the stage, so that the area's outline is seen only where it is a wall. */
const beyond = 3;
/** The wall keeps this far from the middle between the sides, so that two walls between three groups stay apart. */
const inset = 2;
const noteSize = { width: 110, height: 18 };

/** The areas of all groups but the largest. Empty if nothing is partitioned. */
export function partitionAreas(layout: StageLayout, sides: Sides, cutNow: Frame["cuts"]): readonly Area[] {
  const { groups } = sides;
  if (groups.length < 2 || groups.flat().length !== layout.servers.length) return [];
  const largest = groups.reduce((best, group) => (group.length > best.length ? group : best));
  return groups.filter((group) => group !== largest).map((group) => area(layout, group, sides, cutNow));
}

function area(layout: StageLayout, servers: readonly ServerId[], sides: Sides, cutNow: Frame["cuts"]): Area {
  const { rings, path } = drawn(layout, servers);
  const words = cutOffWords(servers, layout, sides.cuts);
  const place = words === null ? null : findNotePlace(layout, servers, rings);
  const through = sides.flapping.filter(([from, to]) => servers.includes(from) !== servers.includes(to));
  const down = new Set(cutNow.map((link) => link.join(">")));
  return {
    servers,
    path,
    note: words === null || place === null ? null : { ...place, words },
    oneWay: words !== null && words !== bothWays,
    flapping: through.length > 0,
    open: through.some((link) => !down.has(link.join(">"))),
  };
}

interface Drawn {
  readonly rings: readonly Point[][];
  readonly path: string;
}

/** Links that flap bring the same wall again and again. */
const known = new WeakMap<StageLayout, Map<string, Drawn>>();

function drawn(layout: StageLayout, servers: readonly ServerId[]): Drawn {
  const own = known.get(layout) ?? new Map<string, Drawn>();
  known.set(layout, own);
  const key = servers.join();
  const found = own.get(key);
  if (found !== undefined) return found;
  if (layout.chips !== null) return { rings: [], path: chipsPath(layout, servers) };
  const rings = outline(layout, servers);
  const made = { rings, path: rings.map((ring) => smoothPath(ring, mannerOf(layout).rounds)).join("") };
  own.set(key, made);
  return made;
}

function mannerOf(layout: StageLayout): Manner {
  return layout.radius < 24 || layout.narrow ? tight : wide;
}

const bothWays = "cut, both ways";

/** What it comes to that all links between the group and the other servers are down, in both directions or in one; null if they are not. */
function cutOffWords(group: readonly ServerId[], layout: StageLayout, cuts: Frame["cuts"]): string | null {
  const others = layout.servers.map((server) => server.id).filter((id) => !group.includes(id));
  const { out, into } = stopped(group, others, cuts);
  if (out && into) return bothWays;
  const [first] = group;
  if (group.length > 1 || (!out && !into)) return out ? "nothing gets out" : into ? "nothing gets in" : null;
  return out ? `nobody hears S${first}` : `S${first} hears nobody`;
}

/** The line at equal distance between the group and everything else, as closed rings. */
function outline(layout: StageLayout, group: readonly ServerId[]): Point[][] {
  const { step, softness } = mannerOf(layout);
  const columns = Math.ceil(layout.width / step) + 2 * beyond + 1;
  const rows = Math.ceil(layout.height / step) + 2 * beyond + 1;
  const own = layout.servers.filter((server) => group.includes(server.id));
  const others = layout.servers.filter((server) => !group.includes(server.id));
  const fixed = [layout.client, layout.caption, layout.legend];
  const values = Array.from({ length: columns * rows }, (_, i) => {
    const point = { x: ((i % columns) - beyond) * step, y: (Math.floor(i / columns) - beyond) * step };
    const away = softMin(softness, [
      ...others.map((server) => distance(point, server, layout)),
      ...fixed.map((box) => distanceToBox(point, box)),
    ]);
    return (
      away -
      softMin(
        softness,
        own.map((server) => distance(point, server, layout)),
      )
    );
  });
  const found = contours()
    .size([columns, rows])
    .thresholds([2 * inset])(values)[0];
  const toStage = ([x, y]: number[]) => ({ x: (x! - 0.5 - beyond) * step, y: (y! - 0.5 - beyond) * step });
  return (found?.coordinates ?? []).flatMap((polygon) => polygon.map((ring) => ring.slice(1).map(toStage)));
}

/** About the least of some distances, but without kinks where another becomes the least. */
function softMin(softness: number, distances: readonly number[]): number {
  const least = Math.min(...distances);
  const sum = distances.reduce((total, d) => total + Math.exp((least - d) / softness), 0);
  return least - softness * Math.log(sum);
}

/** From a point to the nearest of what belongs to a server: disc with crown, and label. */
function distance(point: Point, server: ServerPlace, layout: StageLayout): number {
  const disc = Math.max(0, Math.hypot(point.x - server.x, point.y - server.y) - layout.reach - 6);
  return Math.min(disc, distanceToBox(point, server.label));
}

/** A closed curve through the middles of the ring's edges, after some rounds of averaging. */
function smoothPath(ring: readonly Point[], rounds: number): string {
  let soft = ring;
  for (let i = 0; i < rounds; i += 1) soft = average(soft);
  const middles = soft.map((p, i) => middle(p, soft[(i + 1) % soft.length]!));
  const curves = middles.map((m, i) => `Q${text(soft[i]!)} ${text(m)}`);
  return `M${text(middles.at(-1)!)}${curves.join("")}Z`;
}

function average(ring: readonly Point[]): readonly Point[] {
  return ring.map((p, i) => {
    const [before, after] = [ring.at(i - 1)!, ring[(i + 1) % ring.length]!];
    return { x: (before.x + 2 * p.x + after.x) / 4, y: (before.y + 2 * p.y + after.y) / 4 };
  });
}

/** The free place beside the wall, inside the area, that is furthest from the middle of the cluster. */
function findNotePlace(layout: StageLayout, group: readonly ServerId[], rings: readonly Point[][]): Box | null {
  if (layout.narrow) return null;
  const taken = takenBoxes(layout);
  const own = layout.servers.filter((server) => group.includes(server.id));
  const heart = { x: mean(own.map((s) => s.x)), y: mean(own.map((s) => s.y)) };
  const free = rings.flat().flatMap((point) => {
    const inward = Math.sign(heart.y - point.y) || 1;
    const box = { x: point.x - noteSize.width / 2, y: point.y + inward * 24 - noteSize.height / 2, ...noteSize };
    const onStage =
      box.x > 8 && box.y > 8 && box.x + box.width < layout.width - 8 && box.y + box.height < layout.height - 8;
    const clear = !taken.some((other) => boxesOverlap(box, other)) && !crosses(rings, box) && !nearLink(layout, box);
    return onStage && clear ? [box] : [];
  });
  const away = (box: Box) => Math.hypot(box.x + box.width / 2 - layout.center.x, box.y - layout.center.y);
  return free.reduce<Box | null>((best, box) => (best === null || away(box) > away(best) ? box : best), null);
}

/** Messages fly there. */
function nearLink({ servers }: StageLayout, box: Box): boolean {
  return servers.some((a, i) =>
    servers
      .slice(i + 1)
      .some((b) =>
        linkParts.some((k) => distanceToBox({ x: a.x + (b.x - a.x) * k, y: a.y + (b.y - a.y) * k }, box) < offLinks),
      ),
  );
}

const linkParts = range(1, 12).map((i) => i / 12);
const offLinks = 26;

function crosses(rings: readonly Point[][], box: Box): boolean {
  return rings.flat().some((point) => distanceToBox(point, box) < 9);
}

const mean = (values: readonly number[]) => values.reduce((sum, v) => sum + v, 0) / values.length;
const middle = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
const text = (p: Point) => `${p.x.toFixed(1)} ${p.y.toFixed(1)}`;
