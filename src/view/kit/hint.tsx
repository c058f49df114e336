import { Lightbulb, X } from "lucide-react";
import type { ReactElement } from "react";
import { shortMinutes } from "../../lesson/path.ts";
import { useDeeds } from "../../store/deeds.ts";
import { hintFor } from "../../store/hints.ts";
import { page, usePage } from "../../store/page.ts";
import { useLab } from "../../store/use-lab.ts";
import { IconButton } from "./icon-button.tsx";

/** One thing to try next, and for who has opened no lesson yet the way to them, until the reader has no more use for such words. */
export function Hint({ className }: { readonly className: string }): ReactElement | null {
  const wanted = usePage((state) => state.hint);
  const untaught = usePage((state) => state.untaught);
  const done = useDeeds();
  const text = useLab((state) => hintFor(state, done));
  if (!wanted || text === "") return null;
  return (
    <p className={className}>
      <Lightbulb size={15} strokeWidth={1.8} aria-hidden="true" />
      <span>{text}</span>
      {untaught && (
        <button type="button" className="ui-link" aria-haspopup="dialog" onClick={() => page.openDialog("learn")}>
          Learn Raft in {shortMinutes} minutes
        </button>
      )}
      <IconButton icon={X} label="No more hints" size={15} onClick={page.dismissHint} />
    </p>
  );
}
