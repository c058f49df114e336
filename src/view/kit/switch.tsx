import { Toggle } from "@base-ui/react/toggle";
import { ToggleGroup } from "@base-ui/react/toggle-group";
import type { ReactElement } from "react";
import "./switch.css";

interface Props<Choice extends string> {
  readonly label: string;
  readonly value: Choice;
  readonly choices: readonly (readonly [value: Choice, label: string, title?: string])[];
  readonly onChoose: (value: Choice) => void;
}

/** Two or three ways to show the same, side by side; one of them is chosen. */
export function Switch<Choice extends string>({ label, value, choices, onChoose }: Props<Choice>): ReactElement {
  return (
    <ToggleGroup
      className="ui-switch"
      aria-label={label}
      value={[value]}
      onValueChange={([chosen]) => chosen !== undefined && onChoose(chosen as Choice)}
    >
      {choices.map(([choice, words, title]) => (
        <Toggle key={choice} value={choice} className="ui-switch-choice" title={title}>
          {words}
        </Toggle>
      ))}
    </ToggleGroup>
  );
}
