import { ChevronLeft, ChevronRight, Play, Undo2 } from "lucide-react";
import { type ReactElement, useEffect, useState } from "react";
import { following, programmeOf } from "../../store/playlist.ts";
import {
  canGoBack,
  goBack,
  goToStep,
  nearStep,
  nextMove,
  playToNextStep,
  stepsOf,
  storyPlace,
} from "../../store/story.ts";
import { labState, useLab, usePanelLab } from "../../store/use-lab.ts";
import { usePaced } from "../kit/use-paced.ts";
import { Worded } from "../kit/worded/worded.tsx";
import { sayNow } from "../kit/words/now.ts";
import { placeWords } from "./place.ts";
import "./strip.css";
import { IconButton } from "../kit/icon-button.tsx";

/** The voice of the page: the step's sentence, or what is going on now; and the way on. Nothing moves in it. */
export function Strip(): ReactElement {
  const count = usePanelLab("timeline", (state) => stepsOf(state).length);
  const listed = useLab((state) => programmeOf(state) !== null);
  const lesson = useLab((state) => state.info?.lesson);
  const sentence = useSentence();
  if (count === 0)
    return (
      <section className={lesson ? "strip strip-lesson" : "strip strip-bare"} aria-label="What is going on">
        {lesson && <span className="strip-step">{`Step ${lesson.step} of ${lesson.steps.length}`}</span>}
        <p className="strip-sentence">
          <Worded text={sentence} />
        </p>
      </section>
    );
  return (
    <section className="strip" aria-label="Story" data-listed={listed || undefined}>
      <div className="strip-ways">
        <WayButton direction={-1} label="Previous step" />
        <WayButton direction={1} label="Go to the next step" />
      </div>
      <Place count={count} />
      <p className="strip-sentence" data-long={sentence.length > longFrom || undefined}>
        <Worded text={sentence} />
      </p>
      <NextButton />
    </section>
  );
}

/** Characters from which a sentence takes smaller type on a phone: it has room for four lines of that. */
const longFrom = 100;

/** The same for those who listen: what is said first, and while time runs not too often. */
export function Said(): ReactElement {
  const sentence = useSentence();
  const playing = useLab((state) => state.playing);
  return (
    <p className="ui-hidden" role="status">
      {usePaced(sentence, playing ? saidEvery : 0)}
    </p>
  );
}
const saidEvery = 5000;

const useSentence = (): string => usePanelLab("timeline", sayNow);

function Place({ count }: { readonly count: number }): ReactElement {
  const words = usePanelLab("timeline", (state) => placeWords(storyPlace(state), count, programmeOf(state)));
  const step = usePanelLab("timeline", (state) => {
    const place = storyPlace(state);
    return "step" in place ? place.step : -1;
  });
  const exact = usePanelLab("timeline", (state) => storyPlace(state).kind === "at");
  return (
    <div className="strip-place">
      <span className="strip-step">{words}</span>
      <span className="strip-bars" aria-hidden="true">
        {Array.from({ length: count }, (_, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the bars are their places
          <i key={place} data-is={place < step ? "passed" : place > step ? "ahead" : exact ? "here" : "left"} />
        ))}
      </span>
    </div>
  );
}

function WayButton({ direction, label }: { readonly direction: 1 | -1; readonly label: string }): ReactElement {
  const there = useLab((state) => (direction > 0 ? nearStep(state, 1) !== undefined : canGoBack(state)));
  return (
    <IconButton
      className="strip-way"
      icon={direction > 0 ? ChevronRight : ChevronLeft}
      label={label}
      size={20}
      title={`${label}, at once`}
      disabled={!there}
      onClick={() => (direction > 0 ? goToStep(labState(), 1) : goBack(labState()))}
    />
  );
}

/** The one dark button: what to do next. */
function NextButton(): ReactElement {
  const ready = useLab((state) => state.status === "ready");
  const move = useLab((state) => nextMove(state).kind);
  const left = useLab((state) => {
    const next = nextMove(state);
    return next.kind === "back" ? next.step + 1 : 0;
  });
  const listed = useLab((state) => programmeOf(state) !== null);
  const title = useNextTitle(move === "story");
  const label = {
    step: "Next",
    back: `Back to step ${Math.max(1, left)}`,
    story: title === "" ? "Next story" : `Next story: ${title}`,
    none: listed ? "The end" : "Next",
  }[move];
  const about = {
    step: "Play to the next step; again: be there at once",
    back: "Back to the run of the story",
    story: label,
    none: listed ? "This is the last step of the last story" : "This is the last step",
  };
  // A phone has room for this alone.
  const Arrow = move === "back" ? Undo2 : ChevronRight;
  return (
    <button
      type="button"
      className="ui-button ui-dark strip-next"
      aria-keyshortcuts="PageDown"
      title={about[move]}
      disabled={!ready || move === "none"}
      onClick={() => playToNextStep(labState())}
    >
      <span className="strip-next-words">{label}</span>
      {move === "step" ? <Play className="strip-next-sign" size={12} fill="currentColor" aria-hidden="true" /> : null}
      <span className="ui-key strip-key" aria-hidden="true">
        PgDn
      </span>
      <Arrow className="strip-next-arrow" size={24} strokeWidth={2} aria-hidden="true" />
    </button>
  );
}

/** The name of the story that follows; fetched when the last step is reached. */
function useNextTitle(wanted: boolean): string {
  const info = useLab((state) => state.info);
  const [title, setTitle] = useState("");
  useEffect(() => {
    if (!wanted) return;
    let asked = true;
    void following({ info }).then((next) => asked && setTitle(next?.title ?? ""));
    return () => {
      asked = false;
    };
  }, [wanted, info]);
  return title;
}
