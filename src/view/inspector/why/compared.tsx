import type { ReactElement } from "react";
import type { Compared } from "../../../worker/protocol/why.ts";

/** "3, of the request", "2: S1 and S2", "S1, which asks": a value, and what belongs to it in small letters. */
function Value({ text }: { readonly text: string }): ReactElement {
  const [, value = text, more = ""] = /^(\d+|S\d)(?:, |: )(.*)$/.exec(text) ?? [];
  return (
    <td>
      {value}
      {more === "" ? null : <span className="why-more-of"> {more}</span>}
    </td>
  );
}

/** What was compared, in the order in which the rule asks: the row that decided is framed, later ones were not asked. */
export function ComparedTable({
  rows,
  who,
}: {
  readonly rows: readonly Compared[];
  readonly who: string;
}): ReactElement | null {
  if (rows.length === 0) return null;
  const against = rows.some(({ there }) => there !== "");
  return (
    <table className="why-table" aria-label="What was compared">
      {against && (
        <thead>
          <tr>
            <td />
            <th scope="col">{who === "" ? "has" : `${who} has`}</th>
            <th scope="col">against</th>
            <th scope="col">
              <span className="ui-hidden">what came of it</span>
            </th>
          </tr>
        </thead>
      )}
      <tbody>
        {rows.map(({ what, here, there, decides, asked }) => (
          <tr key={what} data-decides={decides} data-asked={asked}>
            <th scope="row">{what}</th>
            <Value text={here} />
            {against && <Value text={there} />}
            {against && <td className="why-note">{decides ? "decides" : asked ? "passes" : "not asked"}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
