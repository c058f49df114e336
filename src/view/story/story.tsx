import { ChevronLeft, ChevronRight } from "lucide-react";
import { type ReactElement, type RefObject, useEffect, useRef, useState } from "react";
import { actionOf } from "../../store/actions/table.ts";
import { openedRun, shownUntil, useStory } from "../../store/story.ts";
import { lab, labState, usePanelLab } from "../../store/use-lab.ts";
import type { RunInfo } from "../../worker/protocol/run.ts";
import { Hint } from "../kit/hint.tsx";
import { IconButton } from "../kit/icon-button.tsx";
import { OwnLinks } from "../kit/own-links.tsx";
import { RunOptions } from "../kit/run-options.tsx";
import { useLow, useMedia } from "../kit/use-media.ts";
import { Worded } from "../kit/worded/worded.tsx";
import { formatTime } from "../kit/words/time.ts";
import { bookmarkAt } from "../kit/words/words.ts";
import "./story.css";

/** What the open scenario is about, and its steps: a walk through the run. Nothing where it tells nothing. */
export function Story(): ReactElement | null {
  const info = usePanelLab("inspector", (state) => state.info);
  // Elsewhere it stands under the picture.
  const low = useLow();
  const aside = useMedia("(max-width: 999px)") || low;
  const scroller = useRef<HTMLDivElement>(null);
  // Another story opens at its top; one whose steps are changed stays where it is read.
  const opened = usePanelLab("inspector", openedRun);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the run that is another
  useEffect(() => void scroller.current?.scrollTo(0, 0), [opened]);
  if (info === null) return null;
  const paragraphs = info.notes.split(/\n\s*\n/).filter((text) => text.trim() !== "");
  return (
    <div className="story" ref={scroller}>
      <h2 className="story-title">{info.title}</h2>
      <p className="story-summary">
        <Worded text={info.summary} />
      </p>
      {paragraphs.map((text) => (
        <p key={text} className="story-note">
          <Worded text={text} />
        </p>
      ))}
      {info.bookmarks.length === 0 ? null : <Bookmarks bookmarks={info.bookmarks} />}
      {info.sought?.map(({ label, when }) => (
        <p key={`${when} ${label}`} className="story-unfound">
          “{when}” does not come true in this recording, nor in the minute after it: the step “{label}” has no moment.
        </p>
      ))}
      <OwnLinks story />
      {aside && <Hint className="story-hint" />}
      <RunOptions info={info} />
    </div>
  );
}

/** The run has something to tell. */
export const hasStory = (info: RunInfo | null): boolean =>
  info !== null &&
  (info.notes !== "" || info.bookmarks.length > 0 || info.sought !== undefined || info.lesson !== undefined);

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
  useStepInSight(list, bookmarks, current);
  return (
    <section className="story-steps">
      <div className="story-walk">
        <h3 className="ui-heading">Step by step</h3>
        <WalkButton id="previous-bookmark" label="Previous bookmark" />
        <WalkButton id="next-bookmark" label="Next bookmark" />
      </div>
      <ol className="story-bookmarks" ref={list}>
        {known.map(({ at, label, before }, place) => (
          <li key={`${at}${label}`} className={place < current ? "story-passed" : undefined}>
            <button
              type="button"
              className={place === current ? "ui-moment story-bookmark ui-here" : "ui-moment story-bookmark"}
              aria-current={place === current ? "step" : undefined}
              data-exact={place === current && exact ? "" : undefined}
              onClick={() => {
                lab.pause();
                lab.seek(at);
              }}
            >
              <span className="ui-time">{formatTime(at)}</span>
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

/** Where one goes by steps, the step comes into sight; while time runs the reader is left where he reads. */
function useStepInSight(
  list: RefObject<HTMLOListElement | null>,
  bookmarks: RunInfo["bookmarks"],
  current: number,
): void {
  const playing = usePanelLab("inspector", (state) => state.playing);
  const before = useRef({ bookmarks, current });
  useEffect(() => {
    if (playing) return;
    const was = before.current;
    before.current = { bookmarks, current };
    if (was.bookmarks === bookmarks && was.current !== current)
      list.current?.children[current]?.scrollIntoView({ block: "nearest" });
  }, [list, bookmarks, current, playing]);
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
    <p className="story-unseen">
      {numbers.map((number) => (
        <span key={number} className="story-number">
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
    <span className="story-before">
      {before === "false" ? <s>{label}</s> : label}{" "}
      <em>{before === "false" ? "Not so in this run." : "Said of the run before."}</em>
    </span>
  );
}

function WalkButton({ id, label }: { readonly id: string; readonly label: string }): ReactElement {
  const enabled = usePanelLab("inspector", (state) => actionOf(id, null, state)?.enabled ?? false);
  const Icon = id.startsWith("next") ? ChevronRight : ChevronLeft;
  return (
    <IconButton
      icon={Icon}
      label={label}
      size={20}
      disabled={!enabled}
      onClick={() => actionOf(id, null, labState())?.run()}
    />
  );
}
