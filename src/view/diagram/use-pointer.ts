import { type PointerEvent, useRef } from "react";
import type { Hit } from "./ground.ts";
import { hitAt, type Scene } from "./layout.ts";
import type { Steering } from "./use-stretch.ts";

const reach = 7;
/** A finger hides what it touches. */
const touchReach = 16;
const dragStart = 4;

interface Input {
  readonly scene: { readonly current: Scene | null };
  readonly left: number;
  readonly steering: Steering;
  readonly onHover: (at: { readonly hit: Hit; readonly x: number; readonly y: number } | null) => void;
  /** null: nothing is there. */
  readonly onPick: (hit: Hit | null) => void;
}

/** Drag pans, two fingers zoom, a click picks. */
export function usePointer({ scene, left, steering, onHover, onPick }: Input) {
  const fingers = useRef(new Map<number, number>());
  const moved = useRef(false);
  const startX = useRef(0);
  const place = (event: PointerEvent): readonly [number, number] => {
    const box = event.currentTarget.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  const hitOf = (event: PointerEvent): Hit | null => {
    const [x, y] = place(event);
    if (scene.current === null) return null;
    return hitAt(scene.current, x, y, event.pointerType === "touch" ? touchReach : reach);
  };
  function pinch(id: number, x: number): void {
    const [other] = [...fingers.current].flatMap(([each, at]) => (each === id ? [] : [at]));
    const before = fingers.current.get(id);
    if (other === undefined || before === undefined) return;
    const factor = Math.max(4, Math.abs(before - other)) / Math.max(4, Math.abs(x - other));
    steering.zoom((x + other) / 2 - left, factor);
    steering.pan((x - before) / 2);
  }
  return {
    onPointerDown(event: PointerEvent): void {
      if (event.button !== 0) return;
      const [x] = place(event);
      fingers.current.set(event.pointerId, x);
      if (fingers.current.size > 1) return;
      moved.current = false;
      startX.current = x;
    },
    onPointerMove(event: PointerEvent): void {
      const [x, y] = place(event);
      const before = fingers.current.get(event.pointerId);
      if (before === undefined) {
        const hit = hitOf(event);
        onHover(hit === null ? null : { hit, x, y });
        return;
      }
      if (!moved.current && Math.abs(x - startX.current) < dragStart) return;
      if (!moved.current) {
        moved.current = true;
        event.currentTarget.setPointerCapture(event.pointerId);
        onHover(null);
      }
      if (fingers.current.size > 1) pinch(event.pointerId, x);
      else steering.pan(x - before);
      fingers.current.set(event.pointerId, x);
    },
    onPointerUp(event: PointerEvent): void {
      const down = fingers.current.delete(event.pointerId);
      if (down && !moved.current && fingers.current.size === 0) onPick(hitOf(event));
    },
    onPointerCancel(event: PointerEvent): void {
      fingers.current.delete(event.pointerId);
    },
    onPointerLeave: () => onHover(null),
  };
}
