import { polygonContains } from "d3";
import { type PointerEvent, type RefObject, useCallback, useEffect, useRef, useState } from "react";
import type { ServerId } from "../../base/units.ts";
import type { StageLayout } from "./places.ts";

const dragFrom = 8;
const pointEvery = 5;
const none: readonly ServerId[] = [];

export interface Lasso {
  /** The servers inside the loop so far. */
  readonly caught: readonly ServerId[];
  /** The path that shows the loop. */
  readonly pathRef: RefObject<SVGPathElement | null>;
  readonly handlers: {
    onPointerDown(event: PointerEvent<SVGSVGElement>): void;
    onPointerMove(event: PointerEvent<SVGSVGElement>): void;
    onPointerUp(event: PointerEvent<SVGSVGElement>): void;
    onPointerCancel(): void;
  };
  /** True if the press that just ended was a drag: then it is no click. */
  dragged(): boolean;
}

/**
 * A loop drawn freehand on the empty stage. On release, if some servers are inside it and some are not, `onLoop` gets
 * those inside. Escape takes it back. The loop is drawn without React; only the set of servers inside is state.
 */
export function useLasso(layout: StageLayout | null, onLoop: (inside: readonly ServerId[]) => void): Lasso {
  const [caught, setCaught] = useState(none);
  const pathRef = useRef<SVGPathElement>(null);
  const drag = useRef<Drag | null>(null);
  const wasDrag = useRef(false);
  const stop = useCallback(() => {
    drag.current = null;
    setCaught(none);
    draw(pathRef.current, []);
  }, []);
  useEscape(drag, stop);
  return {
    caught,
    pathRef,
    dragged: () => wasDrag.current,
    handlers: {
      onPointerDown(event) {
        wasDrag.current = false;
        if (isFree(event)) drag.current = { points: [pointIn(event)], moved: false };
      },
      onPointerMove(event) {
        if (drag.current === null || !extend(drag.current, event)) return;
        draw(pathRef.current, drag.current.points);
        const now = inside(layout, drag.current.points);
        setCaught((old) => (old.join() === now.join() ? old : now));
      },
      onPointerUp() {
        if (drag.current === null) return;
        const { points, moved } = drag.current;
        wasDrag.current = moved;
        stop();
        const found = moved ? inside(layout, points) : none;
        if (found.length > 0 && found.length < (layout?.servers.length ?? 0)) onLoop(found);
      },
      onPointerCancel: stop,
    },
  };
}

type Place = [x: number, y: number];
interface Drag {
  readonly points: Place[];
  /** Far enough to be no click. */
  moved: boolean;
}

/** A press of the first button on nothing that can be picked. */
function isFree({ button, isPrimary, target }: PointerEvent): boolean {
  return button === 0 && isPrimary && target instanceof Element && target.closest("[data-pick][role=button]") === null;
}

/** Adds where the pointer is now, if that is far enough from where it was. */
function extend(drag: Drag, event: PointerEvent<SVGSVGElement>): boolean {
  const [x, y] = pointIn(event);
  const [lastX, lastY] = drag.points.at(-1)!;
  if (Math.hypot(x - lastX, y - lastY) < (drag.moved ? pointEvery : dragFrom)) return false;
  if (!drag.moved) event.currentTarget.setPointerCapture(event.pointerId);
  drag.moved = true;
  drag.points.push([x, y]);
  return true;
}

function draw(path: SVGPathElement | null, points: readonly Place[]): void {
  path?.setAttribute("d", points.length > 2 ? `M${points.join("L")}Z` : "");
}

function inside(layout: StageLayout | null, points: Place[]): readonly ServerId[] {
  const ids = layout?.servers.filter((s) => polygonContains(points, [s.x, s.y])).map((s) => s.id) ?? [];
  return ids.length === 0 ? none : ids;
}

/** Before anybody else's, and only while a loop is drawn. */
function useEscape(drag: RefObject<Drag | null>, stop: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== "Escape" || drag.current === null) return;
      event.preventDefault();
      stop();
    };
    window.addEventListener("keydown", onKey, true);
    return () => window.removeEventListener("keydown", onKey, true);
  }, [drag, stop]);
}

function pointIn(event: PointerEvent<SVGSVGElement>): Place {
  const box = event.currentTarget.getBoundingClientRect();
  return [event.clientX - box.left, event.clientY - box.top];
}
