import { type RefObject, useEffect, useRef, useState } from "react";
import { useWords, wantWords } from "../../store/words.ts";
import { citation } from "../kit/words/words.ts";

/** Every word with its definition, searched as one types; `first` is shown at once. */
export function Words({ first }: { readonly first: string | null }) {
  const glossary = useWords((state) => state.glossary);
  const [typed, setTyped] = useState("");
  const list = useRef<HTMLDListElement>(null);
  useEffect(wantWords, []);
  useShown(first, list, glossary !== null);
  if (glossary === null) return <p className="help-intro">Looking …</p>;
  const found = glossary.search(typed);
  return (
    <>
      <input
        type="search"
        className="ui-field help-search"
        aria-label="Find a word"
        placeholder="Find a word"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <p className="ui-hidden" role="status">
        {found.length === 1 ? "One word" : `${found.length} words`}
      </p>
      {found.length === 0 && <p className="help-intro">No word here is called that, and no definition speaks of it.</p>}
      <dl className="help-words" ref={list}>
        {found.map(({ id, word, means, section }) => (
          <div key={id} className="help-word" data-word={id} data-first={id === first || undefined} tabIndex={-1}>
            <dt>{word}</dt>
            <dd>
              {means} <span className="help-section">{citation(section)}</span>
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

/** Brings the word that was asked for into sight, and the keyboard and the reader to it. */
function useShown(id: string | null, list: RefObject<HTMLElement | null>, ready: boolean): void {
  useEffect(() => {
    if (id === null || !ready) return;
    const row = list.current?.querySelector<HTMLElement>(`[data-word="${id}"]`);
    row?.scrollIntoView({ block: "center" });
    row?.focus({ preventScroll: true });
  }, [id, list, ready]);
}
