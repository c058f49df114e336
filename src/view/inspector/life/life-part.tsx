import { X } from "lucide-react";
import { type CSSProperties, type ReactElement, useEffect, useRef } from "react";
import type { Micros, ServerId, Term } from "../../../base/units.ts";
import { isOnTheWay } from "../../../store/follow.ts";
import type { Followed } from "../../../store/lab.ts";
import { type LitSpan, light } from "../../../store/lit.ts";
import { lab, labState, storyOf, usePanelLab, whyOf } from "../../../store/use-lab.ts";
import type { Life, Story, StoryAbout, StoryStep } from "../../../worker/protocol/why.ts";
import { IconButton } from "../../kit/icon-button.tsx";
import { cellState } from "../../kit/log/cells.ts";
import { termFill } from "../../kit/term-fill.ts";
import { useAsked } from "../../kit/use-asked.ts";
import { walk } from "../../kit/walk.ts";
import { formatSpan, formatTime } from "../../kit/words/time.ts";
import { ComparedTable } from "../why/compared.tsx";
import { dotOf, lineOf, standing, stretchesOf } from "./life.ts";
import "../why/why.css";
import "./life.css";

/** The life of an entry or a command, or how a term came by its leader: numbered, each step can be visited. */
export function LifePart({ followed }: { readonly followed: Followed }): ReactElement {
  const group = usePanelLab("inspector", (state) => state.frame?.group ?? 1);
  const now = usePanelLab("inspector", ({ frame }) => frame?.position.at ?? 0);
  const about = aboutOf(followed, group);
  const answer = useAsked(() => storyOf({ about }), JSON.stringify(about));
  const story = answer?.story ?? null;
  useLight(followed, story);
  return (
    <>
      <Head followed={followed} life={story?.life ?? null} />
      {story?.life === undefined ? null : <p className="life-standing">{standing(story, story.life, now)}</p>}
      {answer === null ? (
        <p className="inspector-hint">Looking …</p>
      ) : story === null ? (
        <p className="inspector-hint">There is no such thing in this run so far.</p>
      ) : (
        <>
          {story.life === undefined ? null : <Bar story={story} life={story.life} now={now} />}
          <Line story={story} now={now} />
          <p className="life-end">
            <b>In the end.</b> {story.outcome}
          </p>
        </>
      )}
    </>
  );
}

function aboutOf(followed: Followed, group: number): StoryAbout {
  switch (followed.kind) {
    case "entry":
      return { kind: "entry", index: followed.index, term: followed.term, group };
    case "command":
      return { kind: "command", command: followed.number, group };
    case "term":
      return { kind: "term", term: followed.term, group };
  }
}

/** Lights what belongs to it, once; who ends that is left in peace until something else is followed. */
function useLight(followed: Followed, story: Story | null): void {
  const ground = usePanelLab("inspector", ({ frame }) => `${frame?.branch} ${frame?.group}`);
  const last = useRef(story);
  last.current = story;
  const life = story?.life;
  const key =
    followed.kind === "term"
      ? story && `T${followed.term}`
      : life && `${life.place?.index} ${life.place?.term} ${life.request}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is followed and where are the reasons
  useEffect(() => {
    if (!key) return;
    if (followed.kind === "term") lightTerm(followed.term, () => last.current);
    else lightLife(() => last.current);
  }, [key, ground]);
}

/** Of a term: its messages and its entries, and who tried to lead it, voted, or is in it. */
function lightTerm(term: Term, known: () => Story | null): void {
  const steps = (): readonly StoryStep[] => known()?.steps ?? [];
  const isIn = (id: ServerId): boolean =>
    labState().frame?.servers.some((each) => each.id === id && each.term === term) === true;
  light({
    words: `Follows term ${term}`,
    span: () => spanOf(`term ${term}`, steps()),
    event: (event) => steps().some((step) => step.event === event),
    entry: (_, of) => of === term,
    message: (message) => message.term === term,
    server: (id) => steps().some(({ server }) => server === id) || isIn(id),
  });
}

/** From its first step to its last. */
function spanOf(words: string, steps: readonly StoryStep[]): LitSpan | null {
  const [first, last] = [steps[0], steps.at(-1)];
  if (first === undefined || last === undefined) return null;
  return { words, from: first.at, to: last.at, first: first.event, last: last.event };
}

function lightLife(known: () => Story | null): void {
  const life = known()?.life;
  if (life === undefined) return;
  const { place, request, text, client } = life;
  const has = (id: number): boolean => {
    const server = labState().frame?.servers.find((each) => each.id === id);
    if (server === undefined || place === null) return false;
    return cellState(server, place.index)?.term === place.term || place.index <= server.base;
  };
  const isPlace = (index: number, term: number): boolean => place?.index === index && place.term === term;
  light({
    words: place === null ? `Follows ${text} of C${client}` : `Follows entry ${place.index}`,
    span: () => lifeSpan(place === null ? text : `entry ${place.index}`, known()?.steps ?? []),
    event: (event) => known()?.life?.events.includes(event) === true,
    entry: isPlace,
    message(message) {
      const { frame } = labState();
      if (frame === null) return false;
      return isOnTheWay(message, { index: place?.index ?? 0, term: place?.term ?? 0, request, has }, frame);
    },
    server: (id) => (id === 0 ? request > 0 : has(id)),
  });
}

/** From when it was asked for to the answer, or as far as it has come: what others learn of it later is left out. */
function lifeSpan(words: string, steps: readonly StoryStep[]): LitSpan | null {
  const end = steps.findLastIndex(({ kind }) => kind === "answered" || kind === "given up");
  return spanOf(words, end < 0 ? steps : steps.slice(0, end + 1));
}

function Head({ followed, life }: { readonly followed: Followed; readonly life: Life | null }): ReactElement {
  const term = followed.kind === "command" ? (life?.place?.term ?? 0) : followed.term;
  const index = followed.kind === "entry" ? followed.index : life?.place?.index;
  return (
    <header className="inspector-head life-head">
      {followed.kind === "command" && life?.place === null ? null : (
        <span className="life-cell" style={{ background: termFill(term) }} aria-hidden="true">
          {followed.kind === "term" ? term : index}
        </span>
      )}
      <h2>{titleOf(followed, life)}</h2>
      <span className="life-of">{whoseOf(followed, life)}</span>
      <IconButton className="life-close" icon={X} label="Follow it no longer" onClick={() => lab.select(null)} />
    </header>
  );
}

function titleOf(followed: Followed, life: Life | null): string {
  if (followed.kind === "entry") return `Entry ${followed.index}`;
  if (followed.kind === "term") return `Term ${followed.term}`;
  return life?.text ?? `Command ${followed.number}`;
}

function whoseOf(followed: Followed, life: Life | null): string {
  const from = life === null || life.client === 0 ? "" : `from C${life.client}`;
  if (followed.kind === "term") return "who tried to lead it, and who won";
  if (followed.kind === "entry") return [`of term ${followed.term}`, from].filter(Boolean).join(", ");
  return life?.place ? `${from}, entry ${life.place.index} of term ${life.place.term}` : from;
}

interface Told {
  readonly story: Story;
  readonly now: Micros;
}

/** Where its time went. */
function Bar({ story, life, now }: Told & { readonly life: Life }): ReactElement | null {
  const stretches = stretchesOf(story, life);
  if (stretches.length < 2) return null;
  return (
    <ul className="life-bar" aria-label="Where its time went">
      {stretches.map(({ what, from, to }) => {
        const done = Math.min(1, Math.max(0, (now - from) / Math.max(1, to - from)));
        const style = { flexGrow: to - from, "--life-done": `${(100 * done).toFixed(1)}%` } as CSSProperties;
        return (
          <li key={what} style={style}>
            {what} <span className="ui-figures">{formatSpan(to - from)}</span>
          </li>
        );
      })}
    </ul>
  );
}

function Line({ story, now }: Told): ReactElement {
  const steps = lineOf(story);
  const list = useRef<HTMLOListElement>(null);
  const appended = steps.findLastIndex(({ kind }) => kind === "appended");
  const decided = steps.findLastIndex(({ kind }) => kind === "committed" || kind === "not committed");
  return (
    <ol className="life-line" ref={list} aria-label="What happened to it">
      {steps.map((step, place) => {
        const key = `${step.event} ${step.kind} ${step.server}`;
        return (
          <li key={key} data-dot={dotOf(steps, place, now)} data-bad={isLoss(step)}>
            <button
              type="button"
              className="ui-moment life-step"
              aria-current={dotOf(steps, place, now) === "now" ? "step" : undefined}
              onClick={() => lab.visit(step.event)}
              onKeyDown={(press) =>
                walk(press, (by) => list.current?.querySelectorAll<HTMLElement>(".life-step")[place + by])
              }
            >
              <span className="ui-time">{formatTime(step.at)}</span>
              <span>{step.sentence}</span>
            </button>
            {place === appended && story.life !== undefined && <Copies life={story.life} now={now} />}
            {place === decided && <Decided event={step.event} />}
          </li>
        );
      })}
    </ol>
  );
}

const isLoss = ({ kind }: StoryStep): boolean => kind === "replaced" || kind === "lost";

/** Whose disk has it since when, and what the leader that appended it knows of that. */
function Copies({ life: { copies, appendedBy }, now }: { readonly life: Life; readonly now: Micros }): ReactElement {
  const ids = usePanelLab("inspector", ({ frame }) => frame?.servers.map(({ id }) => id).join() ?? "")
    .split(",")
    .map(Number);
  const rows = [
    ["on disk", "storedAt"],
    [`S${appendedBy} knows`, "knownAt"],
    ["applied", "appliedAt"],
  ] as const;
  return (
    <table className="life-copies" aria-label="Its copies: seconds">
      <thead>
        <tr>
          <td />
          {ids.map((id) => (
            <th key={id} scope="col">
              S{id}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, what]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            {ids.map((id) => {
              const copy = copies.find(({ server }) => server === id);
              const at = copy?.[what] ?? null;
              const lost = what === "storedAt" && copy?.lostAt != null && copy.lostAt <= now;
              return (
                <td key={id} data-later={at !== null && at > now} data-lost={lost}>
                  {at === null ? "–" : formatTime(at).replace(/ s$/, "")}
                  {lost && <span className="ui-hidden"> and gone again</span>}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** On what it was committed, or not. */
function Decided({ event }: { readonly event: number }): ReactElement | null {
  const group = usePanelLab("inspector", (state) => state.frame?.group ?? 1);
  const answer = useAsked(() => whyOf({ about: { kind: "event", event, group } }), `${event} ${group}`);
  const why = answer?.why;
  if (why === undefined || why === null || why.event !== event) return null;
  return <ComparedTable rows={why.compared} who="" />;
}
