import { ArrowRight } from "lucide-react";
import { type ReactElement, useEffect, useMemo, useRef, useState } from "react";
import {
  type Choice,
  choicesFor,
  compare,
  type Difference,
  differencesOf,
  openOther,
  otherRun,
  recordingShown,
  stepThroughBoth,
  timersDiffer,
} from "../../store/again.ts";
import { page, usePage } from "../../store/page.ts";
import { useLab } from "../../store/use-lab.ts";
import type { Again, RunOutcome } from "../../worker/protocol/again.ts";
import { DialogFrame } from "../kit/form/frame.tsx";
import { Select } from "../kit/form/select.tsx";
import { useEdges } from "../kit/use-edges.ts";
import { formatTime } from "../kit/words/time.ts";
import { Bands } from "./bands.tsx";
import { comparedTo, linesOf } from "./tally.ts";
import "./again.css";

type Shown = NonNullable<Awaited<ReturnType<typeof recordingShown>>>;
const about = "The same acts from the start, at the same times: what differs, and what comes of it.";

/** The same acts with other options, rules or another seed, beside the run that is shown. */
export function AgainDialog(): ReactElement {
  const [recording, setRecording] = useState<Shown | null>(null);
  const secret = useLab(({ info }) => info?.game?.as === "play" && info.game.round > 0);
  useEffect(() => {
    void recordingShown().then(setRecording);
  }, []);
  return (
    <DialogFrame title="Run these acts again" about={about} size="large">
      {secret ? (
        <p className="form-note">
          One rule is off, and it is for you to find: another run beside this one would name it. First name the rule.
        </p>
      ) : recording === null ? (
        <p className="form-note">Reading the recording …</p>
      ) : (
        <Comparison recording={recording} />
      )}
    </DialogFrame>
  );
}

function Comparison({ recording }: { readonly recording: Shown }): ReactElement {
  const chosen = usePage((state) => state.otherwise);
  const choices = useMemo(() => choicesFor(recording, chosen), [recording, chosen]);
  const [key, setKey] = useState(choices[0]!.key);
  const [keeps, setKeeps] = useState(true);
  const { otherwise, title } = choices.find((choice) => choice.key === key) ?? choices[0]!;
  const mayKeep = timersDiffer(recording, otherwise);
  const other = useMemo(() => otherRun(recording, otherwise, keeps), [recording, otherwise, keeps]);
  const again = useComparison(other);
  return (
    <>
      <Differences rows={differencesOf(recording, other)} choices={choices} chosen={key} onChoose={setKey} />
      {mayKeep && (
        <label className="again-keep">
          <input type="checkbox" checked={keeps} onChange={(event) => setKeeps(event.target.checked)} />
          Keep this run’s timers, so that the acts meet the same moments.
        </label>
      )}
      {again === null ? (
        <p className="form-note" role="status">
          Running both …
        </p>
      ) : (
        <Outcomes again={again} titles={["this run", title]} />
      )}
      <div className="again-foot">
        <button type="button" className="ui-button" onClick={page.closeDialog}>
          Back to this run
        </button>
        <button type="button" className="ui-button" onClick={() => stepThroughBoth(recording, other, title)}>
          Step through both
        </button>
        <button
          type="button"
          className="ui-button ui-dark"
          disabled={again === null}
          onClick={() => {
            if (again === null) return;
            page.closeDialog();
            openOther(other, again);
          }}
        >
          Open the new run
          <ArrowRight size={16} strokeWidth={1.8} aria-hidden="true" />
        </button>
      </div>
    </>
  );
}

/** Null while both are run; of two questions the later one counts. */
function useComparison(other: Shown): Again | null {
  const [known, setKnown] = useState<{ readonly other: Shown; readonly again: Again } | null>(null);
  useEffect(() => {
    let wanted = true;
    void compare(other).then((again) => {
      if (wanted && again !== null) setKnown({ other, again });
    });
    return () => {
      wanted = false;
    };
  }, [other]);
  return known?.other === other ? known.again : null;
}

interface DifferencesProps {
  readonly rows: readonly Difference[];
  readonly choices: readonly Choice[];
  readonly chosen: string;
  onChoose(key: string): void;
}

/** More than so many lines push what came of it out of sight: the others come when they are asked for. */
const rowsMost = 4;

function Differences({ rows, choices, chosen, onChoose }: DifferencesProps): ReactElement {
  const [all, setAll] = useState(false);
  const more = all ? 0 : rows.length - rowsMost;
  return (
    <table className="again-table">
      <thead>
        <tr>
          <th scope="col">What differs</th>
          <th scope="col">this run</th>
          <th scope="col">
            <span className="again-choice">
              again with
              <Select
                label="Again with"
                value={chosen}
                options={choices.map(({ key, title }) => [key, title])}
                onChange={onChoose}
              />
            </span>
          </th>
          <td className="again-more" />
        </tr>
      </thead>
      <tbody>
        {(more > 0 ? rows.slice(0, rowsMost) : rows).map(({ title, here, there, about }) => (
          <tr key={title}>
            <th scope="row">{title}</th>
            <td className="again-value">{here}</td>
            <td className="again-value">{there}</td>
            <td className="again-more">{about}</td>
          </tr>
        ))}
        {more > 0 && (
          <tr>
            <td colSpan={4}>
              <button type="button" className="ui-link" onClick={() => setAll(true)}>
                and {more} more
              </button>
            </td>
          </tr>
        )}
        {rows.length === 0 && (
          <tr>
            <td colSpan={4}>Nothing: both are the same run.</td>
          </tr>
        )}
      </tbody>
    </table>
  );
}

interface OutcomesProps {
  readonly again: Again;
  readonly titles: readonly [here: string, there: string];
}

function Outcomes({ again, titles }: OutcomesProps): ReactElement {
  const { here, there } = again;
  const scroller = useRef<HTMLDivElement>(null);
  useEdges(scroller);
  return (
    <div role="status">
      <table className="again-table">
        <thead>
          <tr>
            <th scope="col">What came of it</th>
            <th scope="col">{titles[0]}</th>
            <th scope="col">{titles[1]}</th>
            <th scope="col" className="again-more">
              up to {formatTime(comparedTo(here, there))}
            </th>
          </tr>
        </thead>
        <tbody>
          {linesOf(here, there).map((line) => (
            <tr key={line.title}>
              <th scope="row">{line.title}</th>
              <td className="again-value">{line.here}</td>
              <td className="again-value">{line.there}</td>
              <td className="again-more">{line.more}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="again-scroll ui-edges" ref={scroller}>
        <Bands again={again} titles={titles} />
      </div>
      <p className="again-key">Hatched: nobody leads. Small lines: commits. Crowns: elected.</p>
      <Stopped run={here} title={titles[0]} />
      <Stopped run={there} title={titles[1]} />
    </div>
  );
}

/** Why a run goes no further, and what of its acts was not possible. */
function Stopped({ run: { stopped, end, impossible }, title }: { readonly run: RunOutcome; readonly title: string }) {
  if (stopped === null && impossible.length === 0) return null;
  const [first] = impossible;
  return (
    <p className="form-note">
      In {title}
      {stopped !== null && ` the run stops at ${formatTime(end)}: ${stopped}.`}
      {first !== undefined &&
        ` ${impossible.length === 1 ? "one act was" : `${impossible.length} acts were`} not possible any more, first at ${formatTime(first.at)}: ${first.text}.`}
    </p>
  );
}
