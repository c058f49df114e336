import type { Micros } from "../base/units.ts";
import { operationsOf } from "../world/operations.ts";
import type { ClientOperation } from "../world/state/clients.ts";
import type { World } from "../world/types.ts";
import { exactlyOnce, realTimeOrder } from "./audit.ts";
import { type Excuse, excuses, type Falls, falls, fallsWith, leaseFalls } from "./excuses.ts";
import type { Ghost } from "./ghost.ts";
import type { Invariant } from "./invariant.ts";
import { leaseIsExclusive } from "./invariants/timers.ts";
import { warnings } from "./watch.ts";

/** A property that this run does not promise, and why. */
export interface NotPromised {
  readonly property: string;
  readonly section: string;
  readonly excuse: Excuse;
  /** "on a clock that was set": what comes after "Not promised". */
  readonly title: string;
  /** One sentence, or two where there are two reasons. */
  readonly why: string;
  /** Since when; null: from the start. */
  readonly at: Micros | null;
  /** Where it is known already that it did not hold, and when. */
  readonly unkept?: { readonly detail: string; readonly at: Micros };
}

/** Everything that a run does not promise, up to now, by `excuses.ts`. */
export function notPromised(world: World, ghosts: readonly Ghost[]): NotPromised[] {
  const leased = firstRead(world, "lease");
  return [
    ...orNone(realTimeOrder, historyFalls(world, ghosts, leased)),
    ...orNone(exactlyOnce, world.setup.clients.sessions ? null : { ...because("noSession"), ...executedTwice(ghosts) }),
    ...warnings.flatMap((invariant) => orNone(invariant, warningFalls(world, ghosts, invariant, leased !== undefined))),
  ];
}

type Because = Omit<NotPromised, "property" | "section">;
const because = (excuse: Excuse, about = "", at: Micros | null = null): Because => {
  const { title, why } = excuses[excuse];
  return { excuse, title, why: why(about, secondsText(at ?? 0)), at };
};
const secondsText = (at: Micros): string => `${(at / 1e6).toFixed(3)} s`;

const orNone = ({ name, section }: Pick<Invariant, "name" | "section">, why: Because | null): NotPromised[] =>
  why === null ? [] : [{ property: name, section, ...why }];

const firstRead = (world: World, mode: "lease" | "stale"): ClientOperation | undefined =>
  operationsOf(world).find(({ read }) => read === mode);

/** Why what clients see need have no order. A lease excuses nothing where a rule is off: that is the harm which one looks for. */
function historyFalls(world: World, ghosts: readonly Ghost[], leased: ClientOperation | undefined): Because | null {
  if (world.outside !== null) return because("outside", world.outside);
  const { unkept: twice } = executedTwice(ghosts);
  if (twice !== undefined) return because("executedTwice", twice.detail, twice.at);
  const stale = firstRead(world, "stale");
  if (stale !== undefined) return because("staleRead", `C${stale.client}`, stale.calledAt);
  return leased === undefined || world.setup.bugs.length > 0 ? null : serversFall(world, ghosts, leaseFalls);
}

function executedTwice(ghosts: readonly Ghost[]): Pick<NotPromised, "unkept"> {
  const twice = ghosts.flatMap(({ clients }) => clients.executedTwice ?? [])[0];
  if (twice === undefined) return {};
  const { what, first, again, at } = twice;
  return { unkept: { detail: `${what} was executed twice, at entries ${first} and ${again}`, at } };
}

/** Lower guards are not watched where a rule is off, or once the run has left what Raft is made for. */
function warningFalls(world: World, ghosts: readonly Ghost[], invariant: Invariant, leased: boolean): Because | null {
  if (world.setup.bugs.length > 0) return because("ruleOff");
  if (world.outside !== null) return because("outside", world.outside);
  // Where nobody reads by a lease there is nothing to promise of it.
  if (invariant === leaseIsExclusive && !leased) return null;
  return serversFall(world, ghosts, falls.get(invariant));
}

/** The first reason that any server has, in any group. */
function serversFall(world: World, ghosts: readonly Ghost[], fall: Falls | undefined): Because | null {
  for (const machine of world.machines) {
    if (machine === undefined) continue;
    const ghost = ghosts[machine.group]!;
    const excuse = fall === undefined ? null : fallsWith(fall, machine.options, ghost, world);
    if (excuse === "clockSet" || excuse === "firedEarly") return meddled(excuse, ghost);
    if (excuse !== null) return alsoClock(because(excuse), ghost);
  }
  return null;
}

/** A lease that promises nothing by itself is not the only reason where a clock was set, too. */
const alsoClock = (why: Because, ghost: Ghost): Because =>
  ghost.clockSet === null || why.excuse !== "etcdLease"
    ? why
    : { ...why, why: `${why.why} ${meddled("clockSet", ghost).why}` };

const meddled = (excuse: "clockSet" | "firedEarly", { [excuse]: done }: Ghost): Because =>
  because(excuse, `S${done?.server ?? 0}`, done?.at ?? null);
