import { type ReactElement, useState } from "react";
import { harmful, useKnown } from "../../store/fault-catalogue.ts";
import { Choice } from "../kit/form/choice.tsx";
import { FormRow } from "../kit/form/form.tsx";
import { DialogFrame } from "../kit/form/frame.tsx";
import { NemesisSets } from "./nemesis-sets.tsx";
import { OneNemesis } from "./one-nemesis.tsx";
import "./faults.css";

type What = "one" | "set";

/** Faults that come again and again: one of them with all that it has, or several that go well together. */
export function NemesisForm(): ReactElement {
  const known = useKnown();
  const [what, setWhat] = useState<What>("one");
  return (
    <DialogFrame
      title="Faults that come by themselves"
      about="By chance, and yet the same whenever the run is played again: it is part of the recording."
      size="small"
    >
      <FormRow title="Start">
        <Choice<What>
          label="Start"
          value={what}
          onChange={setWhat}
          options={[
            ["one", "one fault"],
            ["set", "a ready-made set"],
          ]}
        />
      </FormRow>
      {known === null ? (
        <p className="form-note">Reading the list of faults …</p>
      ) : what === "one" ? (
        <OneNemesis faults={harmful(known.faults)} />
      ) : (
        <NemesisSets sets={known.sets} most={known.nemesesMost} />
      )}
    </DialogFrame>
  );
}
