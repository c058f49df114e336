import type { ServerId } from "../../base/units.ts";
import type { Point } from "../../paint/curve.ts";
import { type Box, boxesOverlap, centreX, centreY, distanceToBox, type Pill } from "./boxes.ts";

/** Where everything on the stage stands, and whether any of it touches. */

/**
 * What a label has room for. `stacked`: name, doing, log. `inline`: name and doing on one line, log. `words`: name and
 * doing. `name`: that.
 */
export type LabelDetail = "stacked" | "inline" | "words" | "name";

export interface ServerPlace extends Point {
  readonly id: ServerId;
  readonly label: Box;
  /** Which edge of the label its text keeps to. */
  readonly align: "start" | "middle" | "end";
}

/** Servers as a grid of chips, where there is no room for more. */
export interface Chips {
  readonly columns: number;
  readonly width: number;
  readonly height: number;
  /** Servers in the order of their chips. */
  readonly order: readonly ServerId[];
}

/** All lengths in CSS pixels, origin at the top left of the stage. */
export interface StageLayout {
  readonly width: number;
  readonly height: number;
  /** The client stands in a row at the bottom; the legend opens over the stage on demand. */
  readonly narrow: boolean;
  /** Servers and dots for the messages between them are on the stage then: no links, client, legend. null: a ring, with all that. */
  readonly chips: Chips | null;
  /** Of texts, logs and messages: they grow with the stage. */
  readonly scale: number;
  /** Messages are drawn small. */
  readonly tight: boolean;
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
  /** What is somebody else's; null where all of the stage is its own. */
  readonly corner: Box | null;
  /** Which of several groups is shown; null where there is one. */
  readonly groups: Box | null;
}

/** The widest message, as it is drawn on this stage. */
export function widestPill({ tight, scale }: Pick<StageLayout, "tight" | "scale">): Pill {
  return { half: (tight ? 24 : 42) * scale, high: 11 * scale };
}

export function crownHeight(crownWidth: number): number {
  return (crownWidth * 16) / 26;
}

interface Shape {
  readonly name: string;
  readonly owner: string;
  readonly box: Box;
  /** The shape is the circle in the box. */
  readonly round: boolean;
}

/** The pairs of things that are not `gap` pixels apart, by name, found one by one: none for a good layout. */
export function* collisions(layout: StageLayout, gap = 0): Generator<string> {
  const shapes = occupied(layout);
  for (const [i, a] of shapes.entries()) {
    if (!inside(a.box, layout)) yield `${a.name} - edge`;
    for (let j = 0; j < i; j += 1) {
      const b = shapes[j]!;
      if (a.owner !== b.owner && touch(grown(a, gap), b)) yield `${b.name} - ${a.name}`;
    }
  }
}

/** Boxes around everything that stands still, for whoever looks for a free place. */
export function takenBoxes(layout: StageLayout): readonly Box[] {
  return occupied(layout).map((shape) => shape.box);
}

/** What stands on the stage beside servers. */
export function fixedBoxes({ client, caption, legend, hint, groups, corner, narrow, chips }: StageLayout) {
  const fixed = (name: string, owner: string, box: Box): Shape => ({ name, owner, box, round: false });
  const shapes = groups === null ? [] : [fixed("groups", "groups", groups)];
  if (chips !== null) return shapes;
  shapes.push(fixed("client", "client", client), fixed("caption", "client", caption));
  shapes.push(fixed("legend", "legend", legend));
  if (corner !== null) shapes.push(fixed("corner", "corner", corner));
  // On narrow stages the hint takes the place of an empty caption.
  if (!narrow) shapes.push(fixed("hint", "hint", hint));
  return shapes;
}

/** Everything that must stay free: the outline of each drawn thing. */
function occupied(layout: StageLayout): Shape[] {
  return [...layout.servers.flatMap((server) => serverShapes(server, layout)), ...fixedBoxes(layout)];
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

const grown = (shape: Shape, by: number): Shape => {
  const { x, y, width, height } = shape.box;
  return { ...shape, box: { x: x - by, y: y - by, width: width + 2 * by, height: height + 2 * by } };
};

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
