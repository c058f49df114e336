import { type ReactElement, useEffect, useState } from "react";

interface Props {
  readonly label: string;
  readonly value: string;
  /** Wider than a number needs. */
  readonly wide?: boolean;
  onTake(typed: string): void;
}

/** A field whose text counts when Enter is pressed, or when it is left. */
export function Typed({ label, value, wide, onTake }: Props): ReactElement {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const take = (): void => {
    if (text.trim() !== value) onTake(text.trim());
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
        onBlur={take}
        onKeyDown={(event) => {
          if (event.key === "Enter") take();
          if (event.key === "Escape") setText(value);
        }}
      />
    </label>
  );
}
