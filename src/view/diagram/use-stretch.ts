import { type RefObject, useEffect, useMemo, useRef, useState } from "react";
import type { Micros } from "../../base/units.ts";
import { openedRun } from "../../store/story.ts";
import { clock, labState, useLab } from "../../store/use-lab.ts";
import { axisLength, followed, type Scale, timeAt, wholeAxis, zoomed } from "../kit/scale.ts";
import { useTick } from "../kit/use-tick.ts";
import type { Stretch } from "./use-diagram.ts";

/** Microseconds: nothing happens between two of them. */
const shortest = 100;
/** The playhead stands so far to the right at first: what led to the moment is to be seen. */
const playheadAt = 0.72;
const slack = 40;

export interface Steering {
  readonly scale: Scale;
  zoom(x: number, factor: number): void;
  /** By so many pixels. */
  pan(dx: number): void;
  /** At these two times, or at the whole run. */
  look(stretch: Stretch | null): void;
}

/** The stretch of time that is shown, `width` pixels wide: it begins around the playhead, and follows that. */
export function useStretch(width: number): Steering {
  const run = useLab(openedRun);
  const told = useLab((state) => state.info?.told !== undefined);
  const lengthOf = told ? wholeAxis : axisLength;
  const length = useLab((state) => lengthOf(Math.max(state.frame?.end.at ?? 0, state.frame?.position.at ?? 0)));
  const ready = useLab((state) => state.frame !== null);
  const [stretch, setStretch] = useState<Stretch>(firstStretch);
  // Another run begins around its own moment.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the run that is another
  useEffect(() => setStretch(firstStretch()), [run, ready]);
  const scale = useMemo(() => ({ ...stretch, width: Math.max(1, width) }), [stretch, width]);
  const latest = useRef({ scale, length });
  latest.current = { scale, length };
  const drawnAt = useRef<Micros>(clock());
  useTick((now) => {
    // The window follows the playhead when that moves; while it rests the reader may look elsewhere.
    const moved = now === drawnAt.current ? scale : followed(scale, now, Math.max(length, now * 1.3));
    drawnAt.current = now;
    if (moved !== scale) setStretch({ from: moved.from, to: moved.to });
  });
  const show = (next: Scale): void => {
    // What is asked next in the same instant goes on from here.
    latest.current = { ...latest.current, scale: next };
    setStretch({ from: next.from, to: next.to });
  };
  const zoom = (x: number, factor: number): void => {
    const { scale: from, length: most } = latest.current;
    show(zoomed(from, timeAt(from, x), factor, most, shortest));
  };
  const pan = (dx: number): void => {
    const { scale: at, length: most } = latest.current;
    const size = at.to - at.from;
    const least = Math.min(0, most - size);
    const from = Math.round(Math.min(Math.max(least, most - size / 4), Math.max(0, at.from - (dx / at.width) * size)));
    if (from !== at.from) show({ ...at, from, to: from + size });
  };
  const look = (wanted: Stretch | null): void => {
    const { from, to } = wanted ?? { from: 0, to: labState().frame?.end.at ?? 0 };
    const size = Math.max(shortest, to - from);
    const room = (size * slack) / Math.max(1, width);
    show({ ...latest.current.scale, from: Math.max(0, Math.round(from - room)), to: Math.round(to + room) });
  };
  return { scale, zoom, pan, look };
}

/** A told run of at most a second is shown as a whole. */
const shortRun: Micros = 1_000_000;

function firstStretch(): Stretch {
  const { frame } = labState();
  if (frame?.told !== undefined && frame.end.at <= shortRun) return { from: 0, to: wholeAxis(frame.end.at) };
  const size = Math.round((frame?.longestTimeout ?? 300_000) / 2);
  const from = Math.max(0, Math.round((frame?.position.at ?? 0) - size * playheadAt));
  return { from, to: from + size };
}

/** Wheel and fingers. React's listeners for both are passive; these keep the page from scrolling. */
export function useGestures(
  box: RefObject<HTMLElement | null>,
  left: number,
  down: boolean,
  { zoom, pan }: Steering,
): void {
  const latest = useRef({ left, down, zoom, pan });
  latest.current = { left, down, zoom, pan };
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const turn = (event: WheelEvent): void => {
      event.preventDefault();
      const edge = element.getBoundingClientRect();
      const at = latest.current.down ? event.clientY - edge.top : event.clientX - edge.left;
      const x = at - latest.current.left;
      const across = event.shiftKey ? event.deltaY : event.deltaX;
      if (event.shiftKey || Math.abs(across) > Math.abs(event.deltaY)) latest.current.pan(-across);
      else latest.current.zoom(x, 1.0015 ** event.deltaY);
    };
    element.addEventListener("wheel", turn, { passive: false });
    return () => element.removeEventListener("wheel", turn);
  }, [box]);
}
