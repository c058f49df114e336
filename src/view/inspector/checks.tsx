import { ArrowRight, Check, CircleMinus, X } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import type { Micros } from "../../base/units.ts";
import { page } from "../../store/page.ts";
import { verdict as askVerdict, usePanelLab } from "../../store/use-lab.ts";
import type { CheckView } from "../../worker/protocol/verdict.ts";
import { goTo } from "../kit/history/operation.ts";
import { useClientHistory } from "../kit/history/use-history.ts";
import { useVerdicts } from "../kit/history/use-verdicts.ts";
import { useAsked } from "../kit/use-asked.ts";
import { Worded } from "../kit/worded/worded.tsx";
import { formatTime } from "../kit/words/time.ts";
import { citation } from "../kit/words/words.ts";
import { type BrokenRow, type Standing, standingOf, type WaivedGroup, type WaivedRow } from "./standing.ts";
import { ToldChecks } from "./told-checks.tsx";
import { Violation } from "./violation.tsx";
import "./inspector.css";
import "./violation.css";
import "./checks.css";

/** Every property that is watched: whether it holds, is broken, or is not promised in this run, and why not. */
export function Checks(): ReactElement {
  const violation = usePanelLab("inspector", (state) => state.frame?.violation ?? null);
  const verdict = useAsked(askVerdict);
  const judged = useVerdicts(useClientHistory());
  if (verdict === null) return <p className="inspector-hint">Looking …</p>;
  if (verdict.told !== undefined) return <ToldChecks checks={verdict.told} />;
  const standing = standingOf(verdict, violation, judged);
  return (
    <div className="inspector">
      {violation === null ? (
        <Headline standing={standing} />
      ) : (
        <Violation violation={violation} verdict={verdict.violation === null ? null : verdict} />
      )}
      {standing.refuted === "" ? null : (
        <button type="button" className="ui-link checks-link" onClick={page.openHistory}>
          See the history in Clients
          <ArrowRight size={15} strokeWidth={1.8} aria-hidden="true" />
        </button>
      )}
      <Counts counts={standing.counts} />
      {violation === null ? <BrokenPart rows={standing.broken} /> : null}
      {standing.waived.map((group) => (
        <WaivedPart key={group.title} group={group} />
      ))}
      <HoldsPart title="Holds, after every step" rows={standing.checks} />
      <HoldsPart title="Holds too: what falls before any harm is done" rows={standing.guards} />
    </div>
  );
}

function Headline({
  standing: { headline, refuted, undecided, broken },
}: {
  readonly standing: Standing;
}): ReactElement {
  return (
    <header className="inspector-head checks-head" aria-live="polite">
      <h2>
        {headline}
        {headline === "" || refuted === "" ? "" : "; "}
        {refuted === "" ? null : <span className="checks-refuted">{refuted}</span>}
      </h2>
      {undecided ? <p>Whether one order explains what clients saw was not decided: the search ended early.</p> : null}
      {broken.length === 0 && refuted === "" ? <p>The first that breaks stops the run.</p> : null}
    </header>
  );
}

const icon = { size: 16, strokeWidth: 1.8 } as const;

function Counts({ counts: { hold, broken, waived } }: Pick<Standing, "counts">): ReactElement {
  return (
    <ul className="checks-counts" aria-label={`${hold + broken + waived} properties are watched`}>
      <li data-state="holds">
        <Check {...icon} aria-hidden="true" />
        <b>{hold}</b> hold
      </li>
      <li data-state={broken > 0 ? "broken" : undefined}>
        <X {...icon} aria-hidden="true" />
        <b>{broken}</b> broken
      </li>
      <li data-state="waived">
        <CircleMinus {...icon} aria-hidden="true" />
        <b>{waived}</b> not promised here
      </li>
    </ul>
  );
}

/** A heading and its rows; nothing where there are none. */
function Part({
  title,
  at,
  rows,
}: {
  readonly title: string;
  readonly at?: Micros | null;
  readonly rows: ReactNode[];
}) {
  if (rows.length === 0) return null;
  return (
    <section className="checks-part" aria-label={title}>
      <div className="checks-title">
        <h3 className="ui-heading">{title}</h3>
        {at === null || at === undefined ? null : (
          <button type="button" className="ui-link" onClick={() => goTo(at)}>
            since {formatTime(at)}
          </button>
        )}
      </div>
      {rows}
    </section>
  );
}

const BrokenPart = ({ rows }: { readonly rows: readonly BrokenRow[] }): ReactElement | null => (
  <Part
    title="Broken"
    rows={rows.map((row) => (
      <Row key={row.name} row={row} state="broken">
        {row.detail}
      </Row>
    ))}
  />
);

function WaivedPart({ group: { title, why, at, rows } }: { readonly group: WaivedGroup }): ReactElement {
  const shared =
    why === ""
      ? []
      : [
          <p key="why" className="checks-why">
            <Worded text={why} />
          </p>,
        ];
  const shown = rows.map((row) => (
    <Row key={row.name} row={row} state="waived">
      <WaivedWords row={row} alone={why === ""} />
    </Row>
  ));
  return <Part title={`Not promised ${title}`} at={at} rows={[...shared, ...shown]} />;
}

function WaivedWords({ row: { why, unkept }, alone }: { readonly row: WaivedRow; readonly alone: boolean }): ReactNode {
  return (
    <>
      {unkept === "" ? null : (
        <>
          <strong className="checks-unkept">Not so here.</strong> {unkept}{" "}
        </>
      )}
      {alone ? <Worded text={why} /> : null}
    </>
  );
}

const HoldsPart = ({ title, rows }: { readonly title: string; readonly rows: readonly CheckView[] }) => (
  <Part
    title={title}
    rows={rows.map((row) => (
      <Row key={row.name} row={row} state="holds">
        <Worded text={row.text} />
      </Row>
    ))}
  />
);

type State = "holds" | "broken" | "waived";
const signs = { holds: Check, broken: X, waived: CircleMinus } as const;
const spoken = { holds: "holds", broken: "broken", waived: "not promised here" } as const;

interface RowProps {
  readonly row: CheckView;
  readonly state: State;
  readonly children: ReactNode;
}
function Row({ row: { name, section }, state, children }: RowProps): ReactElement {
  const Sign = signs[state];
  return (
    <div className="checks-row" data-state={state}>
      <Sign {...icon} role="img" aria-label={spoken[state]} />
      <p>
        <strong className="checks-name">{name}</strong>
        {children} <span className="verdict-cite">{citation(section)}</span>
      </p>
    </div>
  );
}
