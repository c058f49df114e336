import type { ReactElement } from "react";
import type { ServerId } from "../../base/units.ts";
import { haveNames, nameOf } from "../../store/server-names.ts";
import { Named, Worded } from "../kit/worded/worded.tsx";

interface LegendProps {
  /** Whose view the marks show, 0 for nobody's. */
  readonly leader: ServerId;
  readonly empty: boolean;
  /** A row says how the leader sends to its server. */
  readonly probes: boolean;
  /** Of some logs nobody tells how far they are committed; of others somebody does. */
  readonly untold: "none" | "some" | "all";
}

/** How to read the cells; while there are none, what to do. */
export function Legend({ leader, empty, probes, untold }: LegendProps): ReactElement {
  if (empty && haveNames()) return <p className="logs-empty">No entry is told of up to here.</p>;
  if (empty)
    return (
      <p className="logs-empty">
        No entries yet. Send a client request<span className="ui-desk"> (R)</span>.
      </p>
    );
  return (
    <ul className="logs-legend" aria-label="Legend">
      <li>
        <span className="logs-cell logs-key logs-term-0 logs-committed logs-key-figure">3</span>
        <span>
          <Worded text="the figure is the term" />
        </span>
      </li>
      <Item sample="logs-committed">committed</Item>
      {untold === "all" ? null : <Item sample="logs-uncommitted">not yet</Item>}
      {untold === "none" ? null : <Item sample="logs-untold">commit not told</Item>}
      {haveNames() ? null : (
        <Item sample="logs-uncommitted logs-volatile" more>
          not on disk
        </Item>
      )}
      <Item sample="logs-committed logs-applied" more>
        applied
      </Item>
      {leader === 0 ? null : (
        <>
          <li>
            <span className="logs-match logs-key" />
            <Named word="matchindex">match</Named>
          </li>
          <li>
            <svg className="logs-next logs-key" width={9} height={6} viewBox="0 0 9 6" aria-hidden="true">
              <path d="M4.5 0 9 6H0Z" fill="currentColor" />
            </svg>
            <span>
              <Named word="nextindex">next</Named>
              <span className="logs-legend-more">, as {nameOf(leader)} sees it</span>
            </span>
          </li>
          {probes && (
            <li>
              <Worded text="probing" />
            </li>
          )}
        </>
      )}
    </ul>
  );
}

interface ItemProps {
  readonly sample: string;
  readonly children: string;
  /** Left out where there is little room. */
  readonly more?: boolean;
}
function Item({ sample, children, more = false }: ItemProps): ReactElement {
  return (
    <li className={more ? "logs-legend-more" : undefined}>
      <span className={`logs-cell logs-key logs-term-0 ${sample}`} />
      <span>
        <Worded text={children} />
      </span>
    </li>
  );
}
