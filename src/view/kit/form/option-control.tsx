import type { ReactNode } from "react";
import type { ShownOption } from "../../../store/option-changes.ts";
import type { OptionJson } from "../../../store/options.ts";
import { LimitField, MillisPair, NumberField } from "./fields.tsx";
import { WithUnit } from "./form.tsx";
import { Select } from "./select.tsx";
import "./option-control.css";

interface ControlProps {
  readonly option: ShownOption;
  readonly value: OptionJson;
  onChange(value: OptionJson): void;
}

/** The field of an option, by its kind. */
export function OptionControl({ option: { title, kind }, value, onChange }: ControlProps): ReactNode {
  switch (kind.is) {
    case "flag":
      return (
        <input
          type="checkbox"
          className="form-flag"
          aria-label={title}
          checked={value === true}
          onChange={(e) => onChange(e.target.checked)}
        />
      );
    case "choice":
      return <Select label={title} value={String(value)} options={kind.words} onChange={onChange} />;
    case "range":
      return isPair(value) ? <MillisPair label={title} value={value} min={kind.least} onChange={onChange} /> : null;
    case "time":
      return (
        <WithUnit unit="ms">
          <NumberField
            label={`${title}, in milliseconds`}
            value={Number(value)}
            min={kind.least}
            max={kind.most}
            step="any"
            onChange={onChange}
          />
        </WithUnit>
      );
    case "limit":
      return (
        <WithUnit unit={kind.unit}>
          <LimitField
            label={`${title}, in ${kind.unit}`}
            value={value === null ? null : Number(value)}
            min={kind.least}
            max={kind.most}
            none={kind.none}
            onChange={onChange}
          />
        </WithUnit>
      );
  }
}

const isPair = (value: OptionJson): value is readonly [number, number] => Array.isArray(value);
