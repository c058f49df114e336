import { useEffect, useState } from "react";
import { useStore } from "zustand";
import type { GameScore } from "../../worker/protocol/game.ts";
import { createSearch, type SearchState } from "../search.ts";
import { spawnSearch } from "../spawn.ts";
import { openedRun } from "../story.ts";
import { session, useLab } from "../use-lab.ts";
import { lift } from "./name-it.ts";
import { noteGame, nowIn, withResult } from "./progress.ts";
import { fewestIn, mistakeOf } from "./rounds.ts";

/** What was tried and what came of it, at the moment that is shown; null until it is known. */
export function useScore(): GameScore | null {
  const [score, setScore] = useState<GameScore | null>(null);
  const place = useLab(({ frame, playing }) => (playing ? "" : `${frame?.branch} ${frame?.position.event}`));
  const acts = useLab(({ timeline }) => timeline);
  const run = useLab(openedRun);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked anew where another moment, act or run is shown
  useEffect(() => {
    let gone = false;
    void session.game({}).then((answer) => !gone && answer !== null && setScore(answer.score));
    return () => {
      gone = true;
    };
  }, [place, acts, run]);
  return score;
}

/** A hint's own search: the page's other one would say what it looks for. */
const { store, commands } = createSearch(spawnSearch, () => {});

export const useHint = <T>(select: (state: SearchState) => T): T => useStore(store, select);

/** Takes the points of the round. */
export function askSearch(round: number): void {
  noteGame((known) => ({ ...known, now: { ...nowIn(known, round), helped: true } }));
  commands.start({ bugs: [mistakeOf(round).name], servers: 0 });
}
export const forgetHint = (): void => commands.cancel();

/** True if that is the mistake: then it is told. */
export function nameIt(round: number, name: string, acts: number): boolean {
  if (name !== mistakeOf(round).name) {
    noteGame((known) => {
      const now = nowIn(known, round);
      return { ...known, now: { ...now, wrong: [...new Set([...now.wrong, name])] } };
    });
    return false;
  }
  noteGame((known) => {
    const { wrong, helped } = nowIn(known, round);
    return withResult(known, round, { acts, wrong: wrong.length, helped }, fewestIn(round));
  });
  forgetHint();
  void lift(round);
  return true;
}

/** A try with every rule on. */
export const noteTry = (): void => noteGame((known) => ({ ...known, tries: known.tries + 1 }));
