import { Popover } from "@base-ui/react/popover";
import { Slider } from "@base-ui/react/slider";
import { Minus, Plus } from "lucide-react";
import type { ReactElement } from "react";
import type { Pace } from "../../store/lab.ts";
import { nextSpeed, paceText, speedStops, speedText } from "../../store/speed.ts";
import { chooseGuided } from "../../store/story.ts";
import { lab, useLab } from "../../store/use-lab.ts";
import { stopOf } from "./stops.ts";

/** How fast virtual time passes: the words, and behind them a slider on a log scale. */
export function SpeedControl(): ReactElement {
  const pace = useLab((state) => state.pace);
  return (
    <Popover.Root>
      <Popover.Trigger
        className="transport-speed"
        aria-label={`Speed ${paceText(pace)}`}
        title="Speed (< slower, > faster)"
      >
        {paceText(pace)} <span className="transport-speed-word">speed</span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner side="top" align="start" sideOffset={30} collisionPadding={8} className="transport-layer">
          <Popover.Popup className="transport-popup" aria-label="Speed">
            <SpeedPanel pace={pace} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

const speedWords = ({ guided, speed }: Pace): string =>
  guided ? "At its own pace" : speed === 1 ? "Real time" : `${speedText(speed)} of real time`;

function SpeedPanel({ pace }: { readonly pace: Pace }): ReactElement {
  const { speed, guided } = pace;
  return (
    <>
      <label className="transport-check">
        <input type="checkbox" checked={guided} onChange={(event) => chooseGuided(event.target.checked)} />
        Guided: slowly where something is at stake
      </label>
      <p className="transport-popup-line">{speedWords(pace)}</p>
      <div className="transport-speed-row">
        <button
          type="button"
          className="transport-icon"
          aria-label="Slower"
          onClick={() => lab.setSpeed(nextSpeed(speed, -1))}
        >
          <Minus size={18} strokeWidth={1.8} />
        </button>
        <Slider.Root
          className="transport-slider"
          min={0}
          max={speedStops.length - 1}
          value={stopOf(speed)}
          onValueChange={(place) => lab.setSpeed(speedStops[place]!)}
        >
          <Slider.Control className="transport-slider-control">
            <Slider.Track className="transport-slider-track">
              <Slider.Thumb
                className="transport-slider-thumb"
                aria-label="Speed"
                getAriaValueText={(_text, place) => speedText(speedStops[place]!)}
              />
            </Slider.Track>
          </Slider.Control>
        </Slider.Root>
        <button
          type="button"
          className="transport-icon"
          aria-label="Faster"
          onClick={() => lab.setSpeed(nextSpeed(speed, 1))}
        >
          <Plus size={18} strokeWidth={1.8} />
        </button>
      </div>
      <div className="transport-speed-ends" aria-hidden="true">
        <span>1/1000</span>
        <span>1×</span>
        <span>100×</span>
      </div>
    </>
  );
}
