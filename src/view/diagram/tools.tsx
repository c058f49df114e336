import { Download, HardDrive, Maximize2, Minimize2, Minus, Plus, Repeat, UserRound } from "lucide-react";
import { memo, type ReactElement, useRef } from "react";
import { type Choices, type Density, useChoices } from "../../store/diagram.ts";
import { IconButton } from "../kit/icon-button.tsx";
import { Switch } from "../kit/switch.tsx";
import { useEdges } from "../kit/use-edges.ts";
import { formatSpan } from "../kit/words/time.ts";

interface Props {
  /** Microseconds that are in sight. */
  readonly length: number;
  readonly onZoom: (factor: number) => void;
  readonly full: boolean;
  readonly onFull: (full: boolean) => void;
  readonly onSave: () => void;
  readonly looping: boolean;
  /** Ends the loop, or begins one: of what is in sight, or with the next drag. */
  readonly onLoop: (sight: boolean) => void;
}

const size = 15;

const densities: readonly (readonly [Density, string, string])[] = [
  ["focus", "Focus", "Only what led to the event that you clicked"],
  ["context", "Context", "What led to the event that you clicked; the rest is faded"],
  ["all", "All", "Everything, nothing faded"],
];

/** How the diagram is shown. */
export const Tools = memo(function Tools({
  length,
  onZoom,
  full,
  onFull,
  onSave,
  looping,
  onLoop,
}: Props): ReactElement {
  const { density, clients, disks } = useChoices();
  const row = useRef<HTMLDivElement>(null);
  useEdges(row);
  const choose = (choices: Partial<Choices>): void => useChoices.setState(choices);
  return (
    <div className="diagram-tools ui-edges" ref={row}>
      <Switch
        label="What is shown"
        value={density}
        choices={densities}
        onChoose={(chosen) => choose({ density: chosen })}
      />
      <IconButton
        {...{ icon: UserRound, label: "Clients’ lane", size }}
        aria-pressed={clients}
        onClick={() => choose({ clients: !clients })}
      />
      <IconButton
        {...{ icon: HardDrive, label: "Disks at work", size }}
        aria-pressed={disks}
        onClick={() => choose({ disks: !disks })}
      />
      <IconButton
        {...{ icon: Minus, label: "See more time", size }}
        title="See more time (−)"
        onClick={() => onZoom(2)}
      />
      <span className="diagram-size ui-figures">{spanText(length)}</span>
      <IconButton
        {...{ icon: Plus, label: "See less time", size }}
        title="See less time (+)"
        onClick={() => onZoom(0.5)}
      />
      <IconButton
        {...{ icon: Repeat, label: "Play a stretch over and over", size }}
        title={
          looping
            ? "End the loop (Esc)"
            : "Drag over a stretch to play it over and over (Shift + drag; L: what is in sight)"
        }
        aria-pressed={looping}
        onClick={({ detail }) => onLoop(detail === 0)}
      />
      <IconButton {...{ icon: Download, label: "Save as SVG", size }} onClick={onSave} />
      <IconButton
        {...{ icon: full ? Minimize2 : Maximize2, label: full ? "Leave the full page" : "Fill the page", size }}
        title={full ? "Leave the full page (Esc)" : "Fill the page"}
        onClick={() => onFull(!full)}
      />
    </div>
  );
});

/** As everywhere, and down to microseconds. */
const spanText = (length: number): string => (length < 1000 ? `${Math.round(length)} µs` : formatSpan(length));
