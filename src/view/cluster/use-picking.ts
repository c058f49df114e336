import { type KeyboardEvent, type MouseEvent, type RefObject, useCallback, useRef, useState } from "react";
import type { Point } from "../../paint/curve.ts";
import { isStanding, readSelection, selectionText } from "../../store/session/selection.ts";
import { lab } from "../../store/use-lab.ts";
import type { MenuTarget } from "./menu.tsx";

export const loadMenu = () => import("./menu.tsx");
/** What does not come now is asked for again, and missed, when the menu opens. */
const loadAhead = (): void => void loadMenu().catch(() => {});

/** The mark of what is drawn there without being an element; null if there is nothing. */
export type DrawnAt = (event: { readonly clientX: number; readonly clientY: number }) => Element | null;

/** Picking by press, right click and Enter: selects what is under it and opens its menu there. */
export function usePicking(picture: RefObject<SVGSVGElement | null>, dragged: () => boolean, drawnAt: DrawnAt) {
  const { menu, menuUsed, closeMenu, pick } = useMenu();
  const openAtPress = useRef<string | null>(null);
  /** Marks lie over messages that are only drawn, and these over links. */
  function under(event: MouseEvent): Element | null {
    const element = picked(event.target);
    return element?.getAttribute("role") === "button" ? element : (drawnAt(event) ?? element);
  }
  function onClick(event: MouseEvent): void {
    if (dragged()) return;
    const element = under(event);
    // A press that closed a menu does nothing else.
    if (element === null) {
      if (openAtPress.current === null) lab.select(null);
    } else if (element.getAttribute("data-pick") !== openAtPress.current) pick(element, placeOf(event));
  }
  function onContextMenu(event: MouseEvent): void {
    const element = under(event);
    if (element === null) return;
    event.preventDefault();
    pick(element, placeOf(event));
  }
  function onKeyDown(event: KeyboardEvent): void {
    const element = picked(event.target);
    if (element === null || event.key !== "Enter") return;
    event.preventDefault();
    pick(element, null);
  }
  /** A press outside closes an open menu before the click arrives: the click on its own owner must not open it again. */
  function onPointerDownCapture(): void {
    openAtPress.current = menu === null ? null : selectionText(menu.target);
  }
  const focusAfter = useCallback(() => focusSelected(picture.current), [picture]);
  return {
    menu,
    menuUsed,
    closeMenu,
    focusAfter,
    handlers: { onClick, onContextMenu, onKeyDown, onPointerDownCapture, onPointerEnter: loadAhead },
  };
}

/** The menu that is open, and how a mark is picked: at the pointer where a link is meant, else at its outline. */
function useMenu() {
  const [menu, setMenu] = useState<MenuTarget | null>(null);
  const [menuUsed, setMenuUsed] = useState(false);
  const closeMenu = useCallback(() => setMenu(null), []);
  function pick(element: Element, pointer: Point | null): void {
    const name = element.getAttribute("data-pick") ?? "";
    const target = readSelection(name);
    if (!isStanding(target)) return;
    lab.select(target);
    const onLink = target.kind === "link" && pointer !== null;
    const anchor = onLink ? new DOMRect(pointer.x, pointer.y, 0, 0) : outline(element).getBoundingClientRect();
    setMenuUsed(true);
    setMenu({
      target,
      anchor,
      side: target.kind === "server" ? outerSide(element, anchor) : "bottom",
      title: target.kind === "link" ? name.replace(">", " to ") : name.replace(">", " to ").replace("#", ", no. "),
    });
  }
  return { menu, menuUsed, closeMenu, pick };
}

/** Narrower stages have no room beside a server. */
const besideFrom = 620;

function outerSide(element: Element, anchor: DOMRect): MenuTarget["side"] {
  const stage = element.closest("svg")?.getBoundingClientRect();
  if (stage === undefined || stage.width < besideFrom) return "bottom";
  return anchor.x + anchor.width / 2 < stage.x + stage.width / 2 - 1 ? "left" : "right";
}

const placeOf = (event: MouseEvent): Point => ({ x: event.clientX, y: event.clientY });

function focusSelected(marks: SVGSVGElement | null): void {
  const selected = marks?.querySelector<SVGElement>('[aria-current="true"]');
  (selected ?? marks?.querySelector<SVGElement>('[tabindex="0"]'))?.focus();
}

/** The drawn outline of a mark: its group also holds larger, invisible things. */
function outline(element: Element): Element {
  return element.querySelector(".stage-outline") ?? element;
}

/** The mark that an event happened on: marks carry the name that picks them. */
export function picked(target: EventTarget): Element | null {
  return target instanceof Element ? target.closest("[data-pick]") : null;
}
