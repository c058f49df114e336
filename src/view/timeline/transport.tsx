import { ChevronFirst, ChevronLast, EllipsisVertical, Pause, Play } from "lucide-react";
import { type ReactElement, useRef, useState } from "react";
import { embed } from "../../store/embed.ts";
import { useLoop } from "../../store/looped.ts";
import { useOpenQuestion } from "../../store/open-question.ts";
import { paceText } from "../../store/speed.ts";
import { stepsOf } from "../../store/story.ts";
import { lab, useLab } from "../../store/use-lab.ts";
import { formatTime } from "../kit/words/time.ts";
import { Timeline } from "./timeline.tsx";
import "./transport.css";
import { Late, lazyPart } from "../kit/lazy.tsx";
import { useLater } from "../kit/use-later.ts";
import { useTick } from "../kit/use-tick.ts";

const loadAfter = () => import("./after-first-frame.ts");
const StopsKept = lazyPart("list of stops", async () => (await import("./stops-kept.tsx")).StopsKept);

/** The user's hold on time: play and step, the moment, the speed, the run as a strip, the way back to the newest moment. */
export function Transport(): ReactElement {
  const atEnd = useLab(
    ({ frame }) => frame === null || (frame.position.at >= frame.end.at && frame.position.event >= frame.end.event),
  );
  const asked = useOpenQuestion() && embed === null;
  const loop = useLoop();
  const kept = useLab((state) => state.stops.length > 0) || loop !== null;
  const [home, setHome] = useState<HTMLElement | null>(null);
  const ready = useLab((state) => state.status !== "starting");
  const { JumpMenu, SpeedControl } = useLater("speeds and moments", loadAfter) ?? {};
  return (
    <section className="transport" aria-label="Time" ref={setHome}>
      {kept && (
        <Late>
          <StopsKept />
        </Late>
      )}
      <div className="transport-frame">
        <div className="transport-bar" data-asked={asked || undefined}>
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
            {SpeedControl === undefined ? <SpeedWords /> : <SpeedControl />}
          </div>
          <Timeline home={home} />
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
            {JumpMenu === undefined ? <MenuPlace /> : <JumpMenu atEnd={atEnd} home={home} />}
          </div>
        </div>
      </div>
    </section>
  );
}

function PlayButton({ ready }: { readonly ready: boolean }): ReactElement {
  const playing = useLab((state) => state.playing);
  const inStory = useLab((state) => stepsOf(state).length > 0 || state.info?.lesson !== undefined);
  const Icon = playing ? Pause : Play;
  return (
    <button
      type="button"
      className="transport-play"
      data-quiet={inStory || undefined}
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

function SpeedWords(): ReactElement {
  const pace = useLab((state) => state.pace);
  return (
    <button type="button" className="transport-speed" disabled>
      {paceText(pace)} <span className="transport-speed-word">speed</span>
    </button>
  );
}
function MenuPlace(): ReactElement {
  return (
    <button type="button" className="transport-icon" aria-label="Jump to" disabled>
      <EllipsisVertical size={20} strokeWidth={1.8} />
    </button>
  );
}
