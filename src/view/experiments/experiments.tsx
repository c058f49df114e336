import { type ComponentType, type ReactElement, useEffect } from "react";
import { grouped } from "../../base/grouped.ts";
import { experiment, experimentState, useExperiment } from "../../store/experiment/use-experiment.ts";
import { page, usePage } from "../../store/page.ts";
import { lab } from "../../store/use-lab.ts";
import { useArrangement, useMedia } from "../kit/use-media.ts";
import { Exports, linkCopied } from "./exports.tsx";
import { Foot, toggle } from "./foot.tsx";
import { Form } from "./form/form.tsx";
import { follow, isNameless, nameIt } from "./opening.ts";
import { Sheet } from "./sheet.tsx";
import "./experiments.css";

interface Props {
  readonly Header: ComponentType<{
    readonly narrow: boolean;
    readonly experiment: { readonly title: string; readonly line: string; readonly share: () => void };
  }>;
}

/** An experiment in the place of the run: what is asked, what came of it, and how far it is. */
export function Experiments({ Header }: Props): ReactElement {
  const narrow = useArrangement() !== "wide";
  const folded = useMedia("(max-width: 999px)");
  const name = usePage((state) => state.experiment);
  const view = useExperiment((state) => state.view);
  const status = useExperiment((state) => state.status);
  const words = useExperiment((state) => state.words);
  useEffect(() => lab.pause(), []);
  useEffect(() => {
    if (name !== null) follow(name);
  }, [name]);
  useEffect(() => {
    if (name !== null && isNameless(name) && view !== null && status !== "opening") nameIt();
  }, [name, view, status]);
  useKeys();
  return (
    <div className="app-page exp-page">
      <Header
        narrow={narrow}
        experiment={{ title: view?.title ?? "Experiment", line: view === null ? "" : lineOf(view), share: linkCopied }}
      />
      <main className="exp-main">
        <Form view={view} />
        {view !== null && <Sheet view={view} />}
        {view !== null && folded && <Exports view={view} />}
        {status === "failed" && words !== "" && (
          <p className="exp-failed" role="alert">
            The runs ended: {words}. What came before stays.
          </p>
        )}
      </main>
      <footer className="app-transport">
        <Foot />
      </footer>
    </div>
  );
}

const lineOf = ({ settings, runs }: { readonly settings: readonly unknown[]; readonly runs: number }): string =>
  `Experiment: ${settings.length === 1 ? "1 setting" : `${settings.length} settings`}, ${grouped(settings.length * runs)} runs`;

const ownKeys = "input, textarea, select, [role=menu], [role=dialog]";

/** Space runs and pauses, Escape leads back: out of a run that is looked at, then to the run on the page. */
function useKeys(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const { target, key } = event;
      if (event.defaultPrevented || usePage.getState().dialog !== null) return;
      if (!(target instanceof Element) || target.closest(ownKeys) !== null) return;
      if (key === " " && target.closest("button, a[href], summary") === null) toggle();
      else if (key === "Escape") {
        const { shown, asked } = experimentState();
        if (shown !== null || asked !== null) experiment.hide();
        else page.closeExperiment();
      } else return;
      event.preventDefault();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}
