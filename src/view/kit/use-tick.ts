import { useEffect, useRef } from "react";
import type { Micros } from "../../base/units.ts";
import { clock, useLab } from "../../store/use-lab.ts";

/**
 * Calls `draw` with the virtual time to show: on every animation frame while the run plays, else once for every new
 * frame and every render. `draw` writes to refs only, never to React state.
 */
export function useTick(draw: (now: Micros) => void): void {
  const playing = useLab((state) => state.playing);
  useLab((state) => (state.playing ? null : state.frame));
  const latest = useRef(draw);
  useEffect(() => {
    latest.current = draw;
    draw(clock());
  });
  useEffect(() => {
    if (!playing) return;
    let handle = 0;
    const tick = (): void => {
      latest.current(clock());
      handle = requestAnimationFrame(tick);
    };
    handle = requestAnimationFrame(tick);
    return () => cancelAnimationFrame(handle);
  }, [playing]);
}
