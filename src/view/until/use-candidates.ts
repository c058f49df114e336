import { type KeyboardEvent, type RefObject, useLayoutEffect, useRef, useState } from "react";
import { completionsAt, withCandidate } from "../../store/conditions.ts";
import { labState } from "../../store/use-lab.ts";

/** More than so many do not help anybody. */
const candidatesMost = 40;

/** A field whose text is completed at its caret; nothing is chosen until an arrow key chooses. */
export function useCandidates(field: RefObject<HTMLInputElement | null>, begin: string) {
  const [text, setText] = useState(begin);
  const [caret, setCaret] = useState(begin.length);
  const [chosen, setChosen] = useState(-1);
  const placed = useRef<number | null>(null);
  const completion = completionsAt(text, caret, labState());
  const candidates = completion.candidates.slice(0, candidatesMost);

  useLayoutEffect(() => {
    if (placed.current === null) return;
    field.current?.focus();
    field.current?.setSelectionRange(placed.current, placed.current);
    placed.current = null;
  });

  function set(next: string, at: number): void {
    placed.current = at;
    setText(next);
    setCaret(at);
    setChosen(-1);
  }
  function take(candidate: string): void {
    const next = withCandidate(text, completion, candidate);
    set(next.text, next.caret);
  }
  function onKeyDown(event: KeyboardEvent): void {
    const { key } = event;
    const step = key === "ArrowDown" ? 1 : key === "ArrowUp" ? -1 : 0;
    const one = candidates[chosen];
    if (step !== 0 && candidates.length > 0)
      setChosen((was) => Math.max(-1, Math.min(candidates.length - 1, was + step)));
    else if (key === "Enter" && one !== undefined) take(one.text);
    else return;
    event.preventDefault();
  }
  /** The field has another text, or another place in it. */
  function follow(): void {
    const { value = "", selectionStart } = field.current ?? {};
    setText(value);
    setCaret(selectionStart ?? value.length);
    setChosen(-1);
  }
  const look = (): void => {
    const at = field.current?.selectionStart ?? text.length;
    if (at !== caret) follow();
  };
  return { text, caret, candidates, chosen, set, take, onKeyDown, follow, look };
}
