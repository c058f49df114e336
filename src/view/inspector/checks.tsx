import { Check, Minus, X } from "lucide-react";
import type { ReactElement } from "react";
import { useLab, usePanelLab } from "../../store/use-lab.ts";
import type { CheckView } from "../../worker/protocol/verdict.ts";
import { Worded } from "../kit/worded/worded.tsx";
import { citation } from "../kit/words/words.ts";
import { useVerdict } from "./use-verdict.ts";
import { Violation } from "./violation.tsx";
import "./violation.css";

/** Every property that is watched after each step of every server, and whether it holds. */
export function Checks(): ReactElement {
  const violation = usePanelLab("inspector", (state) => state.frame?.violation ?? null);
  const unwatched = useUnwatched();
  const verdict = useVerdict();
  if (verdict === null) return <p className="inspector-hint">Looking …</p>;
  const { checks, guards } = verdict;
  const broken = violation?.property ?? null;
  const count = checks.length + (unwatched === null ? guards.length : 0);
  return (
    <>
      {violation === null ? (
        <header className="inspector-head">
          <h2>Everything holds</h2>
          <p>{count} properties are watched after every step. The first that breaks stops the run.</p>
        </header>
      ) : (
        <Violation violation={violation} verdict={verdict} />
      )}
      <h3 className="ui-heading verdict-all">What must never fall</h3>
      <CheckList checks={checks} broken={broken} watched />
      <h3 className="ui-heading verdict-all">What falls before any harm is done</h3>
      {unwatched === null ? null : <p className="inspector-hint">{unwatched}</p>}
      <CheckList checks={guards} broken={broken} watched={unwatched === null} />
    </>
  );
}

/** Why the guards are not watched in this run, if they are not. */
function useUnwatched(): string | null {
  const bugs = useLab((state) => state.info?.bugs.length ?? 0);
  const outside = usePanelLab("inspector", (state) => state.frame?.outside ?? null);
  if (bugs > 0) return "Not watched while a rule is off: they would only say so again.";
  return outside === null ? null : `Not watched any more: this run has left what Raft is made for. ${outside}`;
}

interface ListProps {
  readonly checks: readonly CheckView[];
  readonly broken: string | null;
  readonly watched: boolean;
}
function CheckList({ checks, broken, watched }: ListProps): ReactElement {
  return (
    <ul className="verdict-checks">
      {checks.map(({ name, section, text }) => (
        <li key={name} data-broken={name === broken || undefined} data-unwatched={!watched || undefined}>
          <Mark broken={name === broken} watched={watched} />
          <span>
            <strong>{name}</strong>
            <Worded text={text} /> <span className="verdict-cite">{citation(section)}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}

const icon = { size: 16, strokeWidth: 1.8, role: "img" } as const;
function Mark({ broken, watched }: { readonly broken: boolean; readonly watched: boolean }): ReactElement {
  if (broken) return <X {...icon} aria-label="violated" />;
  return watched ? <Check {...icon} aria-label="holds" /> : <Minus {...icon} aria-label="not watched" />;
}
