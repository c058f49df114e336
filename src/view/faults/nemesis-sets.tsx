import { type FormEvent, type ReactElement, useState } from "react";
import { page } from "../../store/page.ts";
import { lab, useLab } from "../../store/use-lab.ts";
import type { NemesisSetView } from "../../worker/protocol/faults.ts";
import { FaultIcon } from "../kit/faults/glyphs.tsx";
import { freeNumbers } from "./nemeses.ts";

interface Props {
  readonly sets: readonly NemesisSetView[];
  /** So many there can be at once. */
  readonly most: number;
}

/** A number and its unit stay on one line. */
const together = (words: string): string => words.replace(/(\d) (?=m?s\b)/g, "$1\u00a0");

/** Nemeses that go well together, all begun at once. */
export function NemesisSets({ sets, most }: Props): ReactElement {
  const [name, setName] = useState(sets[0]?.name ?? "");
  const running = useLab((state) => state.frame?.nemeses);
  const set = sets.find((each) => each.name === name);
  const room = most - (running?.length ?? 0);
  const tooMany = set !== undefined && set.nemeses.length > room;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (set === undefined || tooMany) return;
    const numbers = freeNumbers(running ?? [], set.nemeses.length);
    set.nemeses.forEach(({ act }, at) => void lab.act({ ...act, id: numbers[at]! }));
    page.closeDialog();
  };
  return (
    <form onSubmit={submit}>
      <label className="form-row">
        <span>Set</span>
        <select className="ui-field" value={name} onChange={(event) => setName(event.target.value)}>
          {sets.map((each) => (
            <option key={each.name} value={each.name}>
              {each.title}
            </option>
          ))}
        </select>
      </label>
      <ul className="nemesis-list">
        {set?.nemeses.map(({ act, words }) => (
          <li key={act.id}>
            <FaultIcon name={act.fault} />
            <span>{together(words)}</span>
          </li>
        ))}
      </ul>
      {tooMany && (
        <p className="form-problem" role="alert">
          There can be {most} of them at once: stop some that run first.
        </p>
      )}
      <div className="form-buttons">
        <button type="submit" className="ui-button ui-dark" disabled={tooMany}>
          Start all {set?.nemeses.length ?? 0}
        </button>
      </div>
    </form>
  );
}
