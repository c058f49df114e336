import { useEffect, useRef } from "react";
import type { Micros } from "../../base/units.ts";
import { clock, onPainting, paintAlong, useLab } from "../../store/use-lab.ts";

/** Milliseconds between two draws while the run plays: what is read need not move. */
const pause = 270;
/** Milliseconds for which a draw waits for something else to change, so that the page is painted once for both. */
const patience = 110;

/** All of them draw in one go, so that the page is painted once for all. */
const drawers = new Set<() => void>();
let drawnAt = Number.NEGATIVE_INFINITY;
let timer: ReturnType<typeof setTimeout> | undefined;
let leave: (() => void) | undefined;

function drawAll(): void {
  clearTimeout(timer);
  timer = setTimeout(drawAlone, pause + patience);
  drawnAt = performance.now();
  for (const each of drawers) each();
}

function drawAlone(): void {
  drawAll();
  paintAlong();
}

function follow(draw: () => void): () => void {
  drawers.add(draw);
  timer ??= setTimeout(drawAlone, pause);
  leave ??= onPainting(() => {
    if (performance.now() - drawnAt >= pause) drawAll();
  });
  return () => {
    drawers.delete(draw);
    if (drawers.size === 0) stop();
  };
}

function stop(): void {
  clearTimeout(timer);
  timer = undefined;
  leave?.();
  leave = undefined;
}

/**
 * Calls `draw` with the virtual time to show: some three times a second while the run plays, else once for every new frame and
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
