import { Toggle } from "@base-ui/react/toggle";
import { ToggleGroup } from "@base-ui/react/toggle-group";
import { Download, HardDrive, Maximize2, Minimize2, Minus, Plus, UserRound } from "lucide-react";
import { memo, type ReactElement } from "react";
import { type Choices, type Density, useChoices } from "../../store/diagram.ts";
import { formatSpan } from "../kit/words/time.ts";

interface Props {
  /** Microseconds that are in sight. */
  readonly size: number;
  readonly onZoom: (factor: number) => void;
  readonly full: boolean;
  readonly onFull: (full: boolean) => void;
  readonly onSave: () => void;
}

const densities: readonly (readonly [Density, string, string])[] = [
  ["focus", "Focus", "Only what led to the event that you clicked"],
  ["context", "Context", "What led to the event that you clicked; the rest is faded"],
  ["all", "All", "Everything, nothing faded"],
];

/** How the diagram is shown. */
export const Tools = memo(function Tools({ size, onZoom, full, onFull, onSave }: Props): ReactElement {
  const { density, clients, disks } = useChoices();
  const choose = (choices: Partial<Choices>): void => useChoices.setState(choices);
  const Full = full ? Minimize2 : Maximize2;
  return (
    <div className="diagram-tools">
      <ToggleGroup
        className="diagram-density"
        aria-label="What is shown"
        value={[density]}
        onValueChange={([chosen]) => chosen !== undefined && choose({ density: chosen as Density })}
      >
        {densities.map(([value, label, title]) => (
          <Toggle key={value} value={value} className="diagram-choice" title={title}>
            {label}
          </Toggle>
        ))}
      </ToggleGroup>
      <Toggle
        className="diagram-tool"
        aria-label="Clients’ lane"
        title="Clients’ lane"
        pressed={clients}
        onPressedChange={(on) => choose({ clients: on })}
      >
        <UserRound size={15} strokeWidth={1.8} aria-hidden="true" />
      </Toggle>
      <Toggle
        className="diagram-tool"
        aria-label="Disks at work"
        title="Disks at work"
        pressed={disks}
        onPressedChange={(on) => choose({ disks: on })}
      >
        <HardDrive size={15} strokeWidth={1.8} aria-hidden="true" />
      </Toggle>
      <button
        type="button"
        className="diagram-tool"
        aria-label="See more time"
        title="See more time (−)"
        onClick={() => onZoom(2)}
      >
        <Minus size={15} strokeWidth={1.8} aria-hidden="true" />
      </button>
      <span className="diagram-size ui-figures">{spanText(size)}</span>
      <button
        type="button"
        className="diagram-tool"
        aria-label="See less time"
        title="See less time (+)"
        onClick={() => onZoom(0.5)}
      >
        <Plus size={15} strokeWidth={1.8} aria-hidden="true" />
      </button>
      <button type="button" className="diagram-tool" aria-label="Save as SVG" title="Save as SVG" onClick={onSave}>
        <Download size={15} strokeWidth={1.8} aria-hidden="true" />
      </button>
      <button
        type="button"
        className="diagram-tool"
        aria-label={full ? "Leave the full page" : "Fill the page"}
        title={full ? "Leave the full page (Esc)" : "Fill the page"}
        aria-pressed={full}
        onClick={() => onFull(!full)}
      >
        <Full size={15} strokeWidth={1.8} aria-hidden="true" />
      </button>
    </div>
  );
});

/** As everywhere, and down to microseconds. */
const spanText = (size: number): string => (size < 1000 ? `${Math.round(size)} µs` : formatSpan(size));
