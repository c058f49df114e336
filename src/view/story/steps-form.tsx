import { Trash2 } from "lucide-react";
import { type KeyboardEvent, type ReactElement, useEffect, useRef, useState } from "react";
import { limits } from "../../scenario/limits.ts";
import { page, usePage } from "../../store/page.ts";
import { stepsOf } from "../../store/story.ts";
import { clock, labState, session } from "../../store/use-lab.ts";
import { Form } from "../kit/form/form.tsx";
import { DialogFrame } from "../kit/form/frame.tsx";
import { IconButton } from "../kit/icon-button.tsx";
import { formatTime } from "../kit/words/time.ts";
import { type Draft, type Drafts, draftsOf, withNew, writtenIn } from "./drafts.ts";
import "./steps-form.css";

/** The steps of the run, each a sentence for a moment: one more, other words, fewer. */
export function StepsForm(): ReactElement {
  const beginsNew = usePage((state) => state.newStep);
  const [now] = useState(() => Math.floor(clock()));
  const [drafts, setDrafts] = useState<Drafts>(() => {
    const known = draftsOf(stepsOf(labState()));
    return beginsNew ? withNew(known, now) : known;
  });
  const [problem, setProblem] = useState("");
  const change = (next: Drafts): void => {
    setDrafts(next);
    setProblem("");
  };
  const save = async (): Promise<void> => {
    const refused = await session.tell(writtenIn(drafts));
    if (refused === null) page.closeDialog();
    else setProblem(refused);
  };
  const there = drafts.list.some(({ at }) => at === now);
  return (
    <DialogFrame
      title="Steps of this run"
      about="A step is a sentence for a moment. Steps stand in the order of time; Next walks from one to the other. Files and links carry them."
      size="small"
    >
      <Form
        verb="Save the steps"
        problem={problem}
        beside={
          !there && (
            <button type="button" className="ui-button" onClick={() => change(withNew(drafts, now))}>
              Add a step at {formatTime(now)}
            </button>
          )
        }
        onSubmit={() => void save()}
      >
        {drafts.list.length === 0 && <p className="form-note">There are no steps yet.</p>}
        <ol className="steps-list">
          {drafts.list.map((draft) => (
            <Step key={draft.key} draft={draft} focused={draft.key === drafts.focus} {...handlersOf(draft)} />
          ))}
        </ol>
      </Form>
    </DialogFrame>
  );

  function handlersOf({ key }: Draft) {
    const { list } = drafts;
    return {
      onWrite: (label: string) =>
        change({ ...drafts, list: list.map((one) => (one.key === key ? { ...one, label } : one)) }),
      onRemove: () => change({ ...drafts, list: list.filter((one) => one.key !== key) }),
    };
  }
}

interface StepProps {
  readonly draft: Draft;
  readonly focused: boolean;
  onWrite(label: string): void;
  onRemove(): void;
}

function Step({ draft: { at, label }, focused, onWrite, onRemove }: StepProps): ReactElement {
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (!focused) return;
    field.current?.focus();
    field.current?.setSelectionRange(limits.line, limits.line);
  }, [focused]);
  const time = formatTime(at);
  return (
    <li className="steps-row">
      <span className="steps-time">{time}</span>
      <textarea
        ref={field}
        className="ui-field steps-words"
        rows={2}
        maxLength={limits.line}
        aria-label={`Step at ${time}`}
        placeholder="What is to be seen at this moment?"
        value={label}
        onChange={(event) => onWrite(event.target.value.replaceAll(/[\r\n]+/g, " "))}
        onKeyDown={submitOnEnter}
      />
      <IconButton icon={Trash2} label={`Take out the step at ${time}`} title="Take it out" onClick={onRemove} />
    </li>
  );
}

/** A sentence has no lines: Enter does what it does in every field. */
function submitOnEnter(event: KeyboardEvent<HTMLTextAreaElement>): void {
  if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
  event.preventDefault();
  event.currentTarget.form?.requestSubmit();
}
