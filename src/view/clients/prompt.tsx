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
import { consoleIsThere } from "../../store/keyboard.ts";
import { page, usePage } from "../../store/page.ts";
import { type Option, Select, serverOptions } from "../kit/form/select.tsx";
import { IconButton } from "../kit/icon-button.tsx";
import { useEdges } from "../kit/use-edges.ts";
import { type Command, type Completion, completions, parse, type Vocabulary } from "./command.ts";
import "./console.css";

/** Who asks whom where the line does not say; 0: the client's own choice. */
export interface Chosen {
  readonly client: number;
  readonly server: number;
}

interface PromptProps {
  readonly vocabulary: Vocabulary;
  readonly chosen: Chosen;
  readonly onChoose: (chosen: Chosen) => void;
  readonly onRun: (command: Command) => void;
  /** Clients ask by themselves: a row says so. On a phone there is none while they do not. */
  readonly loaded: boolean;
}

export function Prompt({ vocabulary, chosen, onChoose, onRun, loaded }: PromptProps): ReactElement {
  const { line, problem, offered, input, change, submit, complete, onKeyDown } = usePrompt(vocabulary, onRun);
  const hint = useRef<HTMLParagraphElement>(null);
  useEdges(hint);
  return (
    <form className="console-form" onSubmit={submit}>
      <p
        ref={hint}
        className="console-hint ui-edges"
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
        <IconButton type="submit" icon={CornerDownLeft} label="Send" title="Send (Enter)" />
        {!loaded && <StartLoad />}
      </div>
    </form>
  );
}

/** The line that is typed: what is wrong with it, how it may go on, and what the keys make of it. */
function usePrompt(vocabulary: Vocabulary, onRun: PromptProps["onRun"]) {
  const [line, setLine] = useState("");
  const [problem, setProblem] = useState("");
  const input = useRef<HTMLInputElement>(null);
  useCalled(input);
  const offered = completions(line, vocabulary);
  const change = (to: string): void => {
    setLine(to);
    setProblem("");
  };
  const earlier = useEarlier(change);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const parsed = parse(line, vocabulary);
    if (!parsed.ok) {
      setProblem(parsed.problem);
      input.current?.setSelectionRange(parsed.at, line.length);
      return;
    }
    earlier.keep(line);
    change("");
    onRun(parsed.command);
  };
  const complete = (completion: Completion): void => {
    change(completion.line);
    input.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "ArrowUp") earlier.recall(1);
    else if (event.key === "ArrowDown") earlier.recall(-1);
    else if (event.key === "Tab" && !event.shiftKey && line !== "" && offered[0] !== undefined) complete(offered[0]);
    else if (event.key === "Escape" && line !== "") change("");
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return { line, problem, offered, input, change, submit, complete, onKeyDown };
}

/** Lines typed before, of this visit: they outlive the panel. */
const typed: string[] = [];
const typedMost = 100;

/** `recall(1)` shows the line typed before the one that is shown, `recall(-1)` the one after. */
function useEarlier(show: (line: string) => void) {
  const [back, setBack] = useState(0);
  return {
    recall(by: number): void {
      const wanted = Math.min(typed.length, Math.max(0, back + by));
      setBack(wanted);
      show(wanted === 0 ? "" : (typed.at(-wanted) ?? ""));
    },
    keep(line: string): void {
      if (typed.at(-1) !== line) typed.push(line);
      if (typed.length > typedMost) typed.shift();
      setBack(0);
    },
  };
}

export const openLoad = (): void => page.openDialog("load");

function StartLoad(): ReactElement {
  return (
    <IconButton
      className="console-load"
      icon={Waves}
      label="Start a load"
      title="Start a load"
      aria-haspopup="dialog"
      onClick={openLoad}
    />
  );
}

/** The last call that was answered: a panel that is opened again by its tab does not take the keyboard. */
let answered = 0;
function useCalled(input: RefObject<HTMLInputElement | null>): void {
  const calls = usePage((state) => state.consoleCalls);
  useEffect(() => {
    if (calls > answered) input.current?.focus();
    answered = calls;
    consoleIsThere(calls);
  }, [calls, input]);
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
  const clients = Array.from({ length: vocabulary.clients }, (_, i): Option<number> => [i + 1, `C${i + 1}`]);
  return (
    <>
      {clients.length > 1 && (
        <Select
          className="console-who-field"
          label="Client"
          value={chosen.client}
          options={clients}
          onChange={(client) => onChoose({ ...chosen, client })}
        />
      )}
      <Select
        className="console-who-field"
        label="Server that is asked"
        value={chosen.server}
        options={[[0, "leader"], ...serverOptions(vocabulary.servers)]}
        onChange={(server) => onChoose({ ...chosen, server })}
      />
    </>
  );
}
