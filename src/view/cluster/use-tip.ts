import { type FocusEvent, type PointerEvent, type RefObject, useCallback, useEffect, useRef, useState } from "react";
import type { DrawnAt } from "./use-picking.ts";

/** What is told of the thing that is pointed at or has the focus. */
export interface Tip {
  readonly words: string;
  /** On the stage, in pixels. */
  readonly x: number;
  readonly y: number;
  /** It would fly away from the pointer: time stands while it is told of. */
  readonly waits: boolean;
}

const delayMillis = 300;
/** What flies is told of sooner. */
const delayFlying = 120;

/** Tells, after a moment, of what the pointer rests on or the keyboard has come to; a press or another thing ends it. */
export function useTip(picture: RefObject<SVGSVGElement | null>, drawnAt: DrawnAt) {
  const [tip, setTip] = useState<Tip | null>(null);
  const over = useRef<{ readonly name: string; readonly timer: number } | null>(null);

  const end = useCallback(() => {
    window.clearTimeout(over.current?.timer);
    over.current = null;
    setTip(null);
  }, []);
  useEffect(() => end, [end]);

  function begin(element: Element, clientX: number, clientY: number, waits: boolean): void {
    const words = wordsOf(element);
    const name = `${nameOf(element)} ${words}`;
    if (words === "" || name === over.current?.name) return;
    end();
    const box = picture.current?.getBoundingClientRect();
    const at = { x: clientX - (box?.left ?? 0), y: clientY - (box?.top ?? 0) };
    const timer = window.setTimeout(() => setTip({ words, ...at, waits }), waits ? delayFlying : delayMillis);
    over.current = { name, timer };
  }

  function onPointerMove(event: PointerEvent): void {
    if (event.pointerType === "touch" || event.buttons !== 0) return;
    const element = told(event.target) ?? drawnAt(event);
    if (element === null) end();
    else begin(element, event.clientX, event.clientY, nameOf(element).includes("#"));
  }
  function onFocus({ target }: FocusEvent): void {
    if (!target.matches(":focus-visible")) return;
    const { right, top } = target.getBoundingClientRect();
    begin(target, right, top, false);
  }
  return { tip, end, handlers: { onPointerMove, onPointerLeave: end, onFocus, onBlur: end } };
}

const nameOf = (element: Element): string => element.closest("[data-pick]")?.getAttribute("data-pick") ?? "";

/** A part of a mark may have words of its own. */
const told = (target: EventTarget): Element | null =>
  target instanceof Element ? target.closest("[data-tip], [role=button][aria-label]") : null;

/** What it is called, and what there is to say of it. */
const wordsOf = (element: Element): string =>
  [element.getAttribute("aria-label"), element.getAttribute("data-tip")].filter((part) => part !== null).join(". ");
