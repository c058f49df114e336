import { useEffect, useRef } from "react";
import type { Micros } from "../../base/units.ts";
import { clock, onPanel, type Panel, paintAlone, useLab } from "../../store/use-lab.ts";

/** Milliseconds after which a draw waits for its panel no longer, while the run plays: it takes its turns more often. */
const patience = 400;

interface Drawers {
  readonly draws: Set<() => void>;
  stop: (() => void) | undefined;
  leave: (() => void) | undefined;
}
/** All that belong to one panel draw in one go, and with its states, so that the page is painted once for all. */
const drawers = new Map<Panel, Drawers>();

function drawAll(mine: Drawers): void {
  mine.stop?.();
  mine.stop = paintAlone(patience, () => drawAll(mine));
  for (const draw of mine.draws) draw();
}

function follow(panel: Panel, draw: () => void): () => void {
  const mine = drawers.get(panel) ?? { draws: new Set(), stop: undefined, leave: undefined };
  drawers.set(panel, mine);
  mine.draws.add(draw);
  if (mine.draws.size === 1) {
    mine.leave = onPanel(panel, () => drawAll(mine));
    drawAll(mine);
  }
  return () => {
    mine.draws.delete(draw);
    if (mine.draws.size > 0) return;
    mine.stop?.();
    mine.leave?.();
  };
}

/**
 * Calls `draw` with the virtual time to show: some three times a second while the run plays, in turn with the panel, else
 * once for every new frame and every render. `draw` writes to refs only, never to React state.
 */
export function useTick(draw: (now: Micros) => void, panel: Panel = "timeline"): void {
  const playing = useLab((state) => state.playing);
  useLab((state) => (state.playing ? null : state.frame));
  const latest = useRef(draw);
  useEffect(() => {
    latest.current = draw;
    draw(clock());
  });
  useEffect(() => (playing ? follow(panel, () => latest.current(clock())) : undefined), [playing, panel]);
}
