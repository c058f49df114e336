import * as v from "valibot";
import { create } from "zustand";
import { pageStorage } from "../page.ts";

const key = "driftwood-game";

const result = v.object({
  /** Acts until a property fell. */
  acts: v.number(),
  /** Names that were given before the right one. */
  wrong: v.number(),
  /** The search was asked, or the name. */
  helped: v.boolean(),
});
const schema = v.object({
  /** Times that somebody tried with every rule on: opened it, and acted. */
  tries: v.number(),
  /** The best of each round that was beaten and named, by its number. */
  rounds: v.record(v.string(), result),
  /** The round that is being played: what was given away of it, and what was named in vain. */
  now: v.nullable(v.object({ round: v.number(), helped: v.boolean(), wrong: v.array(v.string()) })),
});

/** What this device remembers of the game. Nothing of it is sent anywhere. */
export type GameProgress = v.InferOutput<typeof schema>;
export type RoundResult = v.InferOutput<typeof result>;

const nothing: GameProgress = { tries: 0, rounds: {}, now: null };

/** What was noted; nothing if nothing was, or something else stands there. */
export function readGameProgress(noted: string | null): GameProgress {
  try {
    return v.parse(schema, JSON.parse(noted ?? ""));
  } catch {
    return nothing;
  }
}

export const useGameProgress = create<GameProgress>(() => nothing);

/** What another page of this device has noted meanwhile is known then. */
export function recallGame(): GameProgress {
  const known = readGameProgress(pageStorage.getItem(key));
  useGameProgress.setState(known);
  return known;
}

export function noteGame(change: (known: GameProgress) => GameProgress): void {
  const next = change(recallGame());
  useGameProgress.setState(next);
  pageStorage.setItem(key, JSON.stringify(next));
}

// ---- points -------------------------------------------------------------------------------------------------

const pointsForActs = 10;
const pointsForName = 5;
export const pointsMost = pointsForActs + pointsForName;

/**
 * Ten points for as few acts as are known to be enough, one less for each act more, down to one; five for the right name
 * at once. None with help.
 */
export function pointsOf({ acts, wrong, helped }: RoundResult, fewest: number): number {
  if (helped) return 0;
  const forActs = Math.max(1, Math.min(pointsForActs, pointsForActs + fewest - acts));
  return forActs + (wrong === 0 ? pointsForName : 0);
}

/** The same with this result, if it is better than the one that was there. */
export function withResult(known: GameProgress, round: number, own: RoundResult, fewest: number): GameProgress {
  const before = known.rounds[round];
  const better = before === undefined || pointsOf(own, fewest) > pointsOf(before, fewest);
  return { ...known, rounds: better ? { ...known.rounds, [round]: own } : known.rounds, now: null };
}

/** What was given away of this round, and named in vain. */
export const nowIn = ({ now }: GameProgress, round: number): NonNullable<GameProgress["now"]> =>
  now?.round === round ? now : { round, helped: false, wrong: [] };
