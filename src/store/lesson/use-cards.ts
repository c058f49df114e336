import { useEffect, useState } from "react";
import type { LessonCard } from "../../worker/protocol/lesson.ts";
import { session } from "../use-lab.ts";
import { recallProgress } from "./progress.ts";

/** Every lesson in a few words, none until the engine has said them; what the reader has done of them is recalled too. */
export function useCards(): readonly LessonCard[] {
  const [cards, setCards] = useState<readonly LessonCard[]>([]);
  useEffect(() => {
    recallProgress();
    let gone = false;
    void session.lessons({}).then((answer) => answer !== null && !gone && setCards(answer.lessons));
    return () => {
      gone = true;
    };
  }, []);
  return cards;
}
