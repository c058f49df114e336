import { type ReactElement, type RefObject, useEffect, useLayoutEffect, useRef } from "react";
import { labState, usePanelLab } from "../../store/use-lab.ts";
import { Worded } from "../kit/worded/worded.tsx";
import { mayFlash } from "./flash.ts";

/** By how many events the newest frame moved. One page has one run, so one number is enough. */
let lastMove = 0;

/** Notes how far each frame moves. Stands before every `Value`, so that its effect runs first. */
export function FrameWatch(): null {
  const event = usePanelLab("inspector", (state) => state.frame?.position.event ?? 0);
  const before = useRef(event);
  useLayoutEffect(() => {
    lastMove = event - before.current;
    before.current = event;
    takePatches();
  }, [event]);
  return null;
}

/** The parts of the inspector that are scrolled out of sight: what changes there need not draw an eye. */
const outOfSight = new WeakSet<Element>();
const watch = new IntersectionObserver((parts) => {
  for (const { target, isIntersecting } of parts)
    if (isIntersecting) outOfSight.delete(target);
    else outOfSight.add(target);
});

/** Values in the part, an `.inspector-section`, flash only while something of it can be seen. */
export function useSight(part: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = part.current;
    if (element === null) return;
    watch.observe(element);
    return () => watch.unobserve(element);
  }, [part]);
}

function isInSight(value: HTMLElement): boolean {
  const part = value.closest(".inspector-section");
  return part === null || !outOfSight.has(part);
}

/** A value that flashes once when it changes. Give it a `key` that names whose value it is. */
export function Value({ children }: { readonly children: string | number }): ReactElement {
  const span = useRef<HTMLSpanElement>(null);
  const shown = useRef(children);
  const changedAt = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    if (shown.current === children) return;
    shown.current = children;
    const { playing, speed } = labState();
    const now = performance.now();
    const rested = now - changedAt.current;
    changedAt.current = now;
    const element = span.current;
    if (element !== null && mayFlash(playing, speed, lastMove, rested) && isInSight(element)) flash(element);
  }, [children]);
  return (
    <span ref={span} className="inspector-value">
      {typeof children === "string" ? <Worded text={children} quiet /> : children}
    </span>
  );
}

const still = window.matchMedia("(prefers-reduced-motion: reduce)");

/** The values that have a patch, and how it fades. */
const patches = new Map<HTMLElement, Animation>();

/** Takes away the patches that have faded, with a change that is painted anyway: each costs something in every paint. */
function takePatches(): void {
  for (const [element, { playState }] of patches) {
    if (playState === "running") continue;
    element.classList.remove("inspector-flash");
    patches.delete(element);
  }
}

/**
 * Only the opacity of a patch behind the value changes: that costs the main thread nothing. Not an animation of the
 * style sheet: to start one again the page has to be laid out in between, and React is told of its beginning and end.
 */
function flash(element: HTMLElement): void {
  if (still.matches) return;
  element.classList.add("inspector-flash");
  const fade = { duration: 900, easing: "ease-out", pseudoElement: "::before" };
  patches.set(element, element.animate([{ opacity: 1 }, { opacity: 0 }], fade));
}
