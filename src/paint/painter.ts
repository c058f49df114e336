import type { Micros } from "../base/units.ts";
import { pointOn } from "./curve.ts";
import { alongPart, placeAt, placeInJumps, timeLeft } from "./motion.ts";
import {
  type Arc,
  flightNumbers,
  type Lane,
  type Look,
  type Picture,
  type Ring,
  type Sprite,
  type Time,
  timeAt,
  type Update,
} from "./picture.ts";

type Context = OffscreenCanvasRenderingContext2D;

/** Where the painter works: a thread of its own; a test brings another place. */
export interface Studio {
  /** Calls back once, before the next picture is shown on the screen. */
  readonly nextFrame: (draw: () => void) => void;
  /** Milliseconds since 1970. */
  readonly wall: () => number;
  /** A first picture is on the canvas. */
  readonly onPainted: () => void;
}

/** Everything that a picture is painted from. */
interface Workshop {
  readonly context: Context;
  readonly look: Look;
  readonly sprites: ReadonlyMap<number, Sprite>;
  readonly lanes: ReadonlyMap<number, Lane & { readonly path: Path2D }>;
  readonly picture: Picture;
}

/**
 * Paints what moves on the stage, from one change of the run to the next, and rests while nothing moves. Returns what
 * takes the page's news.
 */
export function createPainter({ nextFrame, wall, onPainted }: Studio): (update: Update) => void {
  const sprites = new Map<number, Sprite>();
  const lanes = new Map<number, Lane & { readonly path: Path2D }>();
  let context: Context | null = null;
  let look: Look | null = null;
  let picture: Picture | null = null;
  let time: Time = { at: 0, wall: 0, speed: 0, limit: 0, beyond: 0 };
  /** The time that was drawn last, and before which nothing is drawn. */
  let drawn = 0;
  let least = 0;
  let asked = false;
  let painted = false;

  function frame(): void {
    asked = false;
    if (context === null || look === null || picture === null) return;
    drawn = Math.max(least, timeAt(time, wall()));
    paint({ context, look, sprites, lanes, picture }, drawn);
    if (!painted) onPainted();
    painted = true;
    if (time.speed > 0 && drawn < time.limit + time.beyond) ask();
  }

  function ask(): void {
    if (!asked) nextFrame(frame);
    asked = true;
  }

  function furnish(next: Look): void {
    look = next;
    sprites.clear();
    lanes.clear();
    if (context === null) return;
    context.canvas.width = Math.round(next.width * next.ratio);
    context.canvas.height = Math.round(next.height * next.ratio);
  }

  /** Where the page comes a little late, nothing goes back for it. */
  function tell(next: Time): void {
    const goesOn = time.speed > 0 && next.speed > 0 && drawn - next.at <= time.beyond;
    least = goesOn ? Math.max(drawn, next.at) : next.at;
    time = next;
  }

  return (update) => {
    if (update.canvas !== undefined) {
      context = update.canvas.getContext("2d");
      painted = false;
    }
    if (update.look !== undefined) furnish(update.look);
    for (const sprite of update.sprites ?? []) sprites.set(sprite.key, sprite);
    for (const lane of update.lanes ?? []) lanes.set(lane.key, { ...lane, path: pathOf(lane) });
    picture = update.picture ?? picture;
    if (update.time !== undefined) tell(update.time);
    ask();
  };
}

function pathOf({ curve: { from, control, to } }: Lane): Path2D {
  const path = new Path2D();
  path.moveTo(from.x, from.y);
  path.quadraticCurveTo(control.x, control.y, to.x, to.y);
  return path;
}

function paint(shop: Workshop, t: Micros): void {
  const { context } = shop;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, context.canvas.width, context.canvas.height);
  paintLanes(shop);
  paintFlights(shop, t);
  clearWritten(shop);
  paintRings(shop, t);
}

const laneWidth = 1.2;

function paintLanes({ context, look, lanes, picture: { flights } }: Workshop): void {
  const { ratio, colours } = look;
  const used = new Set<number>();
  for (let i = 0; i < flights.length; i += flightNumbers) if (flights[i + 5] === 1) used.add(flights[i + 1]!);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.strokeStyle = colours.line;
  context.lineWidth = laneWidth;
  for (const key of used) {
    const lane = lanes.get(key);
    if (lane !== undefined) context.stroke(lane.path);
  }
}

function paintFlights({ context, look, sprites, lanes, picture: { flights } }: Workshop, t: Micros): void {
  const { ratio, still } = look;
  context.setTransform(1, 0, 0, 1, 0, 0);
  for (let i = 0; i < flights.length; i += flightNumbers) {
    const sprite = sprites.get(flights[i]!);
    const lane = lanes.get(flights[i + 1]!);
    if (sprite === undefined || lane === undefined) continue;
    const way = placeAt({ sentAt: flights[i + 2]!, arrivesAt: flights[i + 3]! }, t);
    const fixed = flights[i + 4]!;
    const place = fixed >= 0 ? fixed : still ? placeInJumps(way) : way;
    const { x, y } = pointOn(lane.curve, alongPart([flights[i + 6]!, flights[i + 7]!], place));
    context.globalAlpha = flights[i + 8]!;
    context.drawImage(sprite.image, x * ratio - sprite.left, y * ratio - sprite.top);
  }
  context.globalAlpha = 1;
}

function clearWritten({ context, look: { ratio }, picture: { written } }: Workshop): void {
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  for (const { x, y, width, height } of written) context.clearRect(x, y, width, height);
}

const lineWidth = 2;

function paintRings({ context, look, picture: { rings } }: Workshop, t: Micros): void {
  const { ratio } = look;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  for (const ring of rings) {
    paintGround(context, look, ring);
    if (ring.arc !== null) paintArc(context, look, ring, ring.arc, t);
  }
}

function paintGround(context: Context, { colours }: Look, { x, y, paper, line }: Ring): void {
  context.beginPath();
  context.arc(x, y, paper, 0, 2 * Math.PI);
  context.fillStyle = colours.paper;
  context.fill();
  if (!line) return;
  context.strokeStyle = colours.line;
  context.lineWidth = lineWidth;
  context.stroke();
}

const top = -Math.PI / 2;

function paintArc(context: Context, { colours, still }: Look, { x, y }: Ring, arc: Arc, t: Micros): void {
  const left = timeLeft(arc.due, arc.length, t);
  const shown = still ? Math.ceil(left * 8) / 8 : left;
  if (shown <= 0) return;
  context.beginPath();
  context.arc(x, y, arc.radius, top, top + shown * 2 * Math.PI);
  context.strokeStyle = colours[arc.colour];
  context.lineWidth = arc.width;
  context.stroke();
}
