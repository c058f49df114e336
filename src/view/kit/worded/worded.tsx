import { type KeyboardEvent, memo, type PointerEvent, type ReactNode, useEffect, useId, useRef } from "react";
import { definitions, useWords, wantWords } from "../../../store/words.ts";
import { Late, lazyPart } from "../lazy.tsx";
import "./worded.css";

const Definition = lazyPart("definition", async () => (await import("./definition.tsx")).Definition);

/**
 * A text in which the first occurrence of each defined word is underlined by dots; pointed at, focused or touched, it
 * opens the definition. Until the words are there the text stands plain, at the same size. Not for texts inside of
 * buttons, nor for the stage.
 */
export const Worded = memo(function Worded({ text, quiet = false }: WordedProps): ReactNode {
  const glossary = useGlossary();
  return glossary === null ? text : wordsOf(glossary.pieces(text), quiet);
});

/** What knows the words; null until it is there. */
export function useGlossary() {
  const glossary = useWords((state) => state.glossary);
  useEffect(wantWords, []);
  return glossary;
}

type Pieces = ReturnType<NonNullable<ReturnType<typeof useGlossary>>["pieces"]>;
export const wordsOf = (pieces: Pieces, quiet = false): ReactNode =>
  pieces.map((piece) =>
    typeof piece === "string" ? piece : <Word key={piece.id} word={piece.id} text={piece.text} quiet={quiet} />,
  );

interface WordedProps {
  readonly text: string;
  /**
   * Without underlines and places in the order of Tab, for short words that stand many times in a table: its key has to
   * have them underlined once.
   */
  readonly quiet?: boolean;
}

/** A word by its id, where the page calls it otherwise: "next" for nextIndex. */
export function Named({ word, children }: { readonly word: string; readonly children: string }): ReactNode {
  const known = useWords((state) => state.glossary?.wordWithId(word) !== undefined);
  useEffect(wantWords, []);
  return known ? <Word word={word} text={children} /> : children;
}

/** What each word means, for `aria-describedby`: a screen reader reads it out with the word. Stands once on the page. */
export function Meanings(): ReactNode {
  const glossary = useWords((state) => state.glossary);
  if (glossary === null) return null;
  return (
    <div hidden>
      {glossary.search("").map(({ id, means }) => (
        <p key={id} id={`word-${id}`}>
          {means}
        </p>
      ))}
    </div>
  );
}

/** Milliseconds between pointing and showing, so that a pointer that passes by opens nothing; and the way to the definition. */
const openAfter = 150;
const closeAfter = 250;

interface WordProps extends WordedProps {
  readonly word: string;
}
function Word({ word, text, quiet = false }: WordProps) {
  const place = useId();
  const open = useWords((state) => state.open === place);
  const anchor = useRef<HTMLSpanElement>(null);
  const later = useLaterHandle();
  useEffect(() => () => definitions.close(place), [place]);
  const show = () => {
    later.cancel();
    definitions.open(place);
  };
  const hover = ({ pointerType }: PointerEvent) => {
    if (pointerType === "mouse") later.set(() => definitions.open(place), openAfter);
  };
  const leave = ({ pointerType }: PointerEvent) => {
    if (pointerType === "mouse") later.set(() => definitions.close(place), closeAfter);
  };
  const press = (event: KeyboardEvent) => {
    if (event.target !== anchor.current || (event.key !== "Enter" && event.key !== " ")) return;
    // Neither the page below nor what holds the text is meant.
    event.preventDefault();
    event.stopPropagation();
    show();
  };
  return (
    <span className="worded" onPointerEnter={hover} onPointerLeave={leave}>
      {/* biome-ignore lint/a11y/useSemanticElements: a button is a box of its own, and would break lines elsewhere than the text */}
      <span
        ref={anchor}
        className={quiet ? "worded-word worded-quiet" : "worded-word"}
        role="button"
        tabIndex={quiet ? -1 : 0}
        aria-haspopup="dialog"
        aria-expanded={open}
        aria-describedby={`word-${word}`}
        onFocus={() => anchor.current?.matches(":focus-visible") && show()}
        onClick={(event) => {
          event.stopPropagation();
          show();
        }}
        onKeyDown={press}
      >
        {text}
      </span>
      {open && (
        <Late>
          <Definition place={place} word={word} anchor={anchor} />
        </Late>
      )}
    </span>
  );
}

/** One thing that is to happen later: another one takes its place. */
function useLaterHandle() {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const cancel = () => clearTimeout(timer.current);
  useEffect(() => () => clearTimeout(timer.current), []);
  return {
    cancel,
    set(then: () => void, after: number) {
      cancel();
      timer.current = setTimeout(then, after);
    },
  };
}
