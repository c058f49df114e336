import { CloudLightning, Repeat } from "lucide-react";
import { type ReactElement, type ReactNode, useRef } from "react";
import { useCatalogue } from "../../store/fault-catalogue.ts";
import { page } from "../../store/page.ts";
import { lab, labState, usePanelLab } from "../../store/use-lab.ts";
import type { ActiveFault, NemesisView } from "../../worker/protocol/faults.ts";
import { FaultLine, HarmLine } from "../kit/faults/fault-line.tsx";
import { sceneOf } from "../kit/faults/scene.ts";
import { useTick } from "../kit/use-tick.ts";
import { formatSpan } from "../kit/words/time.ts";
import { freeNumbers, type NemesisPreset, nemesisAct, nemesisPresets } from "./nemeses.ts";
import "./faults.css";

const noFaults: readonly ActiveFault[] = [];
const noNemeses: readonly NemesisView[] = [];

/** What is wrong right now, and what makes things go wrong again and again. */
export function Faults(): ReactElement {
  const faults = usePanelLab("inspector", (state) => state.frame?.faults) ?? noFaults;
  const nemeses = usePanelLab("inspector", (state) => state.frame?.nemeses) ?? noNemeses;
  const outside = usePanelLab("inspector", (state) => state.frame?.outside ?? null);
  return (
    <section className="faults" aria-label="Faults">
      <div className="faults-column">
        <Head title="Right now">
          <button type="button" className="ui-button" aria-haspopup="dialog" onClick={() => page.openFault("", null)}>
            <CloudLightning size={15} strokeWidth={1.8} aria-hidden="true" />
            Inject a fault
          </button>
        </Head>
        {outside !== null && <p className="fault-warning">{outside}</p>}
        {faults.length === 0 ? (
          <p className="faults-none">Nothing is wrong: servers, disks, clocks and links do what they should.</p>
        ) : (
          <ul className="faults-list">
            {faults.map((fault) => (
              <Active key={fault.id} fault={fault} />
            ))}
          </ul>
        )}
      </div>
      <div className="faults-column">
        <Head title="Again and again">
          <button type="button" className="ui-button" aria-haspopup="dialog" onClick={() => page.openDialog("nemesis")}>
            <Repeat size={15} strokeWidth={1.8} aria-hidden="true" />
            Other …
          </button>
        </Head>
        <Presets />
        <ul className="faults-list">
          {nemeses.map((nemesis) => (
            <Nemesis key={nemesis.id} nemesis={nemesis} />
          ))}
        </ul>
      </div>
    </section>
  );
}

function Head({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactElement {
  return (
    <div className="faults-head">
      <h2 className="ui-heading">{title}</h2>
      {children}
    </div>
  );
}

function Active({ fault }: { readonly fault: ActiveFault }): ReactElement {
  return (
    <FaultLine fault={fault}>
      {fault.until !== null && <Left id={fault.id} before=", for another " of={untilOf} />}
    </FaultLine>
  );
}

function Nemesis({ nemesis }: { readonly nemesis: NemesisView }): ReactElement {
  const { id, words, fired, nextAt } = nemesis;
  const icon = <Repeat size={16} strokeWidth={1.8} aria-hidden="true" />;
  return (
    <HarmLine icon={icon} words={words} end={{ act: { do: "calm", id }, verb: "Stop" }}>
      {nextAt === null ? (
        ". It rests while you deliver every message."
      ) : (
        <Left id={String(id)} before={fired === 0 ? ", first in " : `, ${fired} so far, next in `} of={nextOf} />
      )}
    </HarmLine>
  );
}

const untilOf = (id: string): number | null => labState().frame?.faults.find((fault) => fault.id === id)?.until ?? null;
const nextOf = (id: string): number | null =>
  labState().frame?.nemeses.find((nemesis) => nemesis.id === Number(id))?.nextAt ?? null;

interface LeftProps {
  readonly id: string;
  readonly before: string;
  readonly of: (id: string) => number | null;
}

/** What is left, counted down by the animation loop. */
function Left({ id, before, of }: LeftProps): ReactElement {
  const text = useRef<HTMLSpanElement>(null);
  useTick((now) => {
    const at = of(id);
    const words = at === null ? "" : formatSpan(at - now);
    if (text.current !== null && text.current.textContent !== words) text.current.textContent = words;
  });
  return (
    <>
      {before}
      <span ref={text} className="ui-figures" />
    </>
  );
}

/** Usual ones, started with a press. */
function Presets(): ReactElement {
  const catalogue = useCatalogue();
  const start = (preset: NemesisPreset): void => {
    const fault = catalogue?.find(({ name }) => name === preset.fault);
    if (fault === undefined) return;
    const [id] = freeNumbers(labState().frame?.nemeses ?? [], 1);
    const made = nemesisAct(preset, fault, sceneOf(labState(), null), id!);
    if ("act" in made) lab.act(made.act);
  };
  return (
    <div className="faults-presets">
      {nemesisPresets.map((preset) => (
        <button
          key={preset.title}
          type="button"
          className="faults-preset"
          disabled={catalogue === null}
          onClick={() => start(preset)}
        >
          {preset.title}
        </button>
      ))}
    </div>
  );
}
