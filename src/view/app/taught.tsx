import type { ReactElement } from "react";
import { useLab } from "../../store/use-lab.ts";
import { lazyPart } from "../kit/lazy.tsx";
import { Lesson } from "../lesson/lesson.tsx";

const Game = lazyPart("game", async () => (await import("../game/game.tsx")).Game);

/** In the place of a story: the step of a lesson, or the game. */
export function Taught({ foot }: { readonly foot: boolean }): ReactElement {
  const plays = useLab(({ info }) => info?.game !== undefined);
  return plays ? <Game /> : <Lesson foot={foot} />;
}
