import { CornerUpLeft, Share, ShieldCheck, TriangleAlert } from "lucide-react";
import type { ReactElement } from "react";
import { withPart } from "../../store/parts.ts";
import { share } from "../../store/sharing.ts";
import { lab, useLab } from "../../store/use-lab.ts";
import type { ViolationView } from "../../worker/protocol/frame.ts";
import type { BugView } from "../../worker/protocol/run.ts";
import type { DepartureView, EvidenceRow, Verdict } from "../../worker/protocol/verdict.ts";
import { termFill } from "../kit/term-fill.ts";
import { formatTime } from "../kit/words/time.ts";
import { citation } from "../kit/words/words.ts";
import "./violation.css";

const noBugs: readonly BugView[] = [];
const icon = { size: 15, strokeWidth: 1.8, "aria-hidden": true } as const;

interface Props {
  readonly violation: ViolationView;
  /** null until it is known. */
  readonly verdict: Verdict | null;
}
/** A property broke: which, on what values, because of what, and what to do now. */
export function Violation({ violation, verdict: found }: Props): ReactElement {
  const { property, section, detail, at } = violation;
  const bugs = useLab((state) => state.info?.bugs) ?? noBugs;
  const outside = useLab((state) => state.frame?.outside ?? null);
  const text = [...(found?.checks ?? []), ...(found?.guards ?? [])].find(({ name }) => name === property)?.text;
  const departures = found?.violation?.departures ?? [];
  return (
    <section className="verdict" aria-label="Violation">
      <h2 className="verdict-title">
        <TriangleAlert size={18} strokeWidth={1.8} aria-hidden="true" />
        {property} is violated
      </h2>
      <p>
        {detail}, at {formatTime(at)}.
      </p>
      <Evidence rows={found?.violation?.evidence ?? []} />
      {outside === null ? null : <p className="verdict-rule">Raft promises nothing here: {outside}</p>}
      {text === undefined ? null : (
        <p className="verdict-rule">
          {text} <span className="verdict-cite">{citation(section)}</span>
        </p>
      )}
      {departures.length > 0 ? <Departures departures={departures} /> : null}
      <div className="verdict-buttons">
        {departures[0] === undefined ? null : (
          <button type="button" className="ui-button" onClick={() => lab.visit(departures[0]!.event - 1)}>
            <CornerUpLeft {...icon} />
            Back to where it began
          </button>
        )}
        {bugs.length === 0 ? null : (
          <button type="button" className="ui-button" onClick={() => void tryCorrect()}>
            <ShieldCheck {...icon} />
            Try with {bugs.length === 1 ? "the rule" : "the rules"} on
          </button>
        )}
        <button type="button" className="ui-button" aria-haspopup="dialog" onClick={share}>
          <Share {...icon} />
          Share
        </button>
      </div>
    </section>
  );
}

/** The reader of recordings is loaded when it is needed. */
const tryCorrect = (): Promise<void> =>
  withPart(
    "reader of recordings",
    () => import("../../store/bugs.ts"),
    (bugs) => bugs.tryCorrect(),
  );

/** Two or three servers one above the other; what decides is outlined. */
function Evidence({ rows }: { readonly rows: readonly EvidenceRow[] }): ReactElement | null {
  const indices = [...new Set(rows.flatMap(({ cells }) => cells.map(({ index }) => index)))].sort((a, b) => a - b);
  if (rows.length === 0) return null;
  return (
    <table className="verdict-evidence" aria-label="What is compared">
      {indices.length === 0 ? null : (
        <thead>
          <tr>
            <td />
            {indices.map((index) => (
              <th key={index} scope="col">
                {index}
              </th>
            ))}
            <td />
          </tr>
        </thead>
      )}
      <tbody>
        {rows.map((row) => (
          <tr key={row.server}>
            <th scope="row">S{row.server}</th>
            {indices.map((index) => {
              const cell = row.cells.find((each) => each.index === index);
              return <td key={index}>{cell === undefined ? null : <Cell cell={cell} />}</td>;
            })}
            <td className="verdict-value" data-deciding={row.deciding || undefined}>
              {row.event === null ? (
                row.value
              ) : (
                <button type="button" className="ui-link" onClick={() => lab.visit(row.event!)}>
                  {row.value}
                </button>
              )}
              {row.event === null ? null : <span className="verdict-cite"> {formatTime(row.at)}</span>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cell({ cell }: { readonly cell: EvidenceRow["cells"][number] }): ReactElement {
  const { term, text, committed, deciding } = cell;
  const said = `${term === 0 ? "" : `term ${term}, `}${text}${committed && term > 0 ? ", committed" : ""}`;
  return (
    <span
      className="verdict-cell"
      title={said}
      data-deciding={deciding || undefined}
      data-committed={(committed && term > 0) || undefined}
      style={
        term === 0 ? undefined : { borderColor: termFill(term), ...(committed ? { background: termFill(term) } : {}) }
      }
    >
      <span aria-hidden="true">{term === 0 ? "" : term}</span>
      <span className="ui-hidden">{said}</span>
    </span>
  );
}

const departuresShown = 5;

/** Each step at which the broken rule answered otherwise than Raft's would have. */
function Departures({ departures }: { readonly departures: readonly DepartureView[] }): ReactElement {
  return (
    <div className="verdict-departures">
      <h3 className="ui-heading">Where the rule was broken</h3>
      <ul>
        {departures.slice(0, departuresShown).map(({ event, at, rule, bug }) => (
          <li key={event}>
            <button type="button" className="ui-moment" onClick={() => lab.visit(event)}>
              <span className="ui-time">{formatTime(at)}</span>
              <span>
                {rule} <span className="verdict-cite">{bug}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
      {departures.length > departuresShown ? (
        <p className="verdict-cite">and {departures.length - departuresShown} more times</p>
      ) : null}
    </div>
  );
}
