import type { Micros, ServerId } from "../../base/units.ts";
import { nameOf } from "../../store/server-names.ts";
import type { ServerView } from "../../worker/protocol/server.ts";
import { countOf, doingWords } from "../kit/words/membership.ts";
import { roleNames } from "../kit/words/role-names.ts";
import type { Box } from "./boxes.ts";
import type { LabelDetail, ServerPlace, StageLayout } from "./places.ts";
import { stripOf } from "./strip.ts";
import { leftWords } from "./timers.ts";

/** What a label says, in the room that it has, and how much of that it takes. Lengths before the stage's scale. */

const cellSize = 11;
export const cellPitch = 13;

/** Baselines of its texts, and the top of its log. */
export const linesOf = (detail: LabelDetail) =>
  detail === "stacked" || detail === "words" ? { name: 14, doing: 31, strip: 39 } : { name: 13, doing: 13, strip: 20 };

/** The fullest words about what it is doing that fit, at least its role; the disc beside it says the term. */
export function wordsOf(server: ServerView, width: number, left: Micros | undefined, asked = false): string {
  const fits = fitsIn(width);
  const doing = doingWords(server, fits);
  const counted = countOf(server, asked)?.words ?? [];
  const waiting = left === undefined || doing !== "follower" ? [] : [`follower, ${leftWords(left)}`, leftWords(left)];
  const role = server.told !== undefined ? doing : server.status === "up" ? roleNames[server.role] : server.status;
  const short = counted.at(-1) ?? role;
  return [...counted, ...waiting, doing].find(fits) ?? (fits(short) ? short : fitText(short, width));
}

const fitsIn =
  (width: number) =>
  (text: string): boolean =>
    fitText(text, width) === text;

const voteSmallest = 8;

/** A count of votes: its words, and a dot for each voter of whom there is room; 0 stands between the halves. */
export interface TallyWords {
  readonly text: string;
  readonly words: number;
  readonly pitch: number;
  readonly shown: readonly number[];
  readonly total: number;
  readonly answerOf: NonNullable<ReturnType<typeof countOf>>["answerOf"];
}

/** Null: it counts nothing. */
export function tallyOf(server: ServerView, width: number, asked = false): TallyWords | null {
  const count = countOf(server, asked);
  if (count === null) return null;
  const text = wordsOf(server, width, undefined, asked);
  const words = widthOf(text) + 6;
  const voters = count.tallies.flatMap((tally, half) => [...(half === 0 ? [] : [0]), ...tally.voters]);
  const pitch = Math.min(11, (width - words) / voters.length);
  const shown = pitch < voteSmallest ? [] : voters;
  return { text, words, pitch, shown, total: words + pitch * shown.length, answerOf: count.answerOf };
}

/** The end of its log, and the pixels that it takes. */
export function cellsIn(server: ServerView, width: number) {
  const strip = stripOf(server, Math.max(1, Math.floor((width + 2) / cellPitch)));
  const ahead = strip.before === null ? 0 : 1;
  return { ...strip, ahead, total: Math.max(1, strip.shown.length + ahead) * cellPitch - (cellPitch - cellSize) };
}

/** Of 12.5 px text, with something to spare. */
const letterWidth = 6;

const widthOf = (text: string): number => Math.ceil(text.length * letterWidth);

/** Shortens a line of 12 px text to about `width` pixels, at a word if there is one near. */
export function fitText(text: string, width: number): string {
  const room = Math.floor(width / 5.9);
  if (text.length <= room) return text;
  const cut = text.slice(0, Math.max(1, room - 1));
  const space = cut.lastIndexOf(" ");
  return `${space > cut.length * 0.6 ? cut.slice(0, space) : cut.trimEnd()}…`;
}

/** Of 14 px text, with something to spare. */
export const nameWidth = (id: ServerId): number => Math.max(26, nameOf(id).length * 9);
/** Around what is written. */
const air = 3;

/** What of its place a label takes, in pixels of the stage: there no message is seen. */
function writtenBox(
  server: ServerView,
  { label, align }: ServerPlace,
  { detail, scale }: Pick<StageLayout, "detail" | "scale">,
  left: Micros | undefined,
): Box {
  const width = label.width / scale;
  const { doing, strip } = linesOf(detail);
  const inline = detail === "inline";
  const room = inline ? width - nameWidth(server.id) - 2 : width;
  const said = detail === "name" ? 0 : (tallyOf(server, room)?.total ?? widthOf(wordsOf(server, room, left)));
  const cells = detail === "stacked" || inline ? cellsIn(server, width).total : 0;
  const taken =
    Math.min(width, Math.max(inline ? nameWidth(server.id) + said : Math.max(nameWidth(server.id), said), cells)) +
    2 * air;
  const high = cells > 0 ? strip + cellSize : doing + 4;
  const x = align === "start" ? -air : align === "end" ? width - taken + air : (width - taken) / 2;
  return { x: label.x + x * scale, y: label.y, width: taken * scale, height: high * scale };
}

/** The last box of each place: from frame to frame most servers say the same. */
const known = new WeakMap<
  ServerPlace,
  { readonly server: ServerView; readonly left: Micros | undefined; readonly box: Box }
>();

function knownBox(server: ServerView, place: ServerPlace, layout: StageLayout, left: Micros | undefined): Box {
  const last = known.get(place);
  if (last?.server === server && last.left === left) return last.box;
  const box = writtenBox(server, place, layout, left);
  known.set(place, { server, left, box });
  return box;
}

/** Those of all servers that have a place. */
export const writtenBoxes = (
  servers: readonly ServerView[],
  layout: StageLayout,
  leftOf: (server: ServerView) => Micros | undefined = () => undefined,
): readonly Box[] =>
  servers.flatMap((server) => {
    const place = layout.servers[server.id - 1];
    return place === undefined ? [] : [knownBox(server, place, layout, leftOf(server))];
  });
