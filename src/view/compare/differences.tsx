import { Check, TriangleAlert } from "lucide-react";
import type { ReactElement } from "react";
import type { Micros } from "../../base/units.ts";
import type { Pair, PairLine, PairMoment } from "../../worker/protocol/pair.ts";
import { formatTime } from "../kit/words/time.ts";
import { listed } from "../kit/words/words.ts";

interface Props {
  readonly pair: Pair;
  readonly moment: PairMoment;
  readonly titles: readonly [left: string, right: string];
  onGo(at: Micros): void;
}

/** Where two runs part, in what they differ at this moment and in what they do not, and what holds on each side. */
export function Differences({ pair, moment, titles, onGo }: Props): ReactElement {
  return (
    <>
      <First pair={pair} at={moment.at} titles={titles} onGo={onGo} />
      <Now moment={moment} titles={titles} />
      <h3 className="compare-heading">What holds</h3>
      <Holds line={pair.lines[0]} title={titles[0]} />
      <Holds line={pair.lines[1]} title={titles[1]} />
    </>
  );
}

function First({ pair: { first }, at, titles, onGo }: Omit<Props, "moment"> & { readonly at: Micros }): ReactElement {
  if (first === null) return <p className="compare-none">Both are the same, event by event, as far as they go.</p>;
  return (
    <>
      <h3 className="compare-heading">
        First difference <span className="compare-when">{formatTime(first.at)}</span>
        {at !== first.at && (
          <button type="button" className="ui-link" onClick={() => onGo(first.at)}>
            go there
          </button>
        )}
      </h3>
      <dl className="compare-pair">
        <dt>{titles[0]}</dt>
        <dd>{first.here}.</dd>
        <dt>{titles[1]}</dt>
        <dd>{first.there}.</dd>
      </dl>
    </>
  );
}

function Now({ moment, titles }: Pick<Props, "moment" | "titles">): ReactElement {
  const { at, rows, more, equal } = moment;
  return (
    <>
      <h3 className="compare-heading">
        What differs now <span className="compare-when">{formatTime(at)}</span>
      </h3>
      {rows.length > 0 && (
        <table className="compare-table">
          <thead>
            <tr>
              <td />
              <th scope="col">{titles[0]}</th>
              <th scope="col">{titles[1]}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ what, whose, aspect, here, there }, place) => (
              <tr key={what} data-first={whose !== rows[place - 1]?.whose || undefined}>
                <th scope="row">
                  {whose} {aspect}
                </th>
                <td>{here}</td>
                <td>{there}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {more && <p className="compare-note">And more than these.</p>}
      <p className="compare-note">{equalText(rows.length, equal)}</p>
    </>
  );
}

function equalText(rows: number, equal: readonly string[]): string {
  if (rows === 0) return "No server differs; messages under way may.";
  return equal.length === 0 ? "Nothing is equal on all servers." : `Equal: all ${listed(equal)}.`;
}

function Holds({ line: { violation, stopped, end }, title }: { readonly line: PairLine; readonly title: string }) {
  if (violation !== null)
    return (
      <p className="compare-holds" data-bad>
        <TriangleAlert size={16} strokeWidth={1.8} aria-hidden="true" />
        <span>
          {title}: <b>{violation.property} breaks</b> at {formatTime(violation.at)}. {violation.detail}.
        </span>
      </p>
    );
  return (
    <p className="compare-holds">
      <Check size={16} strokeWidth={1.8} aria-hidden="true" />
      <span>
        {title}: all properties hold, up to {stopped === null ? "" : "where it stops at "}
        {formatTime(end)}
        {stopped === null ? "." : ` (${stopped}).`}
      </span>
    </p>
  );
}
