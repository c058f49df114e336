import { Waves } from "lucide-react";
import { Fragment, type ReactElement, useEffect, useRef, useState } from "react";
import { adminVerbs } from "./admin.ts";
import { type Command, type Vocabulary, verbs } from "./command.ts";
import "./console.css";
import "./load.css";
import type { Operation } from "../kit/history/operation.ts";
import { type LoadWish, loadText } from "./load.ts";
import { type Chosen, openLoad, Prompt } from "./prompt.tsx";

/** What an operator typed and was told, after so many operations of clients. It is no part of the run. */
export interface Note {
  readonly id: number;
  readonly after: number;
  readonly asked: string;
  readonly http: string;
  readonly lines: readonly string[];
}

interface Props {
  /** In the order of asking, as they stand at the moment that is shown. */
  readonly operations: readonly Operation[];
  readonly notes: readonly Note[];
  readonly vocabulary: Vocabulary;
  /** What clients do by themselves now; null: nothing. */
  readonly load: LoadWish | null;
  readonly onCommand: (command: Exclude<Command, { readonly kind: "help" }>, chosen: Chosen) => void;
}

/** Where one asks the replicated store as one would any other. */
export function Console({ operations, notes, vocabulary, load, onCommand }: Props): ReactElement {
  const [helping, setHelping] = useState(false);
  const [chosen, setChosen] = useState<Chosen>({ client: 1, server: 0 });
  const run = (command: Command): void => {
    setHelping(command.kind === "help");
    if (command.kind !== "help") onCommand(command, chosen);
  };
  return (
    <section className="console" aria-label="Client console">
      {helping ? <Help onClose={() => setHelping(false)} /> : <Transcript operations={operations} notes={notes} />}
      <LoadNow load={load} onStop={() => run({ kind: "load", load: null })} />
      <Prompt vocabulary={vocabulary} chosen={chosen} onChoose={setChosen} onRun={run} loaded={load !== null} />
    </section>
  );
}

interface LoadProps {
  readonly load: LoadWish | null;
  readonly onStop: () => void;
}

/** What clients do by themselves, and how it begins and ends. */
function LoadNow({ load, onStop }: LoadProps): ReactElement {
  return (
    <div className="load-now" data-running={load !== null}>
      <Waves size={15} strokeWidth={1.8} aria-hidden="true" />
      <span className="load-words">{load === null ? "Clients ask nothing by themselves." : `${loadText(load)}.`}</span>
      <button type="button" className="ui-link" aria-haspopup="dialog" onClick={openLoad}>
        {load === null ? "Start a load" : "Change"}
      </button>
      {load !== null && (
        <button type="button" className="ui-link" aria-label="Stop the load" onClick={onStop}>
          Stop
        </button>
      )}
    </div>
  );
}

// ---- what was said --------------------------------------------------------------------------------------------

const linesMost = 200;

/** Newest at the bottom, in sight. */
function Transcript({ operations, notes }: Pick<Props, "operations" | "notes">): ReactElement {
  const scroller = useRef<HTMLDivElement>(null);
  const shown = operations.slice(-linesMost);
  const first = operations.length - shown.length;
  const newest = `${shown.at(-1)?.number ?? 0} ${notes.at(-1)?.id ?? 0}`;
  const notesAt = (place: number) =>
    notes.filter(({ after }) => Math.min(Math.max(after, first), operations.length) === place);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new line is the reason to scroll
  useEffect(() => {
    const box = scroller.current;
    if (box !== null) box.scrollTop = box.scrollHeight;
  }, [newest, shown.length]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard
    <div className="console-said" ref={scroller} role="log" aria-label="Commands and answers" tabIndex={0}>
      {operations.length > linesMost && (
        <p className="console-more">
          The newest {linesMost} of {operations.length}.
        </p>
      )}
      {shown.length + notes.length === 0 && (
        <p className="console-more">
          Type a command, such as <code>put x 1</code> or <code>get x</code>. <code>help</code> lists them all.
        </p>
      )}
      <Notes notes={notesAt(first)} />
      {shown.map((operation, i) => (
        <Fragment key={operation.number}>
          <Line operation={operation} />
          <Notes notes={notesAt(first + i + 1)} />
        </Fragment>
      ))}
    </div>
  );
}

function Line({ operation }: { readonly operation: Operation }): ReactElement {
  const { client, server, asked, http, state, answer } = operation;
  return (
    <p className="console-line" data-state={state}>
      <span className="console-who">
        C{client}&gt;S{server}
      </span>
      <span className="console-asked">
        {asked} <span className="console-http">{http}</span>
      </span>
      <span className="console-answer">{answer}</span>
    </p>
  );
}

function Notes({ notes }: Pick<Props, "notes">): ReactElement {
  return (
    <>
      {notes.map(({ id, asked, http, lines }) => (
        <section key={id} className="console-note" aria-label={asked}>
          <p className="console-line">
            <span className="console-who">admin</span>
            <span className="console-asked">
              {asked} <span className="console-http">{http}</span>
            </span>
          </p>
          {lines.map((line) => (
            <p key={line} className="console-told">
              {line}
            </p>
          ))}
        </section>
      ))}
    </>
  );
}

function Help({ onClose }: { readonly onClose: () => void }): ReactElement {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard
    <section className="console-said" aria-label="Commands" tabIndex={0}>
      <dl className="console-help">
        {verbs.map(({ name, form, about }) => (
          <div key={name}>
            <dt>{form}</dt>
            <dd>{about}</dd>
          </div>
        ))}
        <div>
          <dt>C2 S3 read=stale get x</dt>
          <dd>in front: who asks whom, and how a get is read</dd>
        </div>
        {adminVerbs.map(({ name, form, about, http }) => (
          <div key={name}>
            <dt>{form}</dt>
            <dd>
              {about}: <span className="console-http">{http(form.split(" ")[1] ?? "")}</span>
            </dd>
          </div>
        ))}
      </dl>
      <p className="console-more">
        Beside each stands the request that an HTTP API of a Raft server usually has for it. Nothing is sent anywhere.
      </p>
      <button type="button" className="ui-link" onClick={onClose}>
        Back to the answers
      </button>
    </section>
  );
}
