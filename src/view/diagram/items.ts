import type { Micros } from "../../base/units.ts";
import { nameOf } from "../../store/server-names.ts";
import type { MessageRef } from "../../world/state/messages.ts";
import { formatTime } from "../kit/words/time.ts";
import type { Hit, View } from "./ground.ts";
import type { Scene } from "./layout.ts";
import { flightFate, flightName, signWords } from "./words.ts";

/** Something in the stretch, in words, and where a click on it leads. */
export interface Item {
  readonly key: string;
  readonly at: Micros;
  readonly words: string;
  /** After which event it is to be seen, and which message it is. */
  readonly event: number;
  readonly ref: MessageRef | null;
  /** The event of which it can be asked what led to it. */
  readonly about: number;
}

export function itemOf({ diagram, shown }: Pick<View, "diagram" | "shown">, hit: Hit): Item {
  if (hit.of === "event")
    return { key: `e${hit.event}`, at: 0, words: hit.words, event: hit.event, ref: null, about: hit.event };
  if (hit.of === "sign") {
    const sign = diagram.signs[hit.place]!;
    const words = `${formatTime(sign.at)} ${signWords(sign)}`;
    return { key: `s${hit.place}`, at: sign.at, words, event: sign.event, ref: null, about: sign.event };
  }
  if (hit.of === "bundle") {
    const { from, to, count, lost, first, last, event } = diagram.bundles[hit.place]!;
    const ends = `from ${from === 0 ? "clients" : nameOf(from)} to ${to === 0 ? "clients" : nameOf(to)}`;
    const gone = lost === 0 ? "" : `, ${lost} lost`;
    const many = count === 1 ? "1 message" : `${count} messages`;
    const when = first === last ? formatTime(first) : `${formatTime(first)} to ${formatTime(last)}`;
    return { key: `b${hit.place}`, at: first, words: `${when} ${many} ${ends}${gone}`, event, ref: null, about: event };
  }
  const flight = diagram.messages[hit.place]!;
  const [sentAt, endAt, sentIn, endedIn, from, to, ordinal, copy] = flight;
  const words = `${formatTime(sentAt)} ${flightName(diagram.kinds, flight)}, ${flightFate(flight, shown)}`;
  const known = endedIn > 0 && endAt !== null && endAt <= shown;
  return {
    ...{ key: `m${hit.place}`, at: sentAt, words, event: sentIn, ref: { from, to, ordinal, copy } },
    about: known ? endedIn : sentIn,
  };
}

/** Beyond so many nobody would go through them. */
const itemsMost = 120;

/** What can be clicked, by time; and how many more there are. */
export function itemsOf(
  view: View,
  { hits }: Pick<Scene, "hits">,
): { readonly items: readonly Item[]; readonly more: number } {
  const all = hits.filter(({ of }) => of !== "event").map((hit) => itemOf(view, hit));
  all.sort((a, b) => a.at - b.at || a.event - b.event);
  return { items: all.slice(0, itemsMost), more: Math.max(0, all.length - itemsMost) };
}
