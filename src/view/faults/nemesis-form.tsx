import { type FormEvent, type ReactElement, useState } from "react";
import { page } from "../../store/page.ts";
import { lab, labState, useLab } from "../../store/use-lab.ts";
import { MillisPair } from "../dialogs/fields.tsx";
import { DialogFrame } from "../dialogs/frame.tsx";
import { harmful, useCatalogue } from "./catalogue.ts";
import { FaultSelect } from "./fault-form.tsx";
import { freeNumber, type NemesisWish, nemesisAct, nemesisPresets, nemesisProblem } from "./nemeses.ts";
import "../dialogs/form.css";
import "./faults.css";

/** Faults that come again and again: which, how often, for how long, and whom they hit. */
export function NemesisForm(): ReactElement {
  const catalogue = useCatalogue();
  const servers = useLab((state) => state.frame?.servers);
  const [wish, setWish] = useState<NemesisWish>(nemesisPresets[0]!);
  const faults = harmful(catalogue ?? []);
  const fault = faults.find(({ name }) => name === wish.fault);
  const problem = nemesisProblem(wish);
  const change = (part: Partial<NemesisWish>): void => setWish({ ...wish, ...part });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (problem !== null || fault === undefined) return;
    lab.act(nemesisAct(wish, fault, freeNumber(labState().frame?.nemeses ?? [])));
    page.closeDialog();
  };
  return (
    <DialogFrame
      title="Faults that come by themselves"
      about="By chance, and yet the same whenever the run is played again: it is part of the recording."
      size="small"
    >
      <form onSubmit={submit}>
        <div className="form-row">
          <span>Fault</span>
          <FaultSelect
            catalogue={faults}
            value={wish.fault}
            onChange={(name) => change({ fault: name as NemesisWish["fault"] })}
          />
        </div>
        {fault !== undefined && <p className="fault-about">{fault.text}</p>}
        <div className="form-row fault-row">
          <span>Every</span>
          <MillisPair label="Every" value={wish.every} min={10} onChange={(every) => change({ every })} />
        </div>
        {fault !== undefined && "for" in fault.parameters && (
          <div className="form-row fault-row">
            <span>For</span>
            <MillisPair label="For" value={wish.for} min={1} onChange={(span) => change({ for: span })} />
          </div>
        )}
        {fault !== undefined && "server" in fault.parameters && (
          <label className="form-row">
            <span>Server</span>
            <select
              className="ui-field"
              value={wish.server}
              onChange={(e) => change({ server: Number(e.target.value) })}
            >
              <option value={0}>any, by chance</option>
              {servers?.map(({ id }) => (
                <option key={id} value={id}>
                  S{id}
                </option>
              ))}
            </select>
          </label>
        )}
        {problem !== null && (
          <p className="form-problem" role="alert">
            {problem}
          </p>
        )}
        <div className="form-buttons">
          <button type="submit" className="ui-button ui-dark" disabled={fault === undefined || problem !== null}>
            Start
          </button>
        </div>
      </form>
    </DialogFrame>
  );
}
