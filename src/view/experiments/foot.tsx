import { Pause, Play, RotateCcw, X } from "lucide-react";
import { memo, type ReactElement } from "react";
import { grouped } from "../../base/grouped.ts";
import type { ExperimentState } from "../../store/experiment/experiment.ts";
import { experiment, experimentState, useExperiment } from "../../store/experiment/use-experiment.ts";

/** Runs it, and says how far it is. Figures come many times a second: what does not change with them stays as it is. */
export function Foot(): ReactElement {
  const status = useExperiment((state) => state.status);
  const isOver = useExperiment(({ of, done }) => of > 0 && done === of);
  const isSound = useExperiment(({ view, problem }) => view !== null && problem === null);
  const canRun = status === "running" || status === "paused" || (isSound && status !== "opening");
  return (
    <section className="exp-bar" aria-label="Runs">
      <Go status={status} isOver={isOver} disabled={!canRun} />
      <Progress />
      <Cancel disabled={status !== "running" && status !== "paused"} />
    </section>
  );
}

interface GoProps {
  readonly status: ExperimentState["status"];
  readonly isOver: boolean;
  readonly disabled: boolean;
}
function Go({ status, isOver, disabled }: GoProps): ReactElement {
  const isRunning = status === "running";
  const label = isRunning ? "Pause" : status === "paused" ? "Go on" : isOver ? "Run again" : "Run";
  const Icon = isRunning ? Pause : isOver ? RotateCcw : Play;
  return (
    <button
      type="button"
      className="exp-go"
      data-long={(!isRunning && !isOver) || undefined}
      data-quiet={isOver || undefined}
      aria-label={label}
      title={`${label} (Space)`}
      disabled={disabled}
      onClick={toggle}
    >
      <Icon size={20} strokeWidth={1.8} fill={isOver ? "none" : "currentColor"} aria-hidden="true" />
      {!isRunning && !isOver && <span>{label}</span>}
    </button>
  );
}

const Cancel = memo(function Cancel({ disabled }: { readonly disabled: boolean }): ReactElement {
  return (
    <button
      type="button"
      className="ui-icon-button exp-cancel"
      aria-label="Cancel"
      title="Cancel: what came stays"
      disabled={disabled}
      onClick={experiment.cancel}
    >
      <X size={18} strokeWidth={1.8} aria-hidden="true" />
    </button>
  );
});

function Progress(): ReactElement {
  const status = useExperiment((state) => state.status);
  const done = useExperiment((state) => state.done);
  const of = useExperiment((state) => state.of);
  const workers = useExperiment((state) => state.workers);
  const rate = useExperiment((state) => state.rate);
  const isOver = of > 0 && done === of;
  const begun = done > 0 || status === "running";
  const left = rate > 0 ? (of - done) / rate : null;
  return (
    <>
      <p className="exp-count">
        <b className="ui-figures">{grouped(begun ? done : of)}</b>
        <span className="exp-of">{begun ? `of ${grouped(of)} runs` : of === 1 ? "run" : "runs"}</span>
      </p>
      <div
        className="exp-progress"
        role="progressbar"
        aria-label="Runs that are done"
        aria-valuemin={0}
        aria-valuemax={of}
        aria-valuenow={done}
      >
        <span style={{ transform: `scaleX(${of === 0 ? 0 : done / of})` }} />
      </div>
      <p className="exp-eta">
        {status === "failed" && of === 0 ? "nothing is open" : statusWords(status, isOver, left)}
        <span>
          {workers === 1 ? "1 worker" : `${workers} workers`}
          {begun && rate > 0 ? `, ${rateText(rate)}` : ""}
        </span>
      </p>
    </>
  );
}

export function toggle(): void {
  if (experimentState().status === "running") experiment.pause();
  else experiment.run();
}

function statusWords(status: string, isOver: boolean, left: number | null): string {
  if (isOver) return "all done";
  switch (status) {
    case "opening":
      return "it is read …";
    case "failed":
      return "it cannot go on";
    case "paused":
      return "paused";
    case "running":
      return left === null ? "it begins …" : `about ${span(left)} left`;
    default:
      return "ready";
  }
}

/** "70 runs a second", "2.4 runs a second", "13 runs a minute". */
function rateText(rate: number): string {
  if (rate >= 10) return `${grouped(Math.round(rate))} runs a second`;
  if (rate >= 1) return `${rate.toFixed(1)} runs a second`;
  const aMinute = Math.max(1, Math.round(rate * 60));
  return aMinute === 1 ? "1 run a minute" : `${aMinute} runs a minute`;
}

const span = (seconds: number): string =>
  seconds < 90
    ? `${Math.max(1, Math.ceil(seconds))} s`
    : seconds < 5400
      ? `${Math.ceil(seconds / 60)} min`
      : `${Math.ceil(seconds / 3600)} h`;
