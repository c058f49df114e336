import { useState } from "react";
import "./form.css";

interface NumberProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  /** How far an arrow goes, and what the value is a multiple of; "any": by one, and any value. */
  readonly step: number | "any";
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

interface LimitProps {
  readonly label: string;
  readonly value: number | null;
  readonly min: number;
  readonly max: number;
  /** What an empty field says. */
  readonly none: string;
  onChange(value: number | null): void;
}

/** A whole number, or nothing. */
export function LimitField({ label, value, min, max, none, onChange }: LimitProps) {
  const [text, setText] = useState(value === null ? "" : String(value));
  const take = (typed: string) => {
    setText(typed);
    const number = Number(typed);
    if (typed === "") onChange(null);
    else if (Number.isInteger(number) && number >= min && number <= max) onChange(number);
  };
  return (
    <input
      type="number"
      className="ui-field form-limit"
      aria-label={`${label}; empty: ${none}`}
      placeholder={none}
      value={text}
      min={min}
      max={max}
      step={1}
      onChange={(e) => take(e.target.value)}
    />
  );
}

type Pair = readonly [number, number];
interface PairProps {
  readonly label: string;
  readonly value: Pair;
  readonly min: number;
  onChange(value: Pair): void;
}

/** [shortest, longest] in milliseconds. */
export function MillisPair({ label, value, min, onChange }: PairProps) {
  const field = { min, max: 60_000, step: "any" } as const;
  return (
    <span className="form-inputs">
      <NumberField
        {...field}
        label={`${label}, shortest, in milliseconds`}
        value={value[0]}
        onChange={(shortest) => onChange([shortest, value[1]])}
      />
      <span className="form-unit">to</span>
      <NumberField
        {...field}
        label={`${label}, longest, in milliseconds`}
        value={value[1]}
        onChange={(longest) => onChange([value[0], longest])}
      />
      <span className="form-unit">ms</span>
    </span>
  );
}
