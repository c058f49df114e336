import { memo, type ReactElement } from "react";
import type { FeedRow } from "../../worker/protocol/feed.ts";
import { termFill } from "../kit/term-fill.ts";
import { formatTime } from "../kit/words/time.ts";
import { citation } from "../kit/words/words.ts";
import { KindIcon } from "./kind-icon.tsx";
import { kindNames } from "./rows.ts";
import { Topic } from "./topic.tsx";

interface EventRowProps {
  readonly row: FeedRow;
  /** Where it lies from the moment that is shown. */
  readonly when: "past" | "present" | "later";
  readonly open: boolean;
  /** It is about the message that is selected. */
  readonly followed: boolean;
  readonly tabStop: boolean;
  readonly place: number;
  /** It is no part of what is lit. */
  readonly faded: boolean;
  readonly onPick: (row: FeedRow) => void;
}

/** One sentence of the feed; open, it says which rule was followed on which values. */
export const EventRow = memo(function EventRow({
  row,
  when,
  open,
  followed,
  tabStop,
  place,
  faded,
  onPick,
}: EventRowProps): ReactElement {
  const hasMore = row.rule !== "" || row.values.length > 0;
  return (
    <div className={classesOf(row, when, followed)} data-faded={faded || undefined}>
      <button
        type="button"
        className="ui-moment events-line"
        tabIndex={tabStop ? 0 : -1}
        data-place={place}
        aria-current={when === "present" ? "step" : undefined}
        aria-expanded={hasMore ? open : undefined}
        onClick={() => onPick(row)}
      >
        <span className="ui-time">{formatTime(row.position.at)}</span>
        <span className="events-term" style={{ background: row.term === 0 ? "transparent" : termFill(row.term) }}>
          {row.term === 0 ? null : <span className="ui-hidden">term {row.term}</span>}
        </span>
        <KindIcon kind={row.kind} />
        <span className="events-text">
          <span className="ui-hidden">{kindNames[row.kind]}: </span>
          {row.told === undefined || row.told.topic === "" ? null : <Topic name={row.told.topic} />}
          {row.text}
        </span>
        <span className="events-section">{row.told === undefined ? row.section : `line ${row.told.line}`}</span>
      </button>
      {open && hasMore ? <Details row={row} /> : null}
    </div>
  );
});

function classesOf({ kind, routine }: FeedRow, when: EventRowProps["when"], followed: boolean): string {
  const names = ["events-row", `events-${when}`, `events-of-${kind}`];
  if (when === "present") names.push("ui-here");
  if (routine) names.push("events-routine");
  if (followed) names.push("events-followed");
  return names.join(" ");
}

function Details({ row }: { readonly row: FeedRow }): ReactElement {
  return (
    <div className="events-more">
      {row.rule === "" ? null : (
        <p className="events-rule">
          {row.rule}
          {row.section === "" ? null : <span className="events-cite"> {citation(row.section)}</span>}
        </p>
      )}
      <Held rows={row.told?.compared ?? []} />
      {row.values.length === 0 ? null : row.message === null ? (
        <Compared values={row.values} />
      ) : (
        <Said values={row.values} />
      )}
    </div>
  );
}

interface ValuesProps {
  readonly values: FeedRow["values"];
}

function Compared({ values }: ValuesProps): ReactElement {
  return (
    <table className="events-values" aria-label="Values that were compared">
      <tbody>
        {values.map(([name, value]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What a voter had, and what it was asked with: the row that decided is marked. */
function Held({ rows }: { readonly rows: NonNullable<FeedRow["told"]>["compared"] }): ReactElement | null {
  if (rows.length === 0) return null;
  return (
    <table className="events-values events-held" aria-label="What the vote was held against">
      <thead>
        <tr>
          <td />
          <th scope="col">it has</th>
          <th scope="col">asked with</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ what, here, there, decides }) => (
          <tr key={what} data-decides={decides || undefined}>
            <th scope="row">{what}</th>
            <td>{here}</td>
            <td>
              {there}
              {decides && <span className="ui-hidden">, decides</span>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A message's fields, side by side: they are many, and the row shall stay in sight. */
function Said({ values }: ValuesProps): ReactElement {
  return (
    <dl className="events-fields" aria-label="Fields of the message">
      {values.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
