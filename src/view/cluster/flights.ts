import type { Micros } from "../../base/units.ts";
import { type Point, pointOn } from "../../paint/curve.ts";
import { alongPart, type Flown, placeAt } from "../../paint/motion.ts";
import { flightNumbers } from "../../paint/picture.ts";
import type { Frame } from "../../worker/protocol/frame.ts";
import type { MessageView } from "../../worker/protocol/message.ts";
import type { Pill } from "./boxes.ts";
import { flownPart, type Lane } from "./lanes.ts";

/** A message on its way, and which sprite it is drawn with. */
export interface Flight {
  readonly message: MessageView;
  readonly lane: Lane;
  /** The part of it on which the message flies. */
  readonly part: Flown;
  /** Two messages with the same key look the same. */
  readonly key: string;
}

/** How messages are drawn. */
interface Looks {
  readonly pill: (message: MessageView) => Pill;
  readonly key: (message: MessageView) => string;
}

const elsewhere = "group ";
const isElsewhere = (key: string): boolean => key.startsWith(elsewhere);
/** Where a message of another group stands that waits for somebody's decision. */
const elsewhereWaitsAt = 0.2;

/** A message's flight is worked out once: with each frame of the run most of them are the same as before. */
export function createFlightOf(
  lanes: (message: MessageView) => Lane,
  { pill, key }: Looks,
): (message: MessageView) => Flight {
  const known = new WeakMap<MessageView, Flight>();
  return (message) => {
    const found = known.get(message);
    if (found !== undefined) return found;
    const lane = lanes(message);
    const flight = { message, lane, part: flownPart(lane, pill(message)), key: key(message) };
    known.set(message, flight);
    return flight;
  };
}

/** Those of other groups first, snapshots last: as on the stage. What waits for a decision there, or is `apart`, is an element. */
export function flightsOf(
  messages: Frame["messages"],
  group: Frame["group"],
  flightOf: (message: MessageView) => Flight,
  apart: readonly string[],
): readonly Flight[] {
  const [others, own, snapshots]: readonly [Flight[], Flight[], Flight[]] = [[], [], []];
  for (const message of messages) {
    const isOther = message.group !== group;
    if (apart.includes(message.id) || (message.dueAt === null && !isOther)) continue;
    (isOther ? others : message.kind === "InstallSnapshot" ? snapshots : own).push(flightOf(message));
  }
  return [...others, ...own, ...snapshots];
}

const keys = new WeakMap<MessageView, string>();

/** Two messages with the same key look the same. */
export function keyOf(message: MessageView, group: Frame["group"]): string {
  if (message.group !== group) return `${elsewhere}${message.group}`;
  const known = keys.get(message);
  if (known !== undefined) return known;
  const key = lookOf(message);
  keys.set(message, key);
  return key;
}

function lookOf(message: MessageView): string {
  const { kind, term, yes, entryTerms, heartbeat, round, bytes } = message;
  const size = kind === "InstallSnapshot" ? bytes : 0;
  return [kind, term, yes, heartbeat, round, size, entryTerms.length, ...entryTerms.slice(0, 4)].join(" ");
}

/** A lane's number for the painter: of the client and its servers, or of those that another program told of. */
export const laneKey = ({ from, to }: Pick<MessageView, "from" | "to">): number => 100 * from + to;

/** As in the style sheet. */
const fadedTo = 0.3;

/** As the painter takes them; `spriteKey` says a sprite's number. */
export function flightNumbersOf(
  flights: readonly Flight[],
  spriteKey: (key: string) => number,
  isFaded: (message: MessageView) => boolean,
): Float64Array<ArrayBuffer> {
  const numbers = new Float64Array(flightNumbers * flights.length);
  let i = 0;
  for (const { message, part, key } of flights) {
    const other = isElsewhere(key);
    numbers[i++] = spriteKey(key);
    numbers[i++] = laneKey(message);
    numbers[i++] = message.sentAt;
    numbers[i++] = message.arrivesAt;
    numbers[i++] = other && message.dueAt === null ? elsewhereWaitsAt : -1;
    numbers[i++] = other ? 0 : 1;
    numbers[i++] = part[0];
    numbers[i++] = part[1];
    numbers[i++] = isFaded(message) ? fadedTo : 1;
  }
  return numbers;
}

/**
 * Id of the uppermost message that is drawn within `reach` pixels of a point at `t`; null if none is. Those of other
 * groups are not for picking.
 */
export function hitIn(flights: readonly Flight[], t: Micros, { x, y }: Point, reach: number): string | null {
  const found = flights.findLast(({ message, lane, part, key }) => {
    if (isElsewhere(key)) return false;
    const at = pointOn(lane, alongPart(part, placeAt(message, t)));
    return Math.hypot(at.x - x, at.y - y) < reach;
  });
  return found?.message.id ?? null;
}
