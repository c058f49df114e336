import { ArrowRight, X } from "lucide-react";
import { memo, type ReactElement } from "react";
import { valueText } from "../../../experiment/words.ts";
import { experiment, openShown, useExperiment } from "../../../store/experiment/use-experiment.ts";
import { nameOf } from "../../../store/server-names.ts";
import type { ExperimentView, RunView } from "../../../worker/protocol/experiment.ts";
import { IconButton } from "../../kit/icon-button.tsx";
import { termFill } from "../../kit/term-fill.ts";
import type { Told } from "../told.ts";
import { settingText } from "./answer.ts";
import { strokesOf } from "./strokes.ts";

interface Props {
  readonly view: ExperimentView;
  readonly told: readonly Told[];
  /** The setting of which runs are offered. */
  readonly chosen: number;
  onShow(setting: number, seed: number): void;
}

/** One run of many: which, what happened, and the way into it. */
export function RunCard({ view, told, chosen, onShow }: Props): ReactElement {
  const shown = useExperiment((state) => state.shown);
  const asked = useExperiment((state) => state.asked);
  const which = shown ?? asked;
  if (which === null) return <Offered {...{ view }} told={told[chosen]!} onShow={(seed) => onShow(chosen, seed)} />;
  const { setting, seed } = which;
  const run = told[setting]?.runs.find((each) => each.seed === seed);
  const label = settingText(view, setting);
  const value =
    run === undefined
      ? "no value"
      : view.measure.unit === "chance"
        ? run.value === 1
          ? "it came true"
          : "it did not come true"
        : valueText(run.value, view.measure.unit);
  return (
    <section className="exp-run" aria-label="The chosen run" aria-busy={shown === null}>
      <header>
        <h3>
          Seed {seed}: {value}
        </h3>
        <IconButton icon={X} label="Close the run" onClick={experiment.hide} />
      </header>
      {label !== "" && <p className="exp-run-of">{label}</p>}
      {shown === null ? (
        <p>The run is done once more, to be looked at …</p>
      ) : (
        <>
          <p role="status">{shown.words}</p>
          <Bands run={shown} />
          <button type="button" className="ui-button" onClick={openShown}>
            Open this run
            <ArrowRight size={15} strokeWidth={1.8} aria-hidden="true" />
          </button>
        </>
      )}
    </section>
  );
}

interface OfferedProps {
  readonly view: ExperimentView;
  readonly told: Told;
  onShow(seed: number): void;
}

/** Some that are worth a look, of the chosen setting. */
function Offered({ view, told, onShow }: OfferedProps): ReactElement | null {
  if (told.summary.n === 0) return null;
  return (
    <div className="exp-offered">
      <p>Every run can be opened.</p>
      {offered(view, told).map(({ title, seed }) => (
        <button key={title} type="button" className="ui-button" onClick={() => onShow(seed)}>
          {title}
        </button>
      ))}
    </div>
  );
}

function offered({ measure }: ExperimentView, { runs, without }: Told) {
  const found: { readonly title: string; readonly seed: number }[] = [];
  const offer = (title: string, seed: number | null | undefined): void => {
    if (seed != null) found.push({ title, seed });
  };
  if (measure.unit === "chance") {
    offer("One in which it came true", runs.find(({ value }) => value === 1)?.seed);
    offer("One in which it did not", runs.find(({ value }) => value === 0)?.seed);
  } else {
    offer("The middle one", runs[Math.ceil(runs.length / 2) - 1]?.seed);
    offer(measure.unit === "time" ? "The longest" : "The highest", runs.at(-1)?.seed);
  }
  offer("One without a value", without);
  return found;
}

const band = { row: 18, bar: 14, name: 26, width: 318 } as const;
/** Of what is shown so much lies before it was measured. */
const before = 0.06;

const Bands = memo(function Bands({ run: { bands, begun, at } }: { readonly run: RunView }): ReactElement {
  // Of a run that was given up before it was measured, all of it.
  const from = begun >= at ? 0 : Math.max(0, begun - Math.max(1, (at - begun) * before));
  const x = (time: number): number =>
    band.name + (Math.max(0, time - from) / Math.max(1, at - from)) * (band.width - band.name);
  const height = bands.length * band.row;
  return (
    <svg
      className="exp-bands"
      viewBox={`0 0 ${band.width} ${height}`}
      role="img"
      aria-label={`What the ${bands.length} servers were, until it was measured`}
    >
      <defs>
        <pattern id="exp-down" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <path className="exp-hatch" d="M0 0V5" />
        </pattern>
      </defs>
      {bands.map(({ server, spans }, row) => (
        <g key={server} transform={`translate(0 ${row * band.row})`}>
          <text className="exp-tick" x={0} y={12}>
            {nameOf(server)}
          </text>
          {strokesOf(spans, { x, from, to: at }).map((stroke) => (
            <rect
              key={stroke.x}
              className="exp-band"
              data-is={stroke.is === "many" ? "many" : stroke.span.up ? stroke.span.role : "down"}
              x={stroke.x + 0.5}
              width={Math.max(1, stroke.width - 1)}
              y={1}
              height={band.bar}
              rx={2}
              style={stroke.is === "span" && stroke.span.up ? { color: termFill(stroke.span.term) } : undefined}
            >
              {stroke.is === "many" && <title>{`${stroke.terms} terms`}</title>}
            </rect>
          ))}
        </g>
      ))}
      <path className="exp-begun" d={`M${x(begun)} -2V${height + 1}`} />
    </svg>
  );
});
