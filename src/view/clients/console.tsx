import { CornerDownLeft, Waves } from "lucide-react";
import {
  type FormEvent,
  type KeyboardEvent,
  type ReactElement,
  type RefObject,
  useEffect,
  useRef,
  useState,
} from "react";
import { type Command, type Completion, completions, parse, type Vocabulary, verbs } from "./command.ts";
import "./console.css";
import "./load.css";
import { page, usePage } from "../../store/page.ts";
import { type LoadWish, loadText } from "./load.ts";
import type { Operation } from "./operation.ts";

interface Props {
  /** In the order of asking, as they stand at the moment that is shown. */
  readonly operations: readonly Operation[];
  readonly vocabulary: Vocabulary;
  /** What clients do by themselves now; null: nothing. */
  readonly load: LoadWish | null;
  readonly onCommand: (command: Exclude<Command, { readonly kind: "help" }>, chosen: Chosen) => void;
}

/** Who asks whom where the line does not say; 0: the client's own choice. */
export interface Chosen {
  readonly client: number;
  readonly server: number;
}

/** Where one asks the replicated store as one would any other. */
export function Console({ operations, vocabulary, load, onCommand }: Props): ReactElement {
  const [helping, setHelping] = useState(false);
  const [chosen, setChosen] = useState<Chosen>({ client: 1, server: 0 });
  const run = (command: Command): void => {
    setHelping(command.kind === "help");
    if (command.kind !== "help") onCommand(command, chosen);
  };
  return (
    <section className="console" aria-label="Client console">
      {helping ? <Help onClose={() => setHelping(false)} /> : <Transcript operations={operations} />}
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

const openLoad = (): void => page.openDialog("load");

// ---- what was said --------------------------------------------------------------------------------------------

const linesMost = 200;

/** Newest at the bottom, in sight. */
function Transcript({ operations }: Pick<Props, "operations">): ReactElement {
  const scroller = useRef<HTMLDivElement>(null);
  const shown = operations.slice(-linesMost);
  const newest = shown.at(-1)?.number ?? 0;
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
      {shown.length === 0 && (
        <p className="console-more">
          Type a command, such as <code>put x 1</code> or <code>get x</code>. <code>help</code> lists them all.
        </p>
      )}
      {shown.map((operation) => (
        <Line key={operation.number} operation={operation} />
      ))}
    </div>
  );
}

function Line({ operation }: { readonly operation: Operation }): ReactElement {
  const { client, server, asked, state, answer } = operation;
  return (
    <p className="console-line" data-state={state}>
      <span className="console-who">
        C{client}&gt;S{server}
      </span>
      <span className="console-asked">{asked}</span>
      <span className="console-answer">{answer}</span>
    </p>
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
      </dl>
      <button type="button" className="ui-link" onClick={onClose}>
        Back to the answers
      </button>
    </section>
  );
}

// ---- the prompt -----------------------------------------------------------------------------------------------

interface PromptProps {
  readonly vocabulary: Vocabulary;
  readonly chosen: Chosen;
  readonly onChoose: (chosen: Chosen) => void;
  readonly onRun: (command: Command) => void;
  /** Clients ask by themselves: a row says so. On a phone there is none while they do not. */
  readonly loaded: boolean;
}

/** Lines typed before, of this visit: they outlive the panel. */
const typed: string[] = [];
const typedMost = 100;

function Prompt({ vocabulary, chosen, onChoose, onRun, loaded }: PromptProps): ReactElement {
  const [line, setLine] = useState("");
  const [problem, setProblem] = useState("");
  const [back, setBack] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  useCalled(input);
  const offered = completions(line, vocabulary);
  const change = (to: string): void => {
    setLine(to);
    setProblem("");
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const parsed = parse(line, vocabulary);
    if (!parsed.ok) {
      setProblem(parsed.problem);
      input.current?.setSelectionRange(parsed.at, line.length);
      return;
    }
    remember(line);
    change("");
    setBack(0);
    onRun(parsed.command);
  };
  const recall = (to: number): void => {
    const wanted = Math.min(typed.length, Math.max(0, to));
    setBack(wanted);
    change(wanted === 0 ? "" : (typed.at(-wanted) ?? ""));
  };
  const complete = (completion: Completion): void => {
    change(completion.line);
    input.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "ArrowUp") recall(back + 1);
    else if (event.key === "ArrowDown") recall(back - 1);
    else if (event.key === "Tab" && !event.shiftKey && line !== "" && offered[0] !== undefined) complete(offered[0]);
    else if (event.key === "Escape" && line !== "") change("");
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <form className="console-form" onSubmit={submit}>
      <p
        className="console-hint"
        role={problem === "" ? undefined : "alert"}
        data-problem={problem !== ""}
        data-idle={line === ""}
      >
        {problem === "" ? <Hints offered={offered} onTake={complete} /> : problem}
      </p>
      <div className="console-prompt">
        <Who vocabulary={vocabulary} chosen={chosen} onChoose={onChoose} />
        <input
          ref={input}
          className="ui-field console-input"
          aria-label="Command"
          placeholder="put x 1"
          value={line}
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="none"
          aria-invalid={problem !== ""}
          onChange={(event) => change(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <button type="submit" className="ui-icon-button" aria-label="Send" title="Send (Enter)">
          <CornerDownLeft size={16} strokeWidth={1.8} aria-hidden="true" />
        </button>
        {!loaded && (
          <button
            type="button"
            className="ui-icon-button console-load"
            aria-label="Start a load"
            title="Start a load"
            aria-haspopup="dialog"
            onClick={openLoad}
          >
            <Waves size={16} strokeWidth={1.8} aria-hidden="true" />
          </button>
        )}
      </div>
    </form>
  );
}

/** The last call that was answered: a panel that is opened again by its tab does not take the keyboard. */
let answered = 0;
function useCalled(input: RefObject<HTMLInputElement | null>): void {
  const calls = usePage((state) => state.consoleCalls);
  useEffect(() => {
    if (calls > answered) input.current?.focus();
    answered = calls;
  }, [calls, input]);
}

function remember(line: string): void {
  if (typed.at(-1) !== line) typed.push(line);
  if (typed.length > typedMost) typed.shift();
}

function Hints({
  offered,
  onTake,
}: {
  offered: readonly Completion[];
  onTake(completion: Completion): void;
}): ReactElement {
  return (
    <>
      {offered.map((completion) => (
        <button
          key={completion.word}
          type="button"
          className="console-chip"
          tabIndex={-1}
          title={completion.about}
          onClick={() => onTake(completion)}
        >
          {completion.word}
        </button>
      ))}
    </>
  );
}

function Who({ vocabulary, chosen, onChoose }: Pick<PromptProps, "vocabulary" | "chosen" | "onChoose">): ReactElement {
  const clients = Array.from({ length: vocabulary.clients }, (_, i) => i + 1);
  return (
    <>
      {clients.length > 1 && (
        <select
          className="ui-field console-who-field"
          aria-label="Client"
          value={chosen.client}
          onChange={(event) => onChoose({ ...chosen, client: Number(event.target.value) })}
        >
          {clients.map((id) => (
            <option key={id} value={id}>
              C{id}
            </option>
          ))}
        </select>
      )}
      <select
        className="ui-field console-who-field"
        aria-label="Server that is asked"
        value={chosen.server}
        onChange={(event) => onChoose({ ...chosen, server: Number(event.target.value) })}
      >
        <option value={0}>leader</option>
        {vocabulary.servers.map((id) => (
          <option key={id} value={id}>
            S{id}
          </option>
        ))}
      </select>
    </>
  );
}
