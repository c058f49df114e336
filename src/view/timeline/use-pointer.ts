import { type MouseEvent, type PointerEvent, useEffect, useRef } from "react";
import type { Micros } from "../../base/units.ts";
import { follow } from "../../store/follow.ts";
import { lab, labState } from "../../store/use-lab.ts";
import type { Bookmark, Timeline as TimelineState } from "../../worker/protocol/run.ts";
import { type Scale, timeAt, xOf } from "../kit/scale.ts";
import { type Target, targetAt } from "./layout.ts";

const hoverReach = 8;
export interface Hover {
  readonly x: number;
  readonly at: Micros;
  readonly label: string;
}
/** An act whose mark was picked. */
export interface Picked extends Target {
  readonly act: number;
}
interface PointerInput {
  readonly timeline: TimelineState;
  readonly bookmarks: readonly Bookmark[];
  readonly scale: Scale;
  readonly scrubbed: { current: Micros | null };
  readonly setHover: (hover: Hover | null) => void;
  readonly draw: (at: Micros, end: Micros) => void;
  /** The mark of an act was clicked, or asked for its menu. */
  readonly onPick: (target: Target) => void;
}
interface Drag {
  readonly startX: number;
  readonly target: Target | null;
  readonly resume: boolean;
  moved: boolean;
}
const clickReach = 6;
/** A finger hides what it touches. */
const touchReach = 14;
const dragStart = 4;

export function usePointer(input: PointerInput) {
  const { timeline, bookmarks, scale, scrubbed, setHover, draw, onPick } = input;
  const drag = useRef<Drag | null>(null);
  const clicked = useRef<Target | null>(null);
  const endNow = (): Micros => labState().frame?.end.at ?? 0;
  const localX = (event: MouseEvent): number => event.clientX - event.currentTarget.getBoundingClientRect().left;
  const near = (x: number, reach: number): Target | null => targetAt(timeline.marks, bookmarks, scale, x, reach);

  function scrubTo(x: number): void {
    const at = Math.min(endNow(), Math.max(0, timeAt(scale, x)));
    scrubbed.current = at;
    draw(at, endNow());
    lab.seek(at);
  }
  function show(x: number): void {
    const target = near(x, hoverReach);
    const at = target?.at ?? Math.max(0, timeAt(scale, x));
    setHover({ x: target === null ? x : xOf(scale, at), at, label: target?.label ?? "" });
  }
  function finish(): void {
    if (drag.current?.resume === true) lab.play();
    drag.current = null;
    scrubbed.current = null;
  }
  return {
    onPointerDown(event: PointerEvent): void {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      const x = localX(event);
      const target = near(x, event.pointerType === "touch" ? touchReach : clickReach);
      clicked.current = null;
      drag.current = { startX: x, target, resume: labState().playing, moved: false };
      lab.pause();
      if (target === null) scrubTo(x);
    },
    onPointerMove(event: PointerEvent): void {
      const x = localX(event);
      const now = drag.current;
      if (now !== null && Math.abs(x - now.startX) >= dragStart) now.moved = true;
      if (now?.moved === true) scrubTo(x);
      show(x);
    },
    onPointerUp(): void {
      const now = drag.current;
      if (now === null) return;
      clicked.current = now.moved ? null : now.target;
      finish();
      if (clicked.current !== null) goTo(clicked.current);
    },
    /** After the pointer is up: what opens then is not closed by the same click. */
    onClick(): void {
      if (clicked.current?.act !== undefined) onPick(clicked.current);
    },
    onContextMenu(event: MouseEvent): void {
      const x = localX(event);
      const target = near(x, touchReach);
      const term = timeline.terms.findLast(({ from }) => from <= timeAt(scale, x))?.term ?? 0;
      if (target?.act === undefined && term === 0) return;
      event.preventDefault();
      if (target?.act !== undefined) onPick(target);
      // On a band: how its term came by its leader.
      else follow({ kind: "term", term });
    },
    onPointerCancel: finish,
    onPointerLeave: () => setHover(null),
  };
}

export function goTo(target: Target): void {
  if (target.event === null) lab.seek(target.at);
  else lab.visit(target.event);
}

/** Wheel listeners of React are passive; this one has to keep the page from scrolling. */
export function useWheel(
  box: { readonly current: HTMLElement | null },
  onZoom: (x: number, factor: number) => void,
): void {
  const latest = useRef(onZoom);
  useEffect(() => {
    latest.current = onZoom;
  });
  useEffect(() => {
    const element = box.current;
    const turn = (event: WheelEvent): void => {
      event.preventDefault();
      const x = event.clientX - (element?.getBoundingClientRect().left ?? 0);
      latest.current(x, 1.0015 ** event.deltaY);
    };
    element?.addEventListener("wheel", turn, { passive: false });
    return () => element?.removeEventListener("wheel", turn);
  }, [box]);
}
