import type { Micros, ServerId } from "../../base/units.ts";
import type { DirectedLink } from "../state/messages.ts";

/** Small pieces of what is said about acts. */

/** "S3"; "the client". */
export const who = (id: ServerId): string => (id === 0 ? "the client" : `S${id}`);

/** "S1", "S1 and S2", "S1, S2 and S3"; "nobody" if empty. */
export function all(ids: readonly ServerId[]): string {
  const names = ids.map(who);
  const last = names.at(-1) ?? "nobody";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}

/** "181 ms", "20.5 ms", "1.2 s", "3 min". */
export function time(micros: Micros): string {
  if (micros >= 60_000_000 && micros % 1_000_000 === 0 && micros % 60_000_000 === 0)
    return `${micros / 60_000_000} min`;
  return micros >= 1_000_000 ? `${rounded(micros / 1_000_000)} s` : `${rounded(micros / 1000)} ms`;
}
const rounded = (value: number): number => Math.round(value * 100) / 100;

/** "10 ms to 20 ms". */
export const between = ([least, most]: readonly [Micros, Micros]): string =>
  least === most ? time(least) : `${time(least)} to ${time(most)}`;

/** " for 1.2 s", "" without an end. */
export const lasting = ({ for: span }: { readonly for?: Micros }): string =>
  span === undefined ? "" : ` for ${time(span)}`;

export const percent = (ppm: number): string => `${ppm / 10_000} %`;

/** "S1→S2, S2→S1": at most four. */
export function arrows(links: readonly DirectedLink[]): string {
  const texts = links.slice(0, 4).map(([from, to]) => `${who(from)}→${who(to)}`);
  const more = links.length - texts.length;
  return more === 0 ? texts.join(", ") : `${texts.join(", ")} and ${more} more ${more === 1 ? "link" : "links"}`;
}

/** " on S1→S2"; "" for all links. */
export const on = ({ links }: { readonly links?: readonly DirectedLink[] }): string =>
  links === undefined ? "" : ` on ${arrows(links)}`;
