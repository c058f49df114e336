import { polygonContains } from "d3";
import { type PointerEvent, type RefObject, useEffect, useMemo, useRef, useState } from "react";
import type { ServerId } from "../../base/units.ts";
import type { StageLayout } from "./layout.ts";

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
  const drag = useRef<{ points: [number, number][]; moved: boolean } | null>(null);
  const wasDrag = useRef(false);

  const tools = useMemo(() => {
    const draw = () => {
      const points = drag.current?.moved === true ? drag.current.points : [];
      pathRef.current?.setAttribute("d", points.length > 2 ? `M${points.join("L")}Z` : "");
    };
    const inside = () => {
      const points = drag.current?.points ?? [];
      const ids = layout?.servers.filter((s) => polygonContains(points, [s.x, s.y])).map((s) => s.id) ?? [];
      return ids.length === 0 ? none : ids;
    };
    const stop = () => {
      drag.current = null;
      setCaught(none);
      draw();
    };
    return { draw, inside, stop };
  }, [layout]);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || drag.current === null) return;
      event.preventDefault();
      tools.stop();
    };
    window.addEventListener("keydown", onKey, true);
    return () => window.removeEventListener("keydown", onKey, true);
  }, [tools]);

  return {
    caught,
    pathRef,
    dragged: () => wasDrag.current,
    handlers: {
      onPointerDown(event) {
        wasDrag.current = false;
        const free = event.target instanceof Element && event.target.closest("[data-pick][role=button]") === null;
        if (event.button !== 0 || !event.isPrimary || !free) return;
        drag.current = { points: [pointIn(event)], moved: false };
      },
      onPointerMove(event) {
        if (drag.current === null) return;
        const { points } = drag.current;
        const [x, y] = pointIn(event);
        const [lastX, lastY] = points.at(-1)!;
        if (Math.hypot(x - lastX, y - lastY) < (drag.current.moved ? pointEvery : dragFrom)) return;
        if (!drag.current.moved) event.currentTarget.setPointerCapture(event.pointerId);
        drag.current.moved = true;
        points.push([x, y]);
        tools.draw();
        const now = tools.inside();
        setCaught((old) => (old.join() === now.join() ? old : now));
      },
      onPointerUp() {
        if (drag.current === null) return;
        wasDrag.current = drag.current.moved;
        const found = drag.current.moved ? tools.inside() : none;
        tools.stop();
        if (found.length > 0 && found.length < (layout?.servers.length ?? 0)) onLoop(found);
      },
      onPointerCancel: tools.stop,
    },
  };
}

function pointIn(event: PointerEvent<SVGSVGElement>): [number, number] {
  const box = event.currentTarget.getBoundingClientRect();
  return [event.clientX - box.left, event.clientY - box.top];
}
