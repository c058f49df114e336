import { Menu } from "@base-ui/react/menu";
import { Download, Minus, Plus } from "lucide-react";
import type { ReactElement } from "react";
import type { Window } from "../../store/window.ts";
import { IconButton } from "../kit/icon-button.tsx";
import { Switch } from "../kit/switch.tsx";
import { formatSpan } from "../kit/words/time.ts";

interface Props {
  readonly each: boolean;
  readonly onEach: (each: boolean) => void;
  readonly window: Window;
  readonly isWhole: boolean;
  readonly onZoom: (factor: number) => void;
  readonly onWhole: () => void;
  readonly onSave: (as: string) => void;
}

const size = 15;
const whose = [
  ["cluster", "Cluster"],
  ["each", "Each server"],
] as const;
/** Named as the formats are. */
const files = [
  ["openmetrics", "OpenMetrics text, at this moment"],
  ["csv-metrics", "Table (CSV), of what is in sight"],
] as const;

export function Tools({ each, onEach, window, isWhole, onZoom, onWhole, onSave }: Props): ReactElement {
  return (
    <div className="metrics-tools">
      <Switch
        label="Whose metrics"
        value={each ? "each" : "cluster"}
        choices={whose}
        onChoose={(chosen) => onEach(chosen === "each")}
      />
      <IconButton {...{ icon: Minus, label: "See more time", size }} disabled={isWhole} onClick={() => onZoom(2)} />
      <button
        type="button"
        className="metrics-size ui-figures"
        title={isWhole ? "The whole run" : "Show the whole run"}
        disabled={isWhole}
        onClick={onWhole}
      >
        {windowText(window)}
      </button>
      <IconButton {...{ icon: Plus, label: "See less time", size }} onClick={() => onZoom(0.5)} />
      <Menu.Root>
        <Menu.Trigger render={<IconButton {...{ icon: Download, label: "Save the metrics", size }} />} />
        <Menu.Portal>
          <Menu.Positioner sideOffset={6} align="end">
            <Menu.Popup className="main-menu">
              {files.map(([name, label]) => (
                <Menu.Item key={name} className="main-menu-item" onClick={() => onSave(name)}>
                  {label}
                </Menu.Item>
              ))}
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
    </div>
  );
}

/** "0–20 s", "9.14–9.49 s", "12–618 ms"; from an hour on, how long it is. */
function windowText({ from, to }: Window): string {
  if (to >= 3_600_000_000) return formatSpan(to - from);
  const [by, unit] = to >= 1_000_000 ? [1_000_000, "s"] : [1000, "ms"];
  const size = (to - from) / by;
  const digits = size >= 10 ? 0 : size >= 1 ? 1 : size >= 0.1 ? 2 : size >= 0.01 ? 3 : 4;
  const text = (at: number): string => String(Number((at / by).toFixed(digits)));
  return `${text(from)}–${text(to)} ${unit}`;
}
