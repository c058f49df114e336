import { Check, X } from "lucide-react";
import type { ReactElement } from "react";
import { usePanelLab } from "../../store/use-lab.ts";
import { useVerdict } from "./use-verdict.ts";
import { Violation } from "./violation.tsx";
import { citation } from "./words.ts";
import "./violation.css";

/** Every property that is watched after each step of every server, and whether it holds. */
export function Checks(): ReactElement {
  const violation = usePanelLab("inspector", (state) => state.frame?.violation ?? null);
  const verdict = useVerdict();
  const broken = violation?.property ?? null;
  const checks = verdict?.checks;
  if (checks === undefined) return <p className="inspector-hint">Looking …</p>;
  return (
    <>
      {violation === null ? (
        <header className="inspector-head">
          <h2>Everything holds</h2>
          <p>{checks.length} properties are watched after every step. The first that breaks stops the run.</p>
        </header>
      ) : (
        <>
          <Violation violation={violation} verdict={verdict} />
          <h3 className="ui-heading verdict-all">All that is watched</h3>
        </>
      )}
      <ul className="verdict-checks">
        {checks.map(({ name, section, text }) => (
          <li key={name} data-broken={name === broken || undefined}>
            {name === broken ? (
              <X size={16} strokeWidth={1.8} aria-label="violated" />
            ) : (
              <Check size={16} strokeWidth={1.8} aria-label="holds" />
            )}
            <span>
              <strong>{name}</strong>
              {text} <span className="verdict-cite">{citation(section)}</span>
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
