import type { ServerId } from "../../../base/units.ts";
import { type Point, pointOn } from "../../../paint/curve.ts";
import type { ActiveFault } from "../../../worker/protocol/faults.ts";
import type { DirectedLink } from "../../../world/state/messages.ts";
import { laneOf, straightBetween } from "../lanes.ts";
import type { StageLayout } from "../places.ts";
import { isEverywhere } from "./everywhere.ts";

/** A mark on the stage that says what is wrong with a server or a link. */
export interface Sign extends Point {
  readonly key: string;
  readonly name: string;
  readonly words: string;
}

/** More would hide the server or the link that they are about. */
const signsPerPlace = 3;
const pitch = 19;

/** What the stage shows by itself: a server that is down or paused, a clock that is not true, a link that is cut. */
const shown: ReadonlySet<string> = new Set(["crash", "pause", "clock", "cut"]);

/** Signs on top of each server's disc, left to right; on each link, from its start, once for both ways. A fault on all links has a line of its own. */
export function signsOf(faults: readonly ActiveFault[], layout: StageLayout): readonly Sign[] {
  const places = new Map<string, Sign[]>();
  for (const fault of faults) {
    if (shown.has(fault.name) || isEverywhere(fault, layout.servers.length)) continue;
    const links = new Set(fault.targets.flatMap((target) => ("link" in target ? [target.link.join(">")] : [])));
    for (const target of fault.targets) {
      const both = "link" in target && links.has(`${target.link[1]}>${target.link[0]}`);
      if (both && target.link[0] > target.link[1]) continue;
      const where = "link" in target ? `S${target.link[0]}>S${target.link[1]}` : `S${target.server}`;
      const own = places.get(where) ?? [];
      if (own.length >= signsPerPlace) continue;
      const at =
        "link" in target ? onLink(layout, target.link, both, own.length) : onServer(layout, target.server, own.length);
      if (at === null) continue;
      own.push({ ...at, key: `${fault.id} ${where}`, name: fault.name, words: fault.words });
      places.set(where, own);
    }
  }
  return [...places.values()].flat();
}

function onServer(layout: StageLayout, id: ServerId, place: number): Point | null {
  const server = layout.servers[id - 1];
  if (server === undefined) return null;
  const reach = layout.radius * 0.72;
  return { x: server.x + reach - place * pitch, y: server.y - reach };
}

/** Both ways: on the straight line between the servers; one way: on its own lane. */
function onLink(layout: StageLayout, [from, to]: DirectedLink, both: boolean, place: number): Point | null {
  if (layout.servers[from - 1] === undefined || layout.servers[to - 1] === undefined) return null;
  const lane = laneOf(layout, from, to);
  const where = Math.min(0.9, (both ? 0.3 : 0.24) + (place * pitch) / Math.max(1, lane.length));
  if (!both) return pointOn(lane, where);
  const [a, b] = straightBetween(layout, from, to);
  return { x: a.x + (b.x - a.x) * where, y: a.y + (b.y - a.y) * where };
}
