import { rounds } from "../../lesson/game/rounds.ts";
import { type BugName, type ShownBug, shownBugs } from "../../scenario/bugs.ts";
import type { GameProgress } from "./progress.ts";

/** What the page knows of the rounds; it is fetched with the game. */

export const roundsThere = rounds.length;

const shown = (name: BugName): ShownBug => shownBugs.flatMap(({ bugs }) => bugs).find((bug) => bug.name === name)!;

/** The mistake of a round, counted from 1. */
export const mistakeOf = (round: number): ShownBug => shown(rounds[round - 1]!.bug);

/** How few acts are known to be enough. */
export const fewestIn = (round: number): number => rounds[round - 1]!.acts.length;

/** The right name and three others, always the same, in an order that tells nothing. */
export function namesFor(round: number): readonly ShownBug[] {
  const places = [0, 3, 5, 10].map((step) => (round - 1 + step) % rounds.length);
  return places.map((place) => shown(rounds[place]!.bug)).sort((a, b) => (a.title < b.title ? -1 : 1));
}

/** One of the rounds that are not beaten yet, or of all, and not the one that is open. `chance`: from 0 up to 1. */
export function anotherRound({ rounds: beaten }: GameProgress, open: number, chance: number): number {
  const others = rounds.map((_, place) => place + 1).filter((round) => round !== open);
  const fresh = others.filter((round) => beaten[round] === undefined);
  const from = fresh.length > 0 ? fresh : others;
  return from[Math.floor(chance * from.length)]!;
}
