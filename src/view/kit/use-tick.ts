import { useEffect, useRef } from "react";
import type { Micros } from "../../base/units.ts";
import { clock, useLab } from "../../store/use-lab.ts";

/** Milliseconds between two draws while the run plays: what is read need not move. */
const pause = 200;

/** All of them draw in one go, so that the page is painted once for all. */
const drawers = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function follow(draw: () => void): () => void {
  drawers.add(draw);
  timer ??= setInterval(() => {
    for (const each of drawers) each();
  }, pause);
  return () => {
    drawers.delete(draw);
    if (drawers.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/**
 * Calls `draw` with the virtual time to show: five times a second while the run plays, else once for every new frame and
 * every render. `draw` writes to refs only, never to React state.
 */
export function useTick(draw: (now: Micros) => void): void {
  const playing = useLab((state) => state.playing);
  useLab((state) => (state.playing ? null : state.frame));
  const latest = useRef(draw);
  useEffect(() => {
    latest.current = draw;
    draw(clock());
  });
  useEffect(() => (playing ? follow(() => latest.current(clock())) : undefined), [playing]);
}
