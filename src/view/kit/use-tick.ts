import { useEffect, useRef } from "react";
import type { Micros } from "../../base/units.ts";
import { clock, onPanel, type Panel, paintAlong, stageComesWithin, useLab } from "../../store/use-lab.ts";

/** Milliseconds after which a draw waits for its panel no longer, while the run plays: it takes its turns more often. */
const patience = 400;

interface Drawers {
  readonly draws: Set<() => void>;
  timer: ReturnType<typeof setTimeout> | undefined;
  leave: (() => void) | undefined;
}
/** All that belong to one panel draw in one go, and with its states, so that the page is painted once for all. */
const drawers = new Map<Panel, Drawers>();

function drawAll(mine: Drawers): void {
  clearTimeout(mine.timer);
  mine.timer = setTimeout(() => drawAlone(mine), patience);
  for (const draw of mine.draws) draw();
}

/** Its panel has not come: where the page is about to be painted, it may come with that. */
function drawAlone(mine: Drawers): void {
  const left = stageComesWithin();
  if (left > 0) mine.timer = setTimeout(() => drawAlone(mine), left);
  else {
    drawAll(mine);
    paintAlong();
  }
}

function follow(panel: Panel, draw: () => void): () => void {
  const mine = drawers.get(panel) ?? { draws: new Set(), timer: undefined, leave: undefined };
  drawers.set(panel, mine);
  mine.draws.add(draw);
  if (mine.draws.size === 1) {
    mine.leave = onPanel(panel, () => drawAll(mine));
    drawAll(mine);
  }
  return () => {
    mine.draws.delete(draw);
    if (mine.draws.size > 0) return;
    clearTimeout(mine.timer);
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
