import { X } from "lucide-react";
import type { ReactElement } from "react";
import { page } from "../../../store/page.ts";
import { lab } from "../../../store/use-lab.ts";
import type { ActiveFault } from "../../../worker/protocol/faults.ts";
import { FaultIcon } from "../../kit/faults/glyphs.tsx";
import type { Box } from "../boxes.ts";
import { isEverywhere } from "./everywhere.ts";
import "./stage-lines.css";

interface Props {
  readonly faults: readonly ActiveFault[];
  readonly servers: number;
  /** Where it stands; on narrow stages there is only room for signs, beside the legend. */
  readonly place: Box;
  readonly narrow: boolean;
}

/** What is wrong with all links at once: in words, to be taken away; where it is more than one thing, as their signs. */
export function StageLines({ faults, servers, place, narrow }: Props): ReactElement | null {
  const own = faults.filter((fault) => isEverywhere(fault, servers));
  const [first] = own;
  if (first === undefined) return null;
  if (narrow) return <Signs faults={own} most={signsNarrow} />;
  const { x, y, width, height } = place;
  return (
    <div className="stage-lines" style={{ left: x, top: y, width, height }}>
      {own.length === 1 ? <Line fault={first} /> : <Signs faults={own} most={signsMost} />}
    </div>
  );
}

function Line({ fault }: { readonly fault: ActiveFault }): ReactElement {
  const { name, words, undo } = fault;
  return (
    <>
      <FaultIcon name={name} />
      <span title={words}>{words}</span>
      {undo !== null && (
        <button type="button" aria-label={`End it: ${words}`} title="End it" onClick={() => lab.act(undo)}>
          <X size={14} strokeWidth={1.8} aria-hidden="true" />
        </button>
      )}
    </>
  );
}

const signsMost = 5;
/** Between the legend and the server at the top. */
const signsNarrow = 2;

interface SignsProps {
  readonly faults: readonly ActiveFault[];
  readonly most: number;
}

/** Opens the pane that says what they are. */
function Signs({ faults, most }: SignsProps): ReactElement {
  const words = faults.map((fault) => fault.words).join("; ");
  return (
    <button
      type="button"
      className="stage-lines-signs"
      aria-label={`Show them: ${words}`}
      title={words}
      onClick={() => page.showPane("faults")}
    >
      {faults.slice(0, most).map(({ id, name }) => (
        <FaultIcon key={id} name={name} />
      ))}
      <span>{faults.length > most ? `+${faults.length - most}` : "all links"}</span>
    </button>
  );
}
