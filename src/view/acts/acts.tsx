import { Pencil } from "lucide-react";
import { type ReactElement, useEffect, useState } from "react";
import { page, usePage } from "../../store/page.ts";
import { shownUntil } from "../../store/story.ts";
import { labState, session, useLab } from "../../store/use-lab.ts";
import type { ActRow } from "../../worker/protocol/acts.ts";
import { DialogFrame } from "../kit/form/frame.tsx";
import { formatTime } from "../kit/words/time.ts";
import { ActForm } from "./act-form.tsx";
import "./acts.css";

/** What was done in this run: a list, and a form for the act that is chosen. */
export function ActsDialog(): ReactElement {
  const chosen = usePage((state) => state.act);
  const rows = useActs();
  const row = chosen === null ? undefined : rows?.find(({ place }) => place === chosen);
  return row === undefined ? <ActList rows={rows} /> : <ActForm key={row.place} row={row} />;
}

/** Those of the branch that is shown; null until the engine has told. */
function useActs(): readonly ActRow[] | null {
  const branch = useLab((state) => state.timeline?.current);
  const [known, setKnown] = useState<{ readonly branch: unknown; readonly rows: readonly ActRow[] } | null>(null);
  useEffect(() => {
    let wanted = true;
    void session.acts().then((rows) => wanted && rows !== null && setKnown({ branch, rows }));
    return () => {
      wanted = false;
    };
  }, [branch]);
  if (known === null || known.branch !== branch) return null;
  // What comes is not told where it is not shown.
  const until = shownUntil(labState());
  return known.rows.filter(({ at }) => at <= until);
}

function ActList({ rows }: { readonly rows: readonly ActRow[] | null }): ReactElement {
  return (
    <DialogFrame
      title="Acts of this run"
      about="What was done to it, in the order of time. Choose one to change it or to take it out. That begins a new branch; this one stays."
      size="small"
    >
      {rows === null && <p className="form-note">Reading the acts …</p>}
      {rows?.length === 0 && <p className="form-note">Nothing was done in this run. It goes by itself.</p>}
      <ol className="acts-list">
        {rows?.map(({ place, at, text, refused }) => (
          <li key={place}>
            <button type="button" className="acts-row" onClick={() => page.openActs(place)}>
              <span className="acts-time">{formatTime(at)}</span>
              <span className="acts-text">
                {text}
                {refused !== null && <em className="acts-refused">was not possible: {refused}</em>}
              </span>
              <Pencil className="acts-sign" size={15} strokeWidth={1.8} aria-hidden="true" />
            </button>
          </li>
        ))}
      </ol>
    </DialogFrame>
  );
}
