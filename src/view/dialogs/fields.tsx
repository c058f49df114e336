import { useState } from "react";

interface NumberProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  onChange(value: number): void;
}

/** A field that holds a number in a range; while it is empty or out of range, nothing changes. */
export function NumberField({ label, value, min, max, step, onChange }: NumberProps) {
  const [text, setText] = useState(String(value));
  const take = (typed: string) => {
    setText(typed);
    const number = Number(typed);
    if (typed !== "" && number >= min && number <= max) onChange(number);
  };
  return (
    <input
      type="number"
      className="ui-field form-number"
      aria-label={label}
      required
      value={text}
      min={min}
      max={max}
      step={step}
      onChange={(e) => take(e.target.value)}
    />
  );
}

type Pair = readonly [number, number];

interface PairProps {
  readonly label: string;
  readonly value: Pair;
  readonly least: number;
  onChange(value: Pair): void;
}

/** [shortest, longest] in milliseconds. */
export function MillisPair({ label, value, least, onChange }: PairProps) {
  const field = { min: least, max: 60_000, step: 0.001 };
  return (
      <span className="form-inputs">
        <NumberField
          {...field}
          label={`${label}, shortest, in milliseconds`}
          value={value[0]}
          onChange={(min) => onChange([min, value[1]])}
        />
        <span className="form-unit">to</span>
        <NumberField
          {...field}
          label={`${label}, longest, in milliseconds`}
          value={value[1]}
          onChange={(max) => onChange([value[0], max])}
        />
        <span className="form-unit">ms</span>
      </span>
    </div>
  );
}

