import { type FormEvent, type ReactElement, useId, useState } from "react";
import { page } from "../../store/page.ts";
import { lab, labState } from "../../store/use-lab.ts";
import type { FaultView } from "../../worker/protocol.ts";
import { MillisPair } from "../dialogs/fields.tsx";
import { citation } from "../inspector/words.ts";
import { FaultSelect } from "./fault-form.tsx";
import { FieldInputs } from "./fields.tsx";
import { freeNumbers, type NemesisWish, nemesisAct, nemesisPresets } from "./nemeses.ts";
import { sceneOf } from "./scene.ts";
import { type FieldValue, firstValue, isAsked, type Parameter, type Scene } from "./values.ts";

/** One fault: how often, for how long, whom it hits, and which of its parameters are not left to chance. */
export function OneNemesis({ faults }: { readonly faults: readonly FaultView[] }): ReactElement {
  const [scene] = useState(() => sceneOf(labState(), null));
  const [wish, setWish] = useState<NemesisWish>(nemesisPresets[0]!);
  const [problem, setProblem] = useState("");
  const fault = faults.find(({ name }) => name === wish.fault) ?? faults[0]!;
  const change = (part: Partial<NemesisWish>): void => {
    setWish({ ...wish, ...part });
    setProblem("");
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const [id] = freeNumbers(labState().frame?.nemeses ?? [], 1);
    const made = nemesisAct(wish, fault, scene, id!);
    if ("problem" in made) {
      setProblem(made.problem);
      return;
    }
    lab.act(made.act);
    page.closeDialog();
  };
  return (
    <form onSubmit={submit}>
      <div className="form-row">
        <span>Fault</span>
        <FaultSelect
          catalogue={faults}
          value={fault.name}
          onChange={(name) => change({ fault: name as NemesisWish["fault"], given: {} })}
        />
      </div>
      <p className="fault-about">
        {fault.text} {fault.section !== "" && <span className="fault-cite">{citation(fault.section)}</span>}
      </p>
      {!fault.inModel && (
        <p className="fault-warning">Raft does not promise to survive this: what is on the disk is no longer true.</p>
      )}
      <div className="form-row fault-row">
        <span>Every</span>
        <MillisPair label="Every" value={wish.every} min={10} onChange={(every) => change({ every })} />
      </div>
      {"for" in fault.parameters && (
        <div className="form-row fault-row">
          <span>For</span>
          <MillisPair label="For" value={wish.for} min={1} onChange={(span) => change({ for: span })} />
        </div>
      )}
      {Object.entries(fault.parameters).map(
        ([name, parameter]) =>
          name !== "for" &&
          isAsked(parameter, scene) && (
            <Row key={`${fault.name} ${name}`} {...{ name, parameter, fault, scene, wish, change }} />
          ),
      )}
      {problem !== "" && (
        <p className="form-problem" role="alert">
          {problem}
        </p>
      )}
      <div className="form-buttons">
        <button type="submit" className="ui-button ui-dark">
          Start
        </button>
      </div>
    </form>
  );
}

interface RowProps {
  readonly name: string;
  readonly parameter: Parameter;
  readonly fault: FaultView;
  readonly scene: Scene;
  readonly wish: NemesisWish;
  readonly change: (part: Partial<NemesisWish>) => void;
}

/** How a parameter comes about. */
type Manner = "chance" | "leader" | "chosen";

/** What may be left out is left to chance here, so nothing of it has to be said. */
const titleOf = ({ title }: Parameter): string => title.replace(/ \(.*\)$/, "");

/** One parameter: by chance at every strike, the leader where it says whom the fault hits, or chosen once. */
function Row({ name, parameter, fault, scene, wish, change }: RowProps): ReactElement {
  const id = useId();
  const value = wish.given[name];
  const aims = fault.aims === name;
  const manner: Manner = value !== undefined ? "chosen" : aims && wish.leader ? "leader" : "chance";
  const give = (given: FieldValue): void =>
    change({ given: { ...wish.given, [name]: given }, ...(aims ? { leader: false } : {}) });
  const choose = (to: Manner): void => {
    if (to === "chosen") return give(firstValue(parameter, scene));
    const { [name]: _, ...given } = wish.given;
    change({ given, ...(aims ? { leader: to === "leader" } : {}) });
  };
  return (
    <div className="form-row fault-row">
      <span id={id}>{titleOf(parameter)}</span>
      {/* biome-ignore lint/a11y/useSemanticElements: a row of the form's grid, not a frame around it */}
      <div className="form-inputs" role="group" aria-labelledby={id}>
        <select
          className="ui-field"
          aria-label={`${titleOf(parameter)}: how it is chosen`}
          value={manner}
          onChange={(event) => choose(event.target.value as Manner)}
        >
          <option value="chance">by chance</option>
          {aims && <option value="leader">{leaderWords[parameter.is] ?? "the leader"}</option>}
          <option value="chosen">as chosen</option>
        </select>
        {value !== undefined && (
          <FieldInputs parameter={needed(parameter)} value={value} scene={scene} onChange={give} />
        )}
      </div>
    </div>
  );
}

const leaderWords: Readonly<Partial<Record<Parameter["is"], string>>> = {
  links: "those of the leader",
  groups: "the leader, alone",
};

/** Once it is chosen it is there. All links are a choice all the same. */
function needed(parameter: Parameter): Parameter {
  if (parameter.is === "links") return parameter;
  const { optional: _, ...rest } = parameter;
  return rest;
}
