import type { ReactElement } from "react";
import { type Option, Select } from "../../kit/form/select.tsx";
import { measures } from "./fields.ts";
import { type Json, withFields } from "./json.ts";
import { Typed } from "./typed.tsx";

interface Props {
  readonly json: Json;
  onChange(next: Json): void;
}

const choices: readonly Option<string>[] = Object.entries(measures).map(([name, { title }]) => [name, title]);
const whose: readonly Option<string>[] = [
  ["any", "all requests"],
  ["reads", "reads"],
  ["writes", "writes"],
];

/** What is measured, and what it needs besides. */
export function Measured({ json, onChange }: Props): ReactElement {
  const measure = json["measure"] as Json;
  const what = String(measure["what"]);
  const { fields } = measures[what] ?? { fields: [] };
  const set = (more: Json): void => onChange(withFields(json, { measure: { ...measure, ...more } }));
  return (
    <>
      <Select
        label="What is measured"
        className="exp-select"
        value={what}
        options={choices}
        onChange={(name) => onChange(withFields(json, { measure: measures[name]!.json }))}
      />
      {fields.map((field) => (
        <Field key={field} field={field} value={String(measure[field] ?? "")} onSet={set} />
      ))}
    </>
  );
}

interface FieldProps {
  readonly field: (typeof measures)[string]["fields"][number];
  readonly value: string;
  onSet(more: Json): void;
}

function Field({ field, value, onSet }: FieldProps): ReactElement {
  switch (field) {
    case "until":
    case "that":
      return <Typed wide label="condition" value={value} onTake={(typed) => onSet({ [field]: typed })} />;
    case "percentile":
      return (
        <Typed
          label="percentile"
          value={value}
          onTake={(typed) => onSet({ percentile: Number(typed.replace("%", "")) })}
        />
      );
    case "withinMs":
      return (
        <Typed
          label="within (ms)"
          value={value}
          onTake={(typed) => onSet({ withinMs: Number(typed.replace("ms", "")) })}
        />
      );
    case "of":
      return (
        <div className="exp-row">
          <span>of</span>
          <Select
            label="Which requests"
            className="exp-select"
            value={value || "any"}
            options={whose}
            onChange={(of) => onSet({ of })}
          />
        </div>
      );
  }
}
