import { type ReactElement, useEffect, useRef, useState } from "react";
import { loopOver } from "../../store/loop.ts";
import { setLoop, useLoop } from "../../store/looped.ts";
import { session } from "../../store/use-lab.ts";
import { type Scale, timeAt, xOf } from "../kit/scale.ts";
import type { Span } from "./use-pointer.ts";

export interface Looping {
  /** A loop is on, or the next drag begins one. */
  readonly on: boolean;
  /** The next drag brushes. */
  readonly armed: boolean;
  /** What is being brushed, in pixels of the picture. */
  readonly brush: Span | null;
  readonly setBrush: (span: Span | null) => void;
  readonly brushed: (span: Span) => void;
  /** Ends the loop, or gets ready for one; `sight`: plays what is in sight. */
  toggle(sight: boolean): void;
}

/** A stretch is brushed and played over and over. */
export function useLooping(scale: Scale, left: number): Looping {
  const loop = useLoop();
  const [armed, setArmed] = useState(false);
  const [brush, setBrush] = useState<Span | null>(null);
  useEffect(() => {
    if (!armed) return;
    const press = (event: KeyboardEvent): void => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      setArmed(false);
    };
    window.addEventListener("keydown", press, { capture: true });
    return () => window.removeEventListener("keydown", press, { capture: true });
  }, [armed]);
  const play = (from: number, to: number): void => {
    setArmed(false);
    if (!loopOver({ from, to })) session.notify("Nothing of this stretch has been run yet.");
  };
  const latest = useRef({ scale, left, play, isOn: loop !== null });
  latest.current = { scale, left, play, isOn: loop !== null };
  // The tools are not drawn with every picture: what they are given stays the same.
  const [steady] = useState(() => ({
    brushed([from, to]: Span): void {
      const { scale: at, left: edge, play: begin } = latest.current;
      begin(timeAt(at, from - edge), timeAt(at, to - edge));
    },
    toggle(sight: boolean): void {
      const { scale: at, play: begin, isOn } = latest.current;
      if (isOn) setLoop(null);
      else if (sight) begin(at.from, at.to);
      else setArmed((before) => !before);
    },
  }));
  return { on: armed || loop !== null, armed, brush, setBrush, ...steady };
}

/** What is brushed, or else what is played over and over, over the picture. */
export function Band({
  scale,
  left,
  brush,
}: Pick<Looping, "brush"> & { scale: Scale; left: number }): ReactElement | null {
  const loop = useLoop();
  const ends = brush?.map((x) => x - left) ?? (loop && [xOf(scale, loop.from), xOf(scale, loop.to)]);
  if (ends === null || ends === undefined) return null;
  const [from = 0, to = 0] = ends.map((x) => Math.min(scale.width + 1, Math.max(-1, x)));
  return <div className="diagram-band" style={{ left: from, width: to - from }} />;
}
