import { type ReactElement, useState } from "react";
import { useCatalogue } from "../../store/fault-catalogue.ts";
import { type FaultTarget, page, usePage } from "../../store/page.ts";
import { lab, labState } from "../../store/use-lab.ts";
import type { FaultView } from "../../worker/protocol/faults.ts";
import type { Act } from "../../world/acts.ts";
import { Field } from "../kit/faults/fields.tsx";
import { sceneOf } from "../kit/faults/scene.ts";
import { actOf, type FieldValues, firstValues, recalled } from "../kit/faults/values.ts";
import { Form, FormRow } from "../kit/form/form.tsx";
import { DialogFrame } from "../kit/form/frame.tsx";
import { type Option, Select } from "../kit/form/select.tsx";
import { citation } from "../kit/words/words.ts";
import "./faults.css";

/** One fault with its parameters, ready to be done. */
export function FaultForm(): ReactElement {
  const asked = usePage((state) => state.fault);
  const catalogue = useCatalogue();
  const [name, setName] = useState(asked?.name ?? "");
  const fault = catalogue?.find((one) => one.name === name) ?? catalogue?.[0];
  return (
    <DialogFrame title="Inject a fault" about="From this moment on, and in the recording." size="small">
      {catalogue === null || fault === undefined ? (
        <p className="form-note">Reading the list of faults …</p>
      ) : (
        <>
          <FormRow title="Fault">
            <FaultSelect catalogue={catalogue} value={fault.name} onChange={setName} />
          </FormRow>
          <Parameters key={fault.name} fault={fault} target={asked?.on ?? null} />
        </>
      )}
    </DialogFrame>
  );
}

interface SelectProps {
  readonly catalogue: readonly FaultView[];
  readonly value: string;
  readonly onChange: (name: string) => void;
}

export function FaultSelect({ catalogue, value, onChange }: SelectProps): ReactElement {
  const groups = [...new Set(catalogue.map(({ group }) => group))];
  const optionsIn = (title: string): readonly Option<string>[] =>
    catalogue.filter(({ group }) => group === title).map((fault) => [fault.name, fault.title]);
  return (
    <Select
      className="fault-select"
      label="Fault"
      value={value}
      groups={groups.map((title) => ({ title, options: optionsIn(title) }))}
      onChange={onChange}
    />
  );
}

/** What it is, and whether Raft is made for it. */
export function FaultAbout({ fault: { text, section, inModel } }: { readonly fault: FaultView }): ReactElement {
  return (
    <>
      <p className="fault-about">
        {text} {section !== "" && <span className="fault-cite">{citation(section)}</span>}
      </p>
      {!inModel && (
        <p className="fault-warning">Raft does not promise to survive this: what is on the disk is no longer true.</p>
      )}
    </>
  );
}

/** What was chosen the last time, by the fault's name. */
const chosen = new Map<string, FieldValues>();

function Parameters({ fault, target }: { readonly fault: FaultView; readonly target: FaultTarget }): ReactElement {
  const [scene] = useState(() => sceneOf(labState(), target));
  const [values, setValues] = useState<FieldValues>(() => recalled(firstValues(fault, scene), chosen.get(fault.name)));
  const [problem, setProblem] = useState("");
  const submit = (): void => {
    const made = actOf(fault, values, scene);
    if ("problem" in made) {
      setProblem(made.problem);
      return;
    }
    chosen.set(fault.name, values);
    lab.act(made.act as Act);
    page.closeDialog();
  };
  return (
    <Form verb={fault.title} problem={problem} unchecked onSubmit={submit}>
      <FaultAbout fault={fault} />
      {Object.entries(fault.parameters).map(([field, parameter]) => (
        <Field
          key={field}
          parameter={parameter}
          value={values[field]!}
          scene={scene}
          onChange={(value) => {
            setValues({ ...values, [field]: value });
            setProblem("");
          }}
        />
      ))}
    </Form>
  );
}
