import { ChevronLeft, ChevronRight } from "lucide-react";
import { type ReactElement, useEffect, useRef, useState } from "react";
import { actionOf } from "../../store/actions/table.ts";
import { shownUntil, useStory } from "../../store/story.ts";
import { lab, labState, usePanelLab } from "../../store/use-lab.ts";
import type { RunInfo } from "../../worker/protocol/run.ts";
import { Worded } from "../kit/worded/worded.tsx";
import { formatTime } from "../kit/words/time.ts";
import { bookmarkAt } from "../kit/words/words.ts";
import { RunOptions } from "./run-options.tsx";

/** What the scenario is about, and its bookmarks: a walk through the run. */
export function RunPart({ info }: { readonly info: RunInfo }): ReactElement {
  const paragraphs = info.notes.split(/\n\s*\n/).filter((text) => text.trim() !== "");
  return (
    <>
      <header className="inspector-head">
        <h2>{info.title}</h2>
        <p>{info.summary}</p>
      </header>
      {paragraphs.map((text) => (
        <p key={text} className="inspector-note">
          <Worded text={text} />
        </p>
      ))}
      {info.bookmarks.length === 0 ? null : <Bookmarks bookmarks={info.bookmarks} />}
      <RunOptions info={info} />
    </>
  );
}

function Bookmarks({ bookmarks }: { readonly bookmarks: RunInfo["bookmarks"] }): ReactElement {
  const current = usePanelLab("inspector", ({ frame }) =>
    bookmarkAt(
      bookmarks.map((one) => one.at),
      frame?.position.at ?? -1,
    ),
  );
  const exact = usePanelLab("inspector", ({ frame }) => frame?.position.at === bookmarks[current]?.at);
  useStory();
  const [all, setAll] = useState<unknown>(null);
  const shown = usePanelLab("inspector", (state) => {
    const until = shownUntil(state);
    return bookmarks.filter(({ at }) => at <= until).length;
  });
  const known = all === bookmarks ? bookmarks : bookmarks.slice(0, Math.max(1, shown));
  const list = useRef<HTMLOListElement>(null);
  const before = useRef(current);
  useEffect(() => {
    if (before.current !== current) list.current?.children[current]?.scrollIntoView({ block: "nearest" });
    before.current = current;
  }, [current]);
  return (
    <section className="inspector-section">
      <div className="inspector-walk">
        <h3 className="ui-heading">Step by step</h3>
        <WalkButton id="previous-bookmark" label="Previous bookmark" />
        <WalkButton id="next-bookmark" label="Next bookmark" />
      </div>
      <ol className="inspector-bookmarks" ref={list}>
        {known.map(({ at, label, before }, place) => (
          <li key={`${at}${label}`} className={place < current ? "inspector-passed" : undefined}>
            <button
              type="button"
              className="inspector-bookmark"
              aria-current={place === current ? "step" : undefined}
              data-exact={place === current && exact ? "" : undefined}
              onClick={() => {
                lab.pause();
                lab.seek(at);
              }}
            >
              <span className="inspector-time">{formatTime(at)}</span>
              {before === undefined ? <span>{label}</span> : <OldLabel label={label} before={before} />}
            </button>
          </li>
        ))}
      </ol>
      {known.length < bookmarks.length && (
        <Unseen from={known.length + 1} to={bookmarks.length} onShow={() => setAll(bookmarks)} />
      )}
    </section>
  );
}

interface UnseenProps {
  readonly from: number;
  readonly to: number;
  onShow(): void;
}
/** Steps that are not shown before time gets there. */
function Unseen({ from, to, onShow }: UnseenProps): ReactElement {
  const numbers = Array.from({ length: to - from + 1 }, (_, place) => from + place);
  return (
    <p className="inspector-unseen">
      {numbers.map((number) => (
        <span key={number} className="inspector-number">
          {number}
        </span>
      ))}
      <span>not shown before you get there</span>
      <button type="button" className="ui-link" onClick={onShow}>
        Show all {to}
      </button>
    </p>
  );
}

/** A sentence of the run before this one is never stated as if it had been looked at here. */
function OldLabel({ label, before }: { readonly label: string; readonly before: "unchecked" | "false" }): ReactElement {
  return (
    <span className="inspector-before">
      {before === "false" ? <s>{label}</s> : label}{" "}
      <em>{before === "false" ? "Not so in this run." : "Said of the run before."}</em>
    </span>
  );
}

function WalkButton({ id, label }: { readonly id: string; readonly label: string }): ReactElement {
  const enabled = usePanelLab("inspector", (state) => actionOf(id, null, state)?.enabled ?? false);
  const Icon = id.startsWith("next") ? ChevronRight : ChevronLeft;
  return (
    <button
      type="button"
      className="ui-icon-button inspector-step"
      aria-label={label}
      title={label}
      disabled={!enabled}
      onClick={() => actionOf(id, null, labState())?.run()}
    >
      <Icon size={20} strokeWidth={1.8} />
    </button>
  );
}
