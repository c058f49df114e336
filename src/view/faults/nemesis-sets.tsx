import { type ReactElement, useState } from "react";
import { page } from "../../store/page.ts";
import { lab, useLab } from "../../store/use-lab.ts";
import type { NemesisSetView } from "../../worker/protocol/faults.ts";
import { FaultIcon } from "../kit/faults/glyphs.tsx";
import { Form, LabelRow } from "../kit/form/form.tsx";
import { Select } from "../kit/form/select.tsx";
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
  const start = (): void => {
    if (set === undefined || tooMany) return;
    const numbers = freeNumbers(running ?? [], set.nemeses.length);
    set.nemeses.forEach(({ act }, at) => void lab.act({ ...act, id: numbers[at]! }));
    page.closeDialog();
  };
  const problem = tooMany ? `There can be ${most} of them at once: stop some that run first.` : "";
  return (
    <Form verb={`Start all ${set?.nemeses.length ?? 0}`} problem={problem} disabled={tooMany} onSubmit={start}>
      <LabelRow title="Set">
        <Select<string> value={name} options={sets.map((each) => [each.name, each.title])} onChange={setName} />
      </LabelRow>
      <ul className="nemesis-list">
        {set?.nemeses.map(({ act, words }) => (
          <li key={act.id}>
            <FaultIcon name={act.fault} />
            <span>{together(words)}</span>
          </li>
        ))}
      </ul>
    </Form>
  );
}
