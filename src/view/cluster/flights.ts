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

/** Those of other groups first, snapshots last: as on the stage. What waits for a decision there, or is `apart`, is an element. */
export function flightsOf(
  messages: Frame["messages"],
  group: Frame["group"],
  lanes: (message: MessageView) => Lane,
  apart: readonly string[],
  { pill, key }: Looks,
): readonly Flight[] {
  const level = (message: MessageView): number =>
    message.group !== group ? 0 : message.kind === "InstallSnapshot" ? 2 : 1;
  return messages
    .filter((message) => !apart.includes(message.id) && (message.dueAt !== null || message.group !== group))
    .sort((a, b) => level(a) - level(b))
    .map((message) => {
      const lane = lanes(message);
      return { message, lane, part: flownPart(lane, pill(message)), key: key(message) };
    });
}

/** Two messages with the same key look the same. */
export function keyOf(message: MessageView, group: Frame["group"]): string {
  if (message.group !== group) return `${elsewhere}${message.group}`;
  const { kind, term, yes, entryTerms, heartbeat, round, bytes } = message;
  const size = kind === "InstallSnapshot" ? bytes : 0;
  return [kind, term, yes, heartbeat, round, size, entryTerms.length, ...entryTerms.slice(0, 4)].join(" ");
}

/** A lane's number for the painter: there are at most nine servers, and the client. */
export const laneKey = ({ from, to }: Pick<MessageView, "from" | "to">): number => 10 * from + to;

/** As the painter takes them; `spriteKey` says a sprite's number. */
export function flightNumbersOf(
  flights: readonly Flight[],
  spriteKey: (key: string) => number,
): Float64Array<ArrayBuffer> {
  const numbers = new Float64Array(flightNumbers * flights.length);
  flights.forEach(({ message, part, key }, i) => {
    const other = isElsewhere(key);
    const fixed = other && message.dueAt === null ? elsewhereWaitsAt : -1;
    const { sentAt, arrivesAt } = message;
    numbers.set(
      [spriteKey(key), laneKey(message), sentAt, arrivesAt, fixed, other ? 0 : 1, ...part],
      flightNumbers * i,
    );
  });
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
