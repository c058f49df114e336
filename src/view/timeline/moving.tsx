import { type ReactElement, type RefObject, useMemo, useRef } from "react";
import type { Micros } from "../../base/units.ts";
import { microsPerMilli } from "../../base/units.ts";
import { labState } from "../../store/use-lab.ts";
import type { Frame } from "../../worker/protocol/frame.ts";
import { type Scale, xOf } from "../kit/scale.ts";
import type { Band } from "./bands.ts";
import type { Rows } from "./layout.ts";
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
            {bands.map(({ x, label }) => (
              <span key={x} style={{ left: x + 7 }}>
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

/** A movement that the compositor was told of: where it began, and how it goes on. */
interface Course {
  readonly scale: Scale;
  readonly at: Micros;
  readonly end: Micros;
  readonly speed: number;
  readonly since: number;
  /** What the page knew of the run when it was told. */
  readonly frame: Frame | null;
}

/** Pixels by which the playhead may stand beside the truth: the clock waits where the next frame is late. */
const driftMax = 2;

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

function goesOn(course: Course, next: Course): boolean {
  const { scale, speed } = course;
  if (scale !== next.scale || speed !== next.speed) return false;
  if (speed > 0 && course.frame === next.frame) return true;
  const passed = (next.since - course.since) * microsPerMilli * speed;
  const off = (from: Micros, to: Micros): number => Math.abs(xOf(scale, from) - xOf(scale, to));
  const at = course.at + passed;
  return off(at, next.at) < driftMax && off(Math.max(at, course.end), Math.max(next.at, next.end)) < driftMax;
}

/**
 * Stands at `from` until the playhead comes there, and goes along with it to the end of the strip; with `sign` -1 the
 * other way. Returns what moves it.
 */
function move(
  { current }: RefObject<HTMLElement | null>,
  { scale, at, speed }: Course,
  from: Micros,
  sign: 1 | -1 = 1,
): Animation[] {
  if (current === null) return [];
  const x = Math.min(scale.width, Math.max(0, xOf(scale, from)));
  current.style.transform = shifted(sign * x);
  if (speed === 0 || x >= scale.width) return [];
  const millis = (span: Micros): number => Math.max(0, span) / (microsPerMilli * speed);
  const begins = Math.max(from, scale.from);
  const way = [{ transform: shifted(sign * x) }, { transform: shifted(sign * scale.width) }];
  const [delay, duration] = [millis(begins - at), millis(scale.to - begins)];
  return [current.animate(way, { delay, duration, fill: "forwards" })];
}

const shifted = (x: number): string => `translateX(${x.toFixed(2)}px)`;
