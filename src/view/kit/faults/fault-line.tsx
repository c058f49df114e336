import type { ReactElement, ReactNode } from "react";
import { lab } from "../../../store/use-lab.ts";
import type { ActiveFault } from "../../../worker/protocol/faults.ts";
import type { Act } from "../../../world/acts.ts";
import { FaultIcon } from "./glyphs.tsx";
import "./fault-line.css";

interface LineProps {
  readonly icon: ReactElement;
  readonly words: string;
  /** The act that takes it away, and the button's word for that; null: it cannot be taken away. */
  readonly end: { readonly act: Act; readonly verb: string } | null;
  /** After its words. */
  readonly children?: ReactNode;
}

/** Something that goes wrong, as a line of a list, with a button that ends it. */
export function HarmLine({ icon, words, end, children }: LineProps): ReactElement {
  return (
    <li className="faults-row">
      {icon}
      <span className="faults-words">
        {words}
        {children}
      </span>
      {end !== null && (
        <button type="button" className="ui-link" aria-label={`${end.verb}: ${words}`} onClick={() => lab.act(end.act)}>
          {end.verb}
        </button>
      )}
    </li>
  );
}

interface FaultProps {
  readonly fault: ActiveFault;
  readonly children?: ReactNode;
}

export function FaultLine({ fault: { name, words, undo }, children }: FaultProps): ReactElement {
  const end = undo === null ? null : { act: undo, verb: "End it" };
  return (
    <HarmLine icon={<FaultIcon name={name} />} words={words} end={end}>
      {children}
    </HarmLine>
  );
}
