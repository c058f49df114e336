import { FileText } from "lucide-react";
import { type ReactElement, useEffect } from "react";
import { page } from "../../store/page.ts";
import { useLab } from "../../store/use-lab.ts";
import type { ToldInfo } from "../../worker/protocol/told.ts";
import { counted, readWords, skippedWords } from "./words.ts";
import "./told.css";

/** What of a server can be drawn on the stage: without any of it the diagram says more. */
const standing: ReadonlySet<string> = new Set(["role", "term", "vote", "leader", "log", "last", "commit"]);

/** Stays as long as the run that is shown was read from a log. */
export function ToldBar(): ReactElement | null {
  const told = useLab((state) => state.info?.told);
  useEffect(() => {
    if (told !== undefined && !told.tells.some((fact) => standing.has(fact))) page.showPane("diagram");
  }, [told]);
  return told === undefined ? null : <Bar told={told} />;
}

function Bar({ told }: { readonly told: ToldInfo }): ReactElement {
  const skipped = told.lines - told.understood;
  return (
    <section className="told-bar" role="status" aria-label="What was read">
      <FileText size={16} strokeWidth={1.8} aria-hidden="true" />
      <p>
        <strong>{told.title}</strong>
        <span className="told-figures">, {readWords(told)}</span>. {told.supposed.map((sentence) => `${sentence} `)}
        Nothing can be done in it.
      </p>
      {skipped > 0 && (
        <button type="button" className="ui-link" aria-haspopup="dialog" onClick={() => page.openDialog("told")}>
          {skippedWords(skipped)}
        </button>
      )}
      <button type="button" className="ui-button" aria-haspopup="dialog" onClick={() => page.openDialog("told")}>
        {told.unknown.length === 0 ? "What was read" : `${counted(told.unknown.length, "thing")} it cannot tell`}
      </button>
    </section>
  );
}
