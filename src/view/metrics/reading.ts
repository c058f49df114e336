import { useCallback, useMemo, useRef } from "react";
import type { Micros } from "../../base/units.ts";
import { shownUntil } from "../../store/story.ts";
import { clock, labState } from "../../store/use-lab.ts";
import { type Course, goesOn, move } from "../kit/course.ts";
import { type Scale, xOf } from "../kit/scale.ts";
import { useTick } from "../kit/use-tick.ts";

/** What of a chart moves or is written without drawing it. */
export interface Handle {
  readonly head: HTMLElement;
  readonly hair: HTMLElement;
  readonly brush: HTMLElement;
  /** The figure at a moment. */
  readonly write: (at: Micros) => void;
}

export interface Readings {
  /** A chart has come; what it returns takes it away. */
  add(handle: Handle): () => void;
  /** All charts are read there; null: at the playhead. */
  read(at: Micros | null): void;
  /** Where they are read. */
  at(): Micros;
  brush(span: readonly [from: Micros, to: Micros] | null): void;
}

/** The cursors and figures of all charts. */
export function useReadings(scale: Scale): Readings {
  const handles = useRef(new Set<Handle>());
  const course = useRef<Course | null>(null);
  const under = useRef<readonly Animation[]>([]);
  const reading = useRef<Micros | null>(null);
  const latest = useRef(scale);
  latest.current = scale;
  const at = (): Micros => reading.current ?? present();
  useTick((now) => {
    const { playing, speed, frame } = labState();
    for (const { write } of handles.current) write(at());
    const end = Math.max(now, Math.min(frame?.end.at ?? 0, shownUntil(labState())));
    const next: Course = { scale, at: now, end, speed: playing ? speed : 0, since: performance.now(), frame };
    const inSight = now >= scale.from && now <= scale.to;
    for (const { head } of handles.current) head.hidden = !inSight;
    if (course.current !== null && goesOn(course.current, next)) {
      course.current = { ...course.current, frame };
      return;
    }
    course.current = next;
    for (const animation of under.current) animation.cancel();
    under.current = [...handles.current].flatMap(({ head }) => move({ current: head }, next, now));
  });
  const add = useCallback((handle: Handle) => {
    handles.current.add(handle);
    course.current = null;
    handle.write(reading.current ?? present());
    return () => void handles.current.delete(handle);
  }, []);
  return useMemo(
    () => ({
      add,
      at: () => reading.current ?? present(),
      read(wanted) {
        reading.current = wanted;
        const x = wanted === null ? 0 : xOf(latest.current, wanted);
        for (const { hair, write } of handles.current) {
          hair.hidden = wanted === null;
          hair.style.transform = `translateX(${x.toFixed(1)}px)`;
          write(wanted ?? present());
        }
      },
      brush(span) {
        const [from, to] = (span ?? [0, 0]).map((end) => xOf(latest.current, end)) as [number, number];
        for (const { brush } of handles.current) {
          brush.hidden = span === null;
          brush.style.transform = `translateX(${from.toFixed(1)}px)`;
          brush.style.width = `${(to - from).toFixed(1)}px`;
        }
      },
    }),
    [add],
  );
}

/** While time stands, the moment that the frame shows. */
function present(): Micros {
  const { playing, frame } = labState();
  return playing ? clock() : (frame?.position.at ?? 0);
}
