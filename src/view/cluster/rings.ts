import type { Micros } from "../../base/units.ts";
import type { Arc, Ring } from "../../paint/picture.ts";
import type { ServerView } from "../../worker/protocol/server.ts";
import { standsBy } from "../kit/words/membership.ts";
import type { StageLayout } from "./places.ts";

/** Radii of what is drawn around one server, as in the layout. */
export interface ServerSizes {
  readonly radius: number;
  readonly ring: number;
  readonly reach: number;
  readonly crown: number;
}

/** Rings close to their discs have finer arcs. */
export const isSmall = ({ radius, ring }: ServerSizes): boolean => ring - radius < 6;

/** A learner is drawn with corners. */
export const isSquare = ({ member, role, status }: ServerView): boolean =>
  member === "learner" && role === "follower" && status !== "down";

/** The kinds of arcs: how far out, and how thick. */
export const arcs = {
  full: { radius: ({ ring }: ServerSizes) => ring, width: 4, colour: "ink" },
  small: { radius: ({ ring }: ServerSizes) => ring, width: 3, colour: "ink" },
  thin: { radius: ({ radius }: ServerSizes) => radius + 2.5, width: 2, colour: "ink" },
  lease: { radius: ({ radius }: ServerSizes) => radius + 2, width: 2, colour: "muted" },
  leaseOutside: { radius: ({ ring }: ServerSizes) => ring + 3.4, width: 2, colour: "muted" },
} as const;
export type ArcKind = keyof typeof arcs;

/** The timer that a server shows around itself; null if it shows none. */
export interface Timer {
  readonly kind: ArcKind;
  /** When it fires; null while it stands still. */
  readonly due: number | null;
  /** For how long the whole ring stands. */
  readonly length: number;
}

/** Election timers have one scale, so that it is seen who fires first: the whole ring is `longest`, the run's longest timeout. */
export function timerOf(server: ServerView, sizes: ServerSizes, longest: Micros): Timer | null {
  const { status, role, lease, electionDueAt: due } = server;
  const small = isSmall(sizes);
  if (status === "down") return null;
  if (role === "leader")
    return lease && { kind: small ? "leaseOutside" : "lease", due: lease.until, length: lease.longest };
  if (standsBy(server) || isSquare(server)) return null;
  if (role === "follower") return { kind: small ? "small" : "full", due, length: longest };
  return small ? null : { kind: "thin", due, length: longest };
}

/** Another program tells of it, and not what it is. */
export const roleUntold = ({ told }: ServerView): boolean => told?.unknown.includes("role") === true;

/** A follower's ring is a thin line, under its timer; that of the others is a sign and no ground. */
const hasLine = (server: ServerView): boolean =>
  server.role === "follower" &&
  server.status !== "down" &&
  !standsBy(server) &&
  !isSquare(server) &&
  !roleUntold(server);

/** What the painter draws around the servers, under their discs. */
export function ringsOf(servers: readonly ServerView[], layout: StageLayout, longest: Micros): readonly Ring[] {
  return servers.flatMap((server) => {
    const place = layout.servers[server.id - 1];
    // Another run may have more servers than the stage has places for yet.
    if (place === undefined || server.status === "down") return [];
    const { x, y } = place;
    return [{ x, y, paper: layout.ring, line: hasLine(server), arc: arcOf(timerOf(server, layout, longest), layout) }];
  });
}

function arcOf(timer: Timer | null, sizes: ServerSizes): Arc | null {
  if (timer === null || timer.due === null) return null;
  const { radius, width, colour } = arcs[timer.kind];
  return { radius: radius(sizes), width, colour, due: timer.due, length: timer.length };
}
