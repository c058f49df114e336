import { type RefObject, useEffect, useLayoutEffect, useRef } from "react";
import { page } from "../../../store/page.ts";
import { definitions, useWords } from "../../../store/words.ts";
import { citation } from "../words/words.ts";
import { placeOf } from "./place.ts";
import "./definition.css";

interface Props {
  /** By which it is known which definition is open. */
  readonly place: string;
  readonly word: string;
  readonly anchor: RefObject<HTMLElement | null>;
}

const boxesOf = (selector: string): DOMRect[] =>
  [...document.querySelectorAll(selector)].map((element) => element.getBoundingClientRect());

/** Over everything, dialogs too, and inside of what its word stands in: a dialog keeps the keyboard. */
function show(card: HTMLElement, anchor: HTMLElement): void {
  card.showPopover?.();
  // A word on two lines: the first is meant.
  const word = anchor.getClientRects()[0] ?? anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = card;
  const over = anchor.closest("[role=dialog]") !== null;
  const { left, top } = placeOf(
    word,
    { width, height },
    {
      page: { width: document.documentElement.clientWidth, height: document.documentElement.clientHeight },
      never: over ? [] : boxesOf("[data-keep='in sight']"),
      rather: over ? [] : boxesOf("[data-keep='rather in sight']"),
    },
  );
  Object.assign(card.style, { left: `${left}px`, top: `${top}px` });
}

/** What a word means, with its section and the way to all words. */
export function Definition({ place, word, anchor }: Props) {
  const card = useRef<HTMLSpanElement>(null);
  const told = useWords((state) => state.glossary?.wordWithId(word));
  useLayoutEffect(() => {
    if (card.current !== null && anchor.current !== null) show(card.current, anchor.current);
  }, [anchor]);
  useClosing(place, card, anchor);
  if (told === undefined) return null;
  const inDialog = anchor.current?.closest("[role=dialog]") != null;
  return (
    <span ref={card} className="definition" role="dialog" aria-label={told.word} popover="manual">
      <span className="definition-word">{told.word}</span>
      <span className="definition-means">{told.means}</span>
      <span className="definition-foot">
        <span className="definition-section">{citation(told.section)}</span>
        {!inDialog && (
          <button type="button" className="ui-link" onClick={() => page.openWords(told.id)}>
            All words
          </button>
        )}
      </span>
    </span>
  );
}

/** Closes by Escape, by a press elsewhere, where the focus goes elsewhere, and where the page moves below it. */
function useClosing(place: string, card: Props["anchor"], anchor: Props["anchor"]): void {
  useEffect(() => {
    const close = () => definitions.close(place);
    const elsewhere = ({ target }: Event): boolean =>
      !(target instanceof Node && (card.current?.contains(target) || anchor.current?.contains(target)));
    const outside = (event: Event) => elsewhere(event) && close();
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      // The dialog around it, or the selection, is not meant.
      event.stopImmediatePropagation();
      event.preventDefault();
      close();
    };
    const always = { capture: true };
    for (const kind of ["pointerdown", "focusin", "scroll"]) window.addEventListener(kind, outside, always);
    window.addEventListener("resize", close);
    window.addEventListener("keydown", onKey, always);
    return () => {
      for (const kind of ["pointerdown", "focusin", "scroll"]) window.removeEventListener(kind, outside, always);
      window.removeEventListener("resize", close);
      window.removeEventListener("keydown", onKey, always);
    };
  }, [place, card, anchor]);
}
