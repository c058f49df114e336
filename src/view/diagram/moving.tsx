import { type ReactElement, type RefObject, useRef } from "react";
import { shownUntil } from "../../store/story.ts";
import { labState } from "../../store/use-lab.ts";
import { type Course, goesOn, move } from "../kit/course.ts";
import type { Scale } from "../kit/scale.ts";
import { useTick } from "../kit/use-tick.ts";
import { formatTime } from "../kit/words/time.ts";

/**
 * Over the picture: the playhead, and a veil over what comes after it. While time runs both are moved by the compositor, which is told
 * again where something is different.
 */
export function Moving({ scale }: { readonly scale: Scale }): ReactElement {
  const playhead = useRef<HTMLDivElement>(null);
  const later = useRef<HTMLDivElement>(null);
  const time = useRef<HTMLSpanElement>(null);
  useMoving(scale, playhead, later, time);
  return (
    <div className="diagram-moving" aria-hidden="true">
      <div className="diagram-clip">
        <div ref={later} className="diagram-later" />
      </div>
      <div ref={playhead} className="diagram-playhead">
        <span ref={time} className="diagram-time" />
      </div>
    </div>
  );
}

type Layer = RefObject<HTMLElement | null>;

function useMoving(scale: Scale, playhead: Layer, later: Layer, time: Layer): void {
  const course = useRef<Course | null>(null);
  const under = useRef<readonly Animation[]>([]);
  useTick((at) => {
    const { playing, speed, frame } = labState();
    const end = Math.max(at, Math.min(frame?.end.at ?? 0, shownUntil(labState())));
    const next: Course = { scale, at, end, speed: playing ? speed : 0, since: performance.now(), frame };
    const inSight = at >= scale.from && at <= scale.to;
    if (playhead.current !== null) playhead.current.hidden = !inSight;
    if (time.current !== null && inSight) time.current.textContent = formatTime(at).replace(" s", "");
    if (course.current !== null && goesOn(course.current, next)) {
      course.current = { ...course.current, frame };
      return;
    }
    course.current = next;
    for (const animation of under.current) animation.cancel();
    under.current = [move(playhead, next, at), move(later, next, at)].flat();
  });
}
