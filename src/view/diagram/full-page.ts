import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";

interface FullPage {
  /** Where the box stands otherwise. */
  readonly here: RefObject<HTMLDivElement | null>;
  /** Into it a part of the page is drawn. */
  readonly box: HTMLElement;
  readonly full: boolean;
  readonly setFull: (full: boolean) => void;
}

/**
 * A box that can fill the page, all but its bars: what lives in it goes on as it was. Escape brings it back. It has to leave its place
 * for that: panes keep what is in them inside.
 */
export function useFullPage(className: string): FullPage {
  const here = useRef<HTMLDivElement>(null);
  const [full, setFull] = useState(false);
  const [box] = useState(() => {
    const made = document.createElement("div");
    made.className = className;
    return made;
  });
  useLayoutEffect(() => {
    const main = document.querySelector("main");
    if (!full || main === null) {
      here.current?.append(box);
      return;
    }
    const focused = document.activeElement;
    document.body.append(box);
    if (focused instanceof HTMLElement && box.contains(focused)) focused.focus();
    // What is covered cannot be reached.
    main.inert = true;
    const cover = (): void => {
      const { top, left, width, height } = main.getBoundingClientRect();
      Object.assign(box.style, { position: "fixed", top: `${top}px`, left: `${left}px` });
      Object.assign(box.style, { width: `${width}px`, height: `${height}px`, zIndex: "5" });
    };
    cover();
    const observer = new ResizeObserver(cover);
    observer.observe(main);
    return () => {
      observer.disconnect();
      main.inert = false;
      box.removeAttribute("style");
    };
  }, [box, full]);
  // It goes with whoever drew it.
  useEffect(() => () => box.remove(), [box]);
  useEffect(() => {
    if (!full) return;
    const press = (event: KeyboardEvent): void => {
      const inner = event.target instanceof Element && event.target.closest("[role=dialog], [role=menu]") !== null;
      if (event.key !== "Escape" || inner) return;
      event.preventDefault();
      event.stopPropagation();
      setFull(false);
    };
    window.addEventListener("keydown", press, { capture: true });
    return () => window.removeEventListener("keydown", press, { capture: true });
  }, [full]);
  return { here, box, full, setFull };
}
