import { type PointerEvent, useRef } from "react";
import type { Hit } from "./ground.ts";
import { hitAt, type Scene } from "./layout.ts";
import type { Steering } from "./use-stretch.ts";

const reach = 7;
/** A finger hides what it touches. */
const touchReach = 16;
const dragStart = 4;
/** Fingers that are closer together pinch as if they were so far apart. */
const fingersLeast = 24;

/** Along the lanes and across them. */
type Place = readonly [x: number, y: number];
/** From one place along the lanes to another. */
export type Span = readonly [from: number, to: number];

interface Input {
  readonly scene: { readonly current: Scene | null };
  readonly left: number;
  /** Lanes run downwards. */
  readonly down: boolean;
  readonly steering: Steering;
  /** The next drag brushes, as one with Shift always does. */
  readonly brushes: boolean;
  readonly onHover: (at: { readonly hit: Hit; readonly x: number; readonly y: number } | null) => void;
  /** null: nothing is there. */
  readonly onPick: (hit: Hit | null) => void;
  /** null: no longer. */
  readonly onBrush: (span: Span | null) => void;
  readonly onBrushed: (span: Span) => void;
}

/** Drag pans, or brushes; two fingers zoom, a click picks. */
export function usePointer({ scene, left, down, steering, brushes, ...on }: Input) {
  const fingers = useRef(new Map<number, Place>());
  const moved = useRef(false);
  const start = useRef<Place>([0, 0]);
  const brush = useRef<Span | null>(null);
  const edges = useRef<DOMRect | null>(null);
  const place = (event: PointerEvent): Place => {
    // To ask has the browser lay the page out: while something is dragged it stays where it is.
    if (edges.current === null || fingers.current.size === 0)
      edges.current = event.currentTarget.getBoundingClientRect();
    const [x, y] = [event.clientX - edges.current.left, event.clientY - edges.current.top];
    return down ? [y, x] : [x, y];
  };
  const hitOf = (event: PointerEvent): Hit | null => {
    const [x, y] = place(event);
    if (scene.current === null) return null;
    return hitAt(scene.current, x, y, event.pointerType === "touch" ? touchReach : reach);
  };
  function pinch(id: number, to: Place): void {
    const [other] = [...fingers.current].flatMap(([each, at]) => (each === id ? [] : [at]));
    const before = fingers.current.get(id);
    if (other === undefined || before === undefined) return;
    const apart = ([x, y]: Place): number => Math.max(fingersLeast, Math.hypot(x - other[0], y - other[1]));
    steering.zoom((to[0] + other[0]) / 2 - left, apart(before) / apart(to));
    steering.pan((to[0] - before[0]) / 2);
  }
  function endBrush(): void {
    brush.current = null;
    on.onBrush(null);
  }
  return {
    onPointerDown(event: PointerEvent): void {
      if (event.button !== 0) return;
      const at = place(event);
      fingers.current.set(event.pointerId, at);
      if (fingers.current.size > 1) return endBrush();
      moved.current = false;
      start.current = at;
      if (brushes || event.shiftKey) brush.current = [at[0], at[0]];
    },
    onPointerMove(event: PointerEvent): void {
      const at = place(event);
      const [x, y] = at;
      const before = fingers.current.get(event.pointerId);
      if (before === undefined) {
        const hit = hitOf(event);
        on.onHover(hit === null ? null : { hit, x, y });
        return;
      }
      if (!moved.current && Math.hypot(x - start.current[0], y - start.current[1]) < dragStart) return;
      if (!moved.current) {
        moved.current = true;
        event.currentTarget.setPointerCapture(event.pointerId);
        on.onHover(null);
      }
      if (brush.current !== null) {
        brush.current = [Math.min(start.current[0], x), Math.max(start.current[0], x)];
        on.onBrush(brush.current);
      } else if (fingers.current.size > 1) pinch(event.pointerId, at);
      else steering.pan(x - before[0]);
      fingers.current.set(event.pointerId, at);
    },
    onPointerUp(event: PointerEvent): void {
      const wasDown = fingers.current.delete(event.pointerId);
      const brushed = brush.current;
      if (brushed !== null) endBrush();
      if (wasDown && brushed !== null && moved.current) on.onBrushed(brushed);
      else if (wasDown && !moved.current && fingers.current.size === 0) on.onPick(hitOf(event));
    },
    onPointerCancel(event: PointerEvent): void {
      fingers.current.delete(event.pointerId);
      endBrush();
    },
    onPointerLeave: () => on.onHover(null),
  };
}
