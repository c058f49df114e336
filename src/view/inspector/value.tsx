import { type ReactElement, useEffect, useLayoutEffect, useRef } from "react";
import { labState, usePanelLab } from "../../store/use-lab.ts";
import { flashPause, mayFlash } from "./flash.ts";

/** By how many events the newest frame moved. One page has one run, so one number is enough. */
let lastMove = 0;

/** Notes how far each frame moves. Stands before every `Value`, so that its effect runs first. */
export function FrameWatch(): null {
  const event = usePanelLab("inspector", (state) => state.frame?.position.event ?? 0);
  const before = useRef(event);
  useLayoutEffect(() => {
    lastMove = event - before.current;
    before.current = event;
  }, [event]);
  return null;
}

/** A value that flashes once when it changes. Give it a `key` that names whose value it is. */
export function Value({ children }: { readonly children: string | number }): ReactElement {
  const span = useRef<HTMLSpanElement>(null);
  const shown = useRef(children);
  const flashedAt = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    if (shown.current === children) return;
    shown.current = children;
    const { playing, speed } = labState();
    const now = performance.now();
    if (span.current === null || now - flashedAt.current < flashPause || !mayFlash(playing, speed, lastMove)) return;
    flashedAt.current = now;
    restartAnimation(span.current);
  }, [children]);
  return (
    <span ref={span} className="inspector-value">
      {children}
    </span>
  );
}

function restartAnimation(element: HTMLElement): void {
  element.classList.remove("inspector-flash");
  // Reading a measure makes the browser notice that the class was gone.
  void element.offsetWidth;
  element.classList.add("inspector-flash");
}
