import { type RefObject, useEffect } from "react";

/** Marks an element that scrolls sideways with the edges behind which there is more (`ui-edges` fades those). */
export function useEdges(ref: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const note = (): void => {
      const { scrollLeft, clientWidth, scrollWidth } = element;
      element.toggleAttribute("data-before", scrollLeft > 1);
      element.toggleAttribute("data-after", scrollLeft + clientWidth < scrollWidth - 1);
    };
    const observer = new ResizeObserver(note);
    for (const each of [element, ...element.children]) observer.observe(each);
    const changes = new MutationObserver(note);
    changes.observe(element, { childList: true, subtree: true, characterData: true });
    element.addEventListener("scroll", note, { passive: true });
    note();
    return () => {
      observer.disconnect();
      changes.disconnect();
      element.removeEventListener("scroll", note);
    };
  }, [ref]);
}
