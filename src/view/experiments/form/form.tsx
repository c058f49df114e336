import { ArrowLeft } from "lucide-react";
import { type ReactElement, type ReactNode, useRef, useState } from "react";
import { valueText } from "../../../experiment/words.ts";
import { useExperiment } from "../../../store/experiment/use-experiment.ts";
import { page } from "../../../store/page.ts";
import type { ExperimentView } from "../../../worker/protocol/experiment.ts";
import { useMedia } from "../../kit/use-media.ts";
import { Exports } from "../exports.tsx";
import { change } from "../opening.ts";
import { AsText } from "./as-text.tsx";
import { Happens } from "./happens.tsx";
import { type Json, withFields } from "./json.ts";
import { Measured } from "./measured.tsx";
import { PartOf } from "./part.tsx";
import { problemText } from "./problem.ts";
import { Typed } from "./typed.tsx";
import { Varied } from "./varied.tsx";

/** What is asked: everything of the experiment, to be changed. */
export function Form({ view }: { readonly view: ExperimentView | null }): ReactElement {
  const narrow = useMedia("(max-width: 999px)");
  const [asText, setAsText] = useState(false);
  const toggle = useRef<HTMLButtonElement>(null);
  const close = (): void => {
    setAsText(false);
    toggle.current?.focus();
  };
  const text = (
    <button
      ref={toggle}
      type="button"
      className="ui-link exp-text-link"
      aria-pressed={asText}
      onClick={() => setAsText(!asText)}
    >
      As text
    </button>
  );
  return (
    <aside className="exp-form" aria-label="The experiment">
      <div className="exp-top">
        <button type="button" className="exp-back" onClick={page.closeExperiment} title="Back to the run (Esc)">
          <ArrowLeft size={15} strokeWidth={1.8} aria-hidden="true" />
          Back to the run
        </button>
        {view !== null && !narrow && text}
      </div>
      {view === null ? (
        <Missing />
      ) : (
        <>
          <h2>{view.title}</h2>
          <p className="exp-about">
            {view.notes}
            {view.source !== "" && <span className="exp-source"> {view.source}</span>}
          </p>
          <Folded narrow={narrow}>
            {asText ? <AsText view={view} onClose={close} /> : <Parts view={view} />}
            {narrow && text}
          </Folded>
          {!narrow && <Exports view={view} />}
        </>
      )}
    </aside>
  );
}

/** Nothing is open: it is on its way, or why it is not. */
function Missing(): ReactElement {
  const problem = useExperiment((state) => state.problem);
  const status = useExperiment((state) => state.status);
  return (
    <p className="exp-about" role="status">
      {problem !== null
        ? `It cannot be opened. ${problemText(problem, false)}`
        : status === "failed"
          ? "It cannot be opened."
          : "It is opened …"}
    </p>
  );
}

function Folded({ narrow, children }: { readonly narrow: boolean; readonly children: ReactNode }): ReactNode {
  if (!narrow) return children;
  return (
    <details className="exp-fold">
      <summary>What varies, what happens, what is measured</summary>
      {children}
    </details>
  );
}

function Parts({ view }: { readonly view: ExperimentView }): ReactElement {
  const { json, same, bugs } = view;
  const set = (next: Json): void => void change(next);
  return (
    <>
      <Varied view={view} onChange={set} />
      <PartOf title="The same in every run" part="same">
        <dl className="exp-same">
          {same.map(([name, words]) => (
            <div key={name} className="exp-row">
              <dt>{name}</dt>
              <dd>{words}</dd>
            </div>
          ))}
          {bugs.length > 0 && !view.factors.some((factor) => factor.set === "run.bugs") && (
            <div className="exp-row">
              <dt>off</dt>
              <dd className="exp-off">{bugs.join(", ")}</dd>
            </div>
          )}
        </dl>
      </PartOf>
      <Happens view={view} onChange={set} />
      <PartOf title="Measured from then on" part="measure">
        <Measured json={json} onChange={set} />
      </PartOf>
      <PartOf title="Runs" part="runs">
        <div className="exp-runs">
          <Typed
            label="per setting"
            value={String(view.runs)}
            onTake={(typed) => set(withFields(json, { runs: numberIn(typed) }))}
          />
          <Typed
            label="given up after"
            value={valueText(view.giveUp, "time")}
            onTake={(typed) => set(withFields(json, { giveUpMs: millisIn(typed) }))}
          />
          <Typed
            label="seeds from"
            value={String(view.firstSeed)}
            onTake={(typed) => set(withFields(json, { firstSeed: numberIn(typed) }))}
          />
        </div>
      </PartOf>
    </>
  );
}

/** What is no number is handed on, and said to be none. */
const numberIn = (typed: string): unknown => {
  const number = Number(typed.replace(/[\s,]/g, ""));
  return Number.isNaN(number) || typed.trim() === "" ? typed : number;
};
const millisIn = (typed: string): unknown => {
  const [, digits, unit] = /^\s*([\d.,]+)\s*(ms|s|min)?\s*$/.exec(typed) ?? [];
  if (digits === undefined) return typed;
  const by = unit === "min" ? 60_000 : unit === "ms" ? 1 : 1000;
  return Math.round(Number(digits.replaceAll(",", "")) * by * 1000) / 1000;
};
