import { type ReactElement, useState } from "react";
import { type Micros, microsPerSecond } from "../../base/units.ts";
import { useLab } from "../../store/use-lab.ts";
import { useShownWindow, type Window } from "../../store/window.ts";
import { Choice } from "../kit/form/choice.tsx";
import { NumberField } from "../kit/form/fields.tsx";

type Chosen = "whole" | "shown" | "other";

export interface Stretch {
  readonly range: Window;
  readonly field: ReactElement;
}

/** Which part of the run goes out, and the field that sets it. */
export function useStretch(): Stretch {
  const end = useLab((state) => state.frame?.end.at ?? 0);
  const shown = useShownWindow((state) => state.window);
  const [chosen, setChosen] = useState<Chosen>("whole");
  const [other, setOther] = useState<Window>(() => ({ from: 0, to: end }));
  const whole = { from: 0, to: end };
  const range = chosen === "whole" ? whole : chosen === "shown" ? (shown ?? whole) : inOrder(other);
  const seconds = (which: "from" | "to", label: string): ReactElement => (
    <NumberField
      label={label}
      value={toSeconds(other[which])}
      min={0}
      max={toSeconds(end)}
      step="any"
      onChange={(value) => setOther((before) => ({ ...before, [which]: Math.round(value * microsPerSecond) }))}
    />
  );
  const field = (
    <div className="export-stretch">
      <Choice<Chosen>
        label="Part of the run"
        value={chosen}
        options={[
          ["whole", "Whole run"],
          ["shown", "As on the timeline"],
          ["other", "Other"],
        ]}
        onChange={setChosen}
      />
      {chosen === "other" ? (
        <span className="form-inputs">
          {seconds("from", "From, in seconds")}
          <span className="form-unit">to</span>
          {seconds("to", "To, in seconds")}
          <span className="form-unit">s</span>
        </span>
      ) : (
        <span className="form-unit ui-figures">
          {toSeconds(range.from)}–{toSeconds(range.to)} s
        </span>
      )}
    </div>
  );
  return { range, field };
}

const toSeconds = (at: Micros): number => Number((at / microsPerSecond).toFixed(3));
const inOrder = ({ from, to }: Window): Window => (from <= to ? { from, to } : { from: to, to: from });
