import { type ReactElement, type RefObject, useMemo, useRef } from "react";
import type { Micros } from "../../base/units.ts";
import { labState } from "../../store/use-lab.ts";
import { type Course, goesOn, move } from "../kit/course.ts";
import type { Scale } from "../kit/scale.ts";
import { type Band, termFrom } from "./bands.ts";
import { type Rows, wordsShift } from "./layout.ts";
import "./bands.css";

interface Handles {
  readonly playhead: RefObject<HTMLDivElement | null>;
  readonly later: RefObject<HTMLDivElement | null>;
  /** Stands still in what lies later, however that moves. */
  readonly names: RefObject<HTMLDivElement | null>;
  readonly unexplored: RefObject<HTMLDivElement | null>;
}
interface Props {
  readonly rows: Rows;
  readonly bands: readonly Band[];
  readonly handles: Handles;
  /** What comes is hidden, and there is room to say so. */
  readonly hides: boolean;
}

/** Over the strip: what lies after the playhead is dimmed, what is not explored is covered. Each is a layer of its own. */
export function Moving({ rows, bands, handles, hides }: Props): ReactElement {
  const { bandTop, bandBottom } = rows;
  return (
    <div className="timeline-moving" aria-hidden="true">
      <div className="timeline-band" style={{ top: bandTop, height: bandBottom - bandTop }}>
        <div ref={handles.later} className="timeline-later">
          <div ref={handles.names} className="timeline-names">
            {bands.map(({ x, room, label }) => (
              <span
                key={x}
                className="timeline-words"
                data-from={x + termFrom}
                data-room={room}
                style={{ left: x + termFrom }}
              >
                {label}
              </span>
            ))}
          </div>
        </div>
        <div ref={handles.unexplored} className="timeline-unexplored">
          {hides && <span className="timeline-blank">what comes stays blank until you have seen it</span>}
        </div>
      </div>
      <div
        ref={handles.playhead}
        className="timeline-playhead"
        style={{ top: bandTop - 8, height: bandBottom - bandTop + 11 }}
      />
    </div>
  );
}

/** The playhead, at `head` pixels, stands on no words: they stand after it. Those of a mark make way also while it passes. */
export function keepWordsClear(timeline: HTMLElement | null, head: number, stands: boolean): void {
  for (const words of (timeline?.getElementsByClassName("timeline-words") ?? []) as Iterable<HTMLElement>) {
    const [from, room] = ["data-from", "data-room"].map((name) => Number(words.getAttribute(name))) as [number, number];
    const shift = wordsShift(
      { from, room, text: words.textContent, inBand: !words.closest(".timeline-mark") },
      head,
      stands,
    );
    const translate = shift === null || shift === 0 ? "" : `${shift}px`;
    if (words.style.translate !== translate) words.style.translate = translate;
    words.toggleAttribute("data-covered", shift === null);
  }
}

/**
 * Moves the layers. While time runs they are told once where they go and how fast, and move without the page's thread;
 * they are told again when something is different, or a new frame shows that the clock has not kept up. `speed` 0: they stand.
 */
export function useMoving() {
  const handles: Handles = {
    playhead: useRef<HTMLDivElement>(null),
    later: useRef<HTMLDivElement>(null),
    names: useRef<HTMLDivElement>(null),
    unexplored: useRef<HTMLDivElement>(null),
  };
  const { playhead, later, names, unexplored } = handles;
  const show = useMemo(() => {
    let course: Course | null = null;
    let under: readonly Animation[] = [];
    return (scale: Scale, at: Micros, end: Micros, speed: number): void => {
      const next = { scale, at, end, speed, since: performance.now(), frame: labState().frame };
      if (course !== null && goesOn(course, next)) {
        course = { ...course, frame: next.frame };
        return;
      }
      course = next;
      for (const animation of under) animation.cancel();
      const explored = Math.max(at, end);
      under = [
        move(playhead, next, at),
        move(later, next, at),
        move(names, next, at, -1),
        move(unexplored, next, explored),
      ].flat();
    };
  }, [playhead, later, names, unexplored]);
  return { handles, show };
}
