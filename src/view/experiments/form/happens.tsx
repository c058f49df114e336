import { X } from "lucide-react";
import type { ReactElement } from "react";
import type { ExperimentView } from "../../../worker/protocol/experiment.ts";
import { deeds } from "./fields.ts";
import { deedsOf, type Json, withDeed, withoutDeed } from "./json.ts";
import { MoreOf } from "./more-of.tsx";
import { PartOf } from "./part.tsx";
import { useFocusKept } from "./use-focus-kept.ts";

interface Props {
  readonly view: ExperimentView;
  onChange(next: Json): void;
}

/** What happens in every run before it is measured; acts of the run itself are only told. */
export function Happens({ view: { json, happens }, onChange }: Props): ReactElement {
  const own = happens.length - deedsOf(json).length;
  const { box, leave } = useFocusKept<HTMLElement>(json);
  const more = (
    <MoreOf
      label="Something that happens in every run"
      text="add"
      groups={[{ title: "", options: deeds.map(({ title }) => title) }]}
      onChoose={(at) => onChange(withDeed(json, deeds[at]!.deed))}
    />
  );
  return (
    <PartOf title="What happens" part="happens" more={more} box={box}>
      {happens.length === 0 && <p className="exp-say">Nothing: it is measured from the start.</p>}
      <ol className="exp-steps">
        {happens.map((words, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same may happen twice
          <li key={at}>
            <span>{words}</span>
            {at >= own && (
              <button
                type="button"
                className="exp-x"
                data-kept=""
                aria-label={`Without: ${words}`}
                onClick={({ currentTarget }) => {
                  leave(currentTarget);
                  onChange(withoutDeed(json, at - own));
                }}
              >
                <X size={13} strokeWidth={1.8} aria-hidden="true" />
              </button>
            )}
          </li>
        ))}
      </ol>
    </PartOf>
  );
}
