import { ChevronFirst, ChevronLast, Pause, Play } from "lucide-react";
import { type ReactElement, useRef } from "react";
import { lab, useLab } from "../../store/use-lab.ts";
import { JumpMenu } from "./jump-menu.tsx";
import { SpeedControl } from "./speed-control.tsx";
import { formatTime } from "./time.ts";
import { Timeline } from "./timeline.tsx";
import "./transport.css";
import { useTick } from "./use-tick.ts";

/** The user's hold on time: play and step, the moment, the speed, the run as a strip, the way back to the newest moment. */
export function Transport(): ReactElement {
  const atEnd = useLab(
    ({ frame }) => frame === null || (frame.position.at >= frame.end.at && frame.position.event >= frame.end.event),
  );
  const ready = useLab((state) => state.frame !== null);
  return (
    <section className="transport" aria-label="Time">
      <div className="transport-bar">
        <div className="transport-buttons">
          <button
            type="button"
            className="transport-icon"
            aria-label="Step back"
            title="Step back (,)"
            disabled={!ready}
            onClick={() => lab.step(-1)}
          >
            <ChevronFirst size={26} strokeWidth={1.8} />
          </button>
          <PlayButton ready={ready} />
          <button
            type="button"
            className="transport-icon"
            aria-label="Step forward"
            title="Step forward (.)"
            disabled={!ready}
            onClick={() => lab.step(1)}
          >
            <ChevronLast size={26} strokeWidth={1.8} />
          </button>
        </div>
        <div className="transport-now">
          <Readout />
          <SpeedControl />
        </div>
        <Timeline />
        <div className="transport-end">
          <button
            type="button"
            className="transport-live"
            disabled={atEnd}
            title="To the newest moment (End)"
            onClick={() => lab.live()}
          >
            Live
          </button>
          <JumpMenu atEnd={atEnd} />
        </div>
      </div>
    </section>
  );
}

function PlayButton({ ready }: { readonly ready: boolean }): ReactElement {
  const playing = useLab((state) => state.playing);
  const Icon = playing ? Pause : Play;
  return (
    <button
      type="button"
      className="transport-play"
      aria-label={playing ? "Pause" : "Play"}
      title={playing ? "Pause (Space)" : "Play (Space)"}
      disabled={!ready}
      onClick={() => (playing ? lab.pause() : lab.play())}
    >
      <Icon size={20} strokeWidth={1.8} fill="currentColor" className={playing ? undefined : "transport-play-mark"} />
    </button>
  );
}

/** The moment that is drawn. Written by the animation loop, hidden from screen readers: the slider says it. */
function Readout(): ReactElement {
  const text = useRef<HTMLSpanElement>(null);
  useTick((now) => {
    const words = formatTime(now);
    if (text.current !== null && text.current.textContent !== words) text.current.textContent = words;
  });
  return <span className="transport-time" ref={text} aria-hidden="true" />;
}
