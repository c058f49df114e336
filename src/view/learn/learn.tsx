import { ArrowRight, Check, Swords } from "lucide-react";
import { type ReactElement, useEffect } from "react";
import type { LessonGroup } from "../../lesson/lesson.ts";
import { openGame } from "../../store/game/open.ts";
import { recallGame, useGameProgress } from "../../store/game/progress.ts";
import { anotherRound, roundsThere } from "../../store/game/rounds.ts";
import { openLesson } from "../../store/lesson/open.ts";
import {
  type LessonStanding,
  nextLesson,
  type Progress,
  standingIn,
  useProgress,
} from "../../store/lesson/progress.ts";
import { useCards } from "../../store/lesson/use-cards.ts";
import { page } from "../../store/page.ts";
import type { LessonCard } from "../../worker/protocol/lesson.ts";
import { DialogFrame } from "../kit/form/frame.tsx";
import "./learn.css";

const groupTitles: Readonly<Record<LessonGroup, string>> = {
  "one-log": "One leader, one log",
  safe: "What is safe",
  "disks-and-members": "Disks and members",
  "in-production": "In production",
};

function open(card: LessonCard, step: number): void {
  page.closeDialog();
  openLesson(card.id, step);
}

const minutesOf = (cards: readonly LessonCard[]): number => cards.reduce((sum, { minutes }) => sum + minutes, 0);

/** Every lesson, and the short way through them. */
export function Learn(): ReactElement {
  const cards = useCards();
  const progress = useProgress();
  const groups = (Object.keys(groupTitles) as LessonGroup[])
    .map((group) => ({ group, own: cards.filter((card) => card.group === group) }))
    .filter(({ own }) => own.length > 0);
  return (
    <DialogFrame
      title="Learn"
      about="Lessons on a real engine: you predict, then you make it happen. What you have done is kept on this device alone."
      size="wide"
    >
      <Short cards={cards.filter(({ short }) => short)} progress={progress} />
      <div className="learn-groups">
        {groups.map(({ group, own }) => (
          <section key={group} aria-label={groupTitles[group]}>
            <h3 className="learn-group">
              {groupTitles[group]} <span>{minutesOf(own)} min</span>
            </h3>
            <ol>
              {own.map((card) => (
                <li key={card.id}>
                  <LessonRow card={card} standing={standingIn(card, progress)} />
                </li>
              ))}
            </ol>
          </section>
        ))}
      </div>
      <Beat />
      <p className="learn-more">
        <button type="button" className="ui-link" onClick={() => page.openDialog("quiz")}>
          Test yourself
        </button>
        : the eight questions of the Raft user study.{" "}
        <button type="button" className="ui-link" onClick={() => page.openDialog("predictions")}>
          Predictions as a code
        </button>
        : to hand in, and to read those of a class.
      </p>
    </DialogFrame>
  );
}

/** No lesson: one may try to break what the lessons say. */
function Beat(): ReactElement {
  const progress = useGameProgress();
  useEffect(() => void recallGame(), []);
  const { tries, rounds } = progress;
  const beaten = Object.values(rounds);
  const fewest = Math.min(...beaten.map(({ acts }) => acts));
  const go = (round: number): void => {
    page.closeDialog();
    openGame(round);
  };
  return (
    <section className="learn-beat" aria-label="Beat Raft">
      <div>
        <h3>Beat Raft</h3>
        <p>
          Crash, cut and delay what you like until a promise falls. With every rule on, no search has found a way. With
          one off there is a way: find it, and name the rule.
        </p>
        <p className="learn-beat-known">
          <span>
            every rule on: <b>{tries === 1 ? "1 try" : `${tries} tries`}</b>
          </span>
          <span>
            one rule off: <b>{`${beaten.length} of ${roundsThere} rules beaten`}</b>
            {beaten.length > 0 && `, best in ${fewest === 1 ? "1 act" : `${fewest} acts`}`}
          </span>
        </p>
      </div>
      <div className="learn-beat-go">
        <button type="button" className="ui-button" onClick={() => go(0)}>
          <Swords size={15} strokeWidth={1.8} aria-hidden="true" />
          Every rule on
        </button>
        <button type="button" className="ui-button" onClick={() => go(anotherRound(progress, 0, Math.random()))}>
          One rule off …
        </button>
      </div>
    </section>
  );
}

interface ShortProps {
  readonly cards: readonly LessonCard[];
  readonly progress: Progress;
}

const numbers = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight"] as const;

/** The core of the paper for who has little time, and the one button to press. */
function Short({ cards, progress }: ShortProps): ReactElement | null {
  const first = cards[0];
  if (first === undefined) return null;
  const next = nextLesson(cards, progress);
  const standing = next && standingIn(next, progress);
  const begun = cards.some((card) => standingIn(card, progress).state !== "new");
  const count = numbers[cards.length] ?? String(cards.length);
  return (
    <section className="learn-short" aria-label="The short path">
      <div className="learn-short-words">
        <h3>The {minutesOf(cards)}-minute path</h3>
        <p>
          The core of the paper, {count} {cards.length === 1 ? "lesson" : "lessons"}
        </p>
      </div>
      <ol>
        {cards.map((card) => (
          <li key={card.id}>
            <button
              type="button"
              className="learn-stop"
              title={card.title}
              aria-label={`Lesson ${card.number}: ${card.title}, ${card.minutes} minutes`}
              onClick={() => open(card, standingIn(card, progress).step)}
            >
              <Dot number={card.number} done={isDone(card, progress)} now={card === next} />
              {card.minutes} min
            </button>
          </li>
        ))}
      </ol>
      <div className="learn-short-go">
        <span>{next === null || standing === null ? "all done" : placeWords(next, standing)}</span>
        <button type="button" className="ui-button ui-dark" onClick={() => open(next ?? first, standing?.step ?? 1)}>
          {next === null ? "Begin again" : begun ? "Continue" : "Begin"}
          <ArrowRight size={15} strokeWidth={1.8} aria-hidden="true" />
        </button>
      </div>
    </section>
  );
}

const isDone = (card: LessonCard, progress: Progress): boolean => standingIn(card, progress).state === "done";

function placeWords({ number, steps }: LessonCard, { state, step }: LessonStanding): string {
  return state === "begun" ? `lesson ${number}, step ${step} of ${steps.length}` : `lesson ${number}`;
}

interface DotProps {
  readonly number: number;
  readonly done: boolean;
  readonly now: boolean;
}
function Dot({ number, done, now }: DotProps): ReactElement {
  return (
    <span className="learn-dot" data-done={done || undefined} data-now={(now && !done) || undefined}>
      {done ? <Check size={14} strokeWidth={3} role="img" aria-label="done" /> : number}
    </span>
  );
}

interface RowProps {
  readonly card: LessonCard;
  readonly standing: LessonStanding;
}
function LessonRow({ card, standing }: RowProps): ReactElement {
  const last = useProgress((progress) => progress.last === card.id) && standing.state === "begun";
  return (
    <button
      type="button"
      className="learn-lesson"
      data-now={last || undefined}
      onClick={() => open(card, standing.step)}
    >
      <Dot number={card.number} done={standing.state === "done"} now={last} />
      <span className="learn-words">
        <b>{card.title}</b>
        <span>{card.asks}</span>
        <small>{aboutWords(card, standing)}</small>
      </span>
    </button>
  );
}

/** "done, predicted 2 of 3", "6 min, step 3 of 7", "6 min". */
function aboutWords({ minutes, steps }: LessonCard, { state, step, predicted }: LessonStanding): string {
  const guessed = predicted === null ? "" : `, predicted ${predicted.right} of ${predicted.of}`;
  if (state === "done") return `done${guessed}`;
  return state === "begun" ? `${minutes} min, step ${step} of ${steps.length}${guessed}` : `${minutes} min`;
}
