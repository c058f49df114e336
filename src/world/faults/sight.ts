import type { Micros, ServerId } from "../../base/units.ts";
import { cutLink, linkOf, serverIds, serverLinks } from "../network.ts";
import { onServer } from "../refusals.ts";
import type { Machine } from "../state/machine.ts";
import type { DirectedLink, Overlay } from "../state/messages.ts";
import type { WorldState } from "../state/state.ts";
import type { Roll, Target } from "./fault.ts";

/** What faults look at, and what they do to links. */

export const processOf = (server: ServerId): Target => ({ on: "process", server });

export const machinesThat = (world: WorldState, fits: (machine: Machine) => boolean): ServerId[] =>
  serverIds(world).filter((id) => fits(world.machines[id]!));

export const one = <Item>(list: readonly Item[], roll: Roll): Item | undefined => list[roll(Math.max(1, list.length))];

/** From `least` to `most` milliseconds. */
export const between = (least: number, most: number, roll: Roll): Micros => (least + roll(most - least + 1)) * 1000;

/** At least one of them, in their order. */
export function some<Item>(list: readonly Item[], roll: Roll): Item[] {
  const chosen = list.filter(() => roll(2) === 0);
  return chosen.length > 0 ? chosen : [one(list, roll)!];
}

export function shuffled<Item>(list: readonly Item[], roll: Roll): Item[] {
  const rest = [...list];
  return list.map(() => rest.splice(roll(rest.length), 1)[0]!);
}

/** What is against one of them, or that there is none of that name. */
export const onEach = (
  world: WorldState,
  ids: readonly ServerId[],
  test: (machine: Machine) => string | null = () => null,
) => ids.map((id) => onServer(world, id, test)).find((problem) => problem !== null) ?? null;

// ---- links ---------------------------------------------------------------------------------------------------------

/** Every link between servers, where none are named. */
export const linksIn = (
  world: WorldState,
  { links }: { readonly links?: readonly DirectedLink[] },
): readonly DirectedLink[] => links ?? serverLinks(world);

/** Cuts those of the links that are up, and mends the others: a wall has two sides, and doors. */
export function divide(world: WorldState, isCut: (from: ServerId, to: ServerId) => boolean): void {
  for (const link of serverLinks(world)) {
    const [from, to] = link;
    if (!isCut(from, to)) linkOf(world, from, to).up = true;
    else if (linkOf(world, from, to).up) cutLink(world, link);
  }
}

/** As `divide`, but leaves the other links as they are. */
export function cutWhere(world: WorldState, isCut: (from: ServerId, to: ServerId) => boolean): void {
  for (const link of serverLinks(world))
    if (isCut(link[0], link[1]) && linkOf(world, link[0], link[1]).up) cutLink(world, link);
}

/** Where a wall goes through: those of `divide`. */
export const walled = (world: WorldState, isCut: (from: ServerId, to: ServerId) => boolean): Target[] =>
  serverLinks(world).flatMap((link) => (isCut(link[0], link[1]) ? [{ on: "link", link }] : []));

/** The same disturbance on each of the links, in the place of an older one of its kind. */
export function disturb(world: WorldState, links: readonly DirectedLink[], overlay: Overlay): void {
  for (const [from, to] of links) {
    const link = linkOf(world, from, to);
    link.overlay = { ...link.overlay, ...overlay };
  }
}

export const disturbed = (links: readonly DirectedLink[], on: keyof Overlay): Target[] =>
  links.map((link) => ({ on, link }));

/** All links, or some. */
export const linksByChance = (world: WorldState, roll: Roll): { readonly links?: readonly DirectedLink[] } =>
  roll(2) === 0 || serverLinks(world).length === 0 ? {} : { links: some(serverLinks(world), roll) };

/** Whatever can lie on a link. */
export const linkTargets = (link: DirectedLink): Target[] =>
  (["link", "loss", "duplicate", "delay", "reorder", "bandwidth"] as const).map((on) => ({ on, link }));
