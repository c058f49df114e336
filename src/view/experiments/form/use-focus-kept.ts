import { type RefObject, useEffect, useRef } from "react";

const stops = "[data-kept]";

/**
 * Focus stays in its list when the element that had it is gone: it goes to what then stands in its place. `list` changes
 * whenever the list may have; elements that may go, and those that stay behind them, have `data-kept`.
 */
export function useFocusKept<Box extends HTMLElement>(
  list: unknown,
): {
  readonly box: RefObject<Box | null>;
  /** The element is going to be gone. */
  leave(element: Element): void;
} {
  const box = useRef<Box>(null);
  const place = useRef<number | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the list is what is waited for
  useEffect(() => {
    const at = place.current;
    place.current = null;
    if (at === null || (document.activeElement !== null && document.activeElement !== document.body)) return;
    const all = stopsIn(box.current);
    all[Math.min(at, all.length - 1)]?.focus();
  }, [list]);
  return {
    box,
    leave(element) {
      const at = stopsIn(box.current).indexOf(element as HTMLElement);
      place.current = at < 0 ? null : at;
    },
  };
}

const stopsIn = (box: HTMLElement | null): readonly HTMLElement[] => [
  ...(box?.querySelectorAll<HTMLElement>(stops) ?? []),
];
