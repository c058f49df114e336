import { useEffect } from "react";
import type { Letter } from "../../lesson/lesson.ts";
import { theLesson } from "../../store/lesson/use-lesson.ts";
import { page, usePage } from "../../store/page.ts";
import { presenter, usePresenter } from "../../store/presenter.ts";
import { labState } from "../../store/use-lab.ts";
import { isOfFocus } from "../kit/keys.ts";

/** Keys of a remote, and of who speaks. Every other key does what it does on the page: the room may ask for a crash. */
export function useRemote(notes: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { dialog, dark } = usePage.getState();
      if (event.ctrlKey || event.metaKey || event.altKey || dialog !== null || dark || isOfFocus(event)) return;
      const deed = deedOf(event.key, notes);
      if (deed === null) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (!event.repeat) deed();
    };
    window.addEventListener("keydown", onKey, true);
    return () => window.removeEventListener("keydown", onKey, true);
  }, [notes]);
}

function deedOf(key: string, notes: () => void): (() => void) | null {
  const { frozen, card, asked, counting } = usePresenter.getState();
  if (key === "z" || key === "Z") return frozen ? presenter.thaw : presenter.freeze;
  const letter = asked && !frozen ? letterOf(key) : null;
  if (letter !== null) return () => presenter.count(letter);
  if (counting !== null && /^[0-9]$/.test(key)) return () => presenter.countDigit(Number(key));
  if (counting !== null && key === "Enter") return presenter.endCount;
  if (key === "b" || key === "B") return () => page.darken(true);
  if (key === "n" || key === "N") return notes;
  if (key === "Escape") return card === "large" ? presenter.turnCard : presenter.end;
  if (frozen) return isPress(key) ? () => {} : null;
  if (["PageDown", ".", " ", "Spacebar", "ArrowRight", "Enter"].includes(key)) return presenter.next;
  if (["PageUp", ",", "ArrowLeft"].includes(key)) return presenter.back;
  if (key === "q" || key === "Q") return presenter.turnCard;
  if (/^[1-9]$/.test(key)) return () => presenter.jump(Number(key));
  return null;
}

/** While a lesson's question stands there, a letter is that answer's. */
const letterOf = (key: string): Letter | null => {
  const answers = theLesson() === null ? [] : (labState().info?.lesson?.question?.answers ?? []);
  return answers.find(({ letter }) => letter === key.toUpperCase())?.letter ?? null;
};

/** What a frozen picture does not follow. */
const isPress = (key: string): boolean => key.length === 1 || /^(Page|Arrow|Home|End|Enter|Delete)/.test(key);
