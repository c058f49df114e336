import { Plus, X } from "lucide-react";
import { type ReactElement, useEffect, useRef, useState } from "react";
import type { ExperimentView } from "../../../worker/protocol/experiment.ts";
import { fieldsFor } from "./fields.ts";
import {
  alongTheRun,
  type FactorJson,
  factorsOf,
  type Json,
  withFactor,
  withoutFactor,
  withoutValue,
  withValue,
} from "./json.ts";
import { MoreOf } from "./more-of.tsx";
import { PartOf } from "./part.tsx";
import { useFocusKept } from "./use-focus-kept.ts";
import { type Read, readValues, unitOf } from "./value.ts";

interface Props {
  readonly view: ExperimentView;
  onChange(next: Json): void;
}

const factorsMost = 2;

/** What varies: each factor with its values, and what else may. */
export function Varied({ view: { json, from }, onChange }: Props): ReactElement {
  const factors = factorsOf(json);
  const groups = fieldsFor(json);
  const fields = groups.flatMap((group) => group.fields);
  const { box, leave } = useFocusKept<HTMLElement>(json);
  const take = (next: Json, element: Element): void => {
    leave(element);
    onChange(next);
  };
  const more = factors.length < factorsMost && (
    <MoreOf
      label={factors.length === 0 ? "What varies" : "What varies as well"}
      text={factors.length === 0 ? "choose" : "one more"}
      groups={groups.map(({ title, fields: own }) => ({
        title,
        options: own.map((field) => (field.set === "run.bugs" ? (field.labels?.at(-1) ?? "") : field.title)),
      }))}
      onChoose={(at, select) => take(withFactor(json, fields[at]!), select)}
    />
  );
  return (
    <PartOf title="Varied" part="varied" more={more} box={box}>
      {factors.map((factor, at) => (
        <Factor
          key={factor.set}
          factor={factor}
          onAdd={(more) => onChange(more.reduce((next, { value, label }) => withValue(next, at, value, label), json))}
          onTake={(place, element) => take(withoutValue(json, at, place), element)}
          onDrop={(element) => take(withoutFactor(json, at), element)}
        />
      ))}
      {factors.length === 0 && <p className="exp-say">Nothing: all runs differ by their seed alone.</p>}
      {from !== null && factors.length === 0 && (
        <button
          type="button"
          className="ui-button exp-along"
          data-kept=""
          onClick={({ currentTarget }) => take(alongTheRun(json), currentTarget)}
        >
          From ten earlier moments too
        </button>
      )}
    </PartOf>
  );
}

interface FactorProps {
  readonly factor: FactorJson;
  onAdd(more: readonly Read[]): void;
  onTake(place: number, element: Element): void;
  onDrop(element: Element): void;
}

function Factor({ factor, onAdd, onTake, onDrop }: FactorProps): ReactElement {
  const { title, set, to, labels = [] } = factor;
  const unit = unitOf(labels);
  return (
    <div className="exp-factor">
      <p className="exp-say">
        <span>
          {title}
          {unit !== "" && <span className="exp-unit">, {unit}</span>}
        </span>
        <button
          type="button"
          className="exp-x"
          data-kept=""
          aria-label={`${title} does not vary`}
          onClick={({ currentTarget }) => onDrop(currentTarget)}
        >
          <X size={13} strokeWidth={1.8} aria-hidden="true" />
        </button>
      </p>
      <ul className="exp-chips" aria-label={`Values of ${title}`}>
        {to.map((_, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: values stand in one order
          <li key={place} className="exp-chip">
            <span>{unit === "" ? labels[place] : labels[place]!.slice(0, -unit.length - 1)}</span>
            <button
              type="button"
              className="exp-x"
              data-kept=""
              aria-label={`Without ${labels[place]}`}
              onClick={({ currentTarget }) => onTake(place, currentTarget)}
            >
              <X size={13} strokeWidth={1.8} aria-hidden="true" />
            </button>
          </li>
        ))}
        <li>
          <Add title={title} set={set} example={labels[0] ?? ""} onAdd={onAdd} />
        </li>
      </ul>
    </div>
  );
}

interface AddProps {
  readonly title: string;
  readonly set: string;
  readonly example: string;
  onAdd(more: readonly Read[]): void;
}

/** Values are typed as they are shown. */
function Add({ title, set, example, onAdd }: AddProps): ReactElement {
  const [open, setOpen] = useState(false);
  const [text, setText] = useState("");
  const field = useRef<HTMLInputElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const began = useRef(false);
  useEffect(() => {
    if (open) field.current?.focus();
    else if (began.current) button.current?.focus();
    began.current = open;
  }, [open]);
  if (!open)
    return (
      <button
        ref={button}
        type="button"
        className="exp-chip exp-add"
        data-kept=""
        aria-label={`Another value of ${title}`}
        onClick={() => setOpen(true)}
      >
        <Plus size={13} strokeWidth={1.8} aria-hidden="true" />
        add
      </button>
    );
  const take = (): void => {
    const more = readValues(text, set);
    setOpen(false);
    setText("");
    if (more.length > 0) onAdd(more);
  };
  return (
    <input
      ref={field}
      type="text"
      className="ui-field exp-field"
      aria-label={`Another value of ${title}`}
      placeholder={example}
      title="Several: 3, 5, 7. Evenly: 100 to 500 by 100."
      value={text}
      spellCheck={false}
      autoComplete="off"
      onChange={(event) => setText(event.target.value)}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key === "Enter") take();
        if (event.key !== "Escape") return;
        event.stopPropagation();
        setOpen(false);
        setText("");
      }}
    />
  );
}
