import type { ServerId } from "../../base/units.ts";
import type { ActiveFault } from "../../worker/protocol.ts";
import { laneOf, pointOn } from "../cluster/lanes.ts";
import type { Point, StageLayout } from "../cluster/layout.ts";
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

/** Signs on top of each server's disc, left to right; on each link, from its start. A fault on all links has a line of its own. */
export function signsOf(faults: readonly ActiveFault[], layout: StageLayout): readonly Sign[] {
  const places = new Map<string, Sign[]>();
  for (const fault of faults) {
    if (shown.has(fault.name) || isEverywhere(fault, layout.servers.length)) continue;
    for (const target of fault.targets) {
      const where = "link" in target ? `S${target.link[0]}>S${target.link[1]}` : `S${target.server}`;
      const own = places.get(where) ?? [];
      if (own.length >= signsPerPlace) continue;
      const at =
        "link" in target
          ? onLink(layout, target.link[0], target.link[1], own.length)
          : onServer(layout, target.server, own.length);
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

function onLink(layout: StageLayout, from: ServerId, to: ServerId, place: number): Point | null {
  if (layout.servers[from - 1] === undefined || layout.servers[to - 1] === undefined) return null;
  const lane = laneOf(layout, from, to);
  return pointOn(lane, Math.min(0.9, 0.24 + (place * pitch) / Math.max(1, lane.length)));
}
