import { useEffect } from "react";
import { lab, useLab } from "../../store/use-lab.ts";
import type { RequestKind } from "../../worker/protocol/requests.ts";
import "./working.css";

/** What somebody waits for. Of what panels read by themselves nothing is said. */
const words: { readonly [Kind in RequestKind]?: string } = {
  open: "Opening the run",
  seek: "Going there",
  visit: "Going there",
  report: "Writing",
  step: "Going there",
  jump: "Looking ahead",
  until: "Looking ahead",
  branch: "Going over to the branch",
  act: "Getting to this moment",
  share: "Running to the end",
  again: "Running both",
  pair: "Running both",
  outlook: "Trying every order",
  take: "Going there",
};

/** What takes long, how far it is, and how to stop it: floats over the page and moves nothing. */
export function Working() {
  const kind = useLab((state) => state.working?.kind);
  const done = useLab((state) => state.working?.done ?? 0);
  const what = kind === undefined ? undefined : words[kind];
  useEscape(what !== undefined);
  if (what === undefined) return null;
  return (
    <div className="working" role="status">
      <span>{what} …</span>
      <progress max={1} value={done} aria-label={what} />
      <button type="button" className="ui-button" onClick={lab.cancel}>
        Cancel
      </button>
    </div>
  );
}

/** Before anybody else hears of it: what takes long is what the key means then. */
function useEscape(active: boolean): void {
  useEffect(() => {
    if (!active) return;
    const press = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      lab.cancel();
    };
    window.addEventListener("keydown", press, { capture: true });
    return () => window.removeEventListener("keydown", press, { capture: true });
  }, [active]);
}
