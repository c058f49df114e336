import { type ReactElement, useEffect, useRef, useState } from "react";

interface Props {
  readonly label: string;
  readonly value: string;
  /** Wider than a number needs. */
  readonly wide?: boolean;
  onTake(typed: string): void;
}

/** A field whose text counts when Enter is pressed, or when it is left; Escape takes back what was refused, too. */
export function Typed({ label, value, wide, onTake }: Props): ReactElement {
  const [text, setText] = useState(value);
  const taken = useRef(value);
  useEffect(() => {
    setText(value);
    taken.current = value;
  }, [value]);
  const take = (typed: string): void => {
    if (typed === taken.current) return;
    taken.current = typed;
    onTake(typed);
  };
  return (
    <label className="exp-row">
      <span>{label}</span>
      <input
        type="text"
        className={wide ? "ui-field exp-field exp-wide" : "ui-field exp-field"}
        value={text}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => setText(event.target.value)}
        onBlur={() => take(text.trim())}
        onKeyDown={(event) => {
          if (event.key === "Enter") take(text.trim());
          if (event.key !== "Escape") return;
          setText(value);
          take(value);
        }}
      />
    </label>
  );
}
