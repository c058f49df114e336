import { Menu } from "@base-ui/react/menu";
import { ChevronRight, Wrench } from "lucide-react";
import { type ReactElement, useEffect, useRef } from "react";
import { type ActionItem, actionsFor } from "../../store/actions/table.ts";
import type { Standing } from "../../store/lab.ts";
import { session, useLab } from "../../store/use-lab.ts";
import { hotkeyParts } from "../kit/keys.ts";
import { FaultMenu } from "./faults/fault-menu.tsx";
import "./menu.css";

/** What a menu is open for, and where: a box in the coordinates of the window. */
export interface MenuTarget {
  readonly target: Standing;
  readonly title: string;
  readonly anchor: DOMRect;
  /** Where it opens: of a server on the outer side of the ring, so that its neighbours stay in sight. */
  readonly side: "left" | "right" | "bottom";
}

interface Props {
  readonly menu: MenuTarget | null;
  readonly onClose: () => void;
  /** Puts the focus back on what the menu was for. */
  readonly focusAfter: () => void;
}

/** What can be done to the thing that was picked, from the action table. */
export function StageMenu({ menu, onClose, focusAfter }: Props): ReactElement {
  // While it fades out it still shows what it was opened for.
  const last = useRef(menu);
  if (menu !== null) last.current = menu;
  const shown = menu ?? last.current;
  // The library gives the focus back to HTML elements only, and the stage is SVG.
  const finalFocus = (): false => {
    const focused = document.activeElement;
    if (focused === document.body || focused?.closest("[role=menu]")) queueMicrotask(focusAfter);
    return false;
  };
  const isOpen = menu !== null;
  useHeldTime(isOpen);
  // What it stands beside goes elsewhere in a window of another size.
  useEffect(() => {
    if (!isOpen) return;
    addEventListener("resize", onClose);
    return () => removeEventListener("resize", onClose);
  }, [isOpen, onClose]);
  return (
    <Menu.Root open={isOpen} onOpenChange={(open) => !open && onClose()} modal={false}>
      <Menu.Portal container={document.querySelector("main")}>
        {shown !== null && (
          <Menu.Positioner
            className="stage-menu-place"
            anchor={{ getBoundingClientRect: () => shown.anchor }}
            positionMethod="fixed"
            side={shown.side}
            sideOffset={8}
            collisionPadding={8}
          >
            <Menu.Popup className="stage-menu" aria-label={shown.title} finalFocus={finalFocus}>
              <div className="stage-menu-title">{shown.title}</div>
              <Items target={shown.target} open={menu !== null} onGone={onClose} />
            </Menu.Popup>
          </Menu.Positioner>
        )}
      </Menu.Portal>
    </Menu.Root>
  );
}

/** Time stands while a menu is open: what is chosen is done at the moment that is seen, and no message arrives before it is read about. */
function useHeldTime(hold: boolean): void {
  useEffect(() => (hold ? session.holdTime() : undefined), [hold]);
}

interface ItemsProps {
  readonly target: Standing;
  readonly open: boolean;
  readonly onGone: () => void;
}

function Items({ target, open, onGone }: ItemsProps): ReactElement {
  const items = actionsFor(
    target,
    useLab((state) => state),
  );
  const gone = open && items.length === 0;
  useEffect(() => {
    if (gone) onGone();
  }, [gone, onGone]);
  const operations = items.filter((item) => item.group === "Operations");
  return (
    <>
      <Rows items={items.filter((item) => item.group !== "Operations")} />
      {target.kind !== "message" && <FaultMenu on={target} />}
      {operations.length > 0 && <Operations items={operations} />}
    </>
  );
}

/** What is done seldom stands one menu further: the first one fits on a phone. */
function Operations({ items }: { readonly items: readonly ActionItem[] }): ReactElement {
  return (
    <Menu.SubmenuRoot>
      <Menu.SubmenuTrigger className="stage-menu-item">
        <Wrench size={16} strokeWidth={1.8} aria-hidden="true" />
        <span className="stage-menu-words">Snapshot, options, members</span>
        <ChevronRight size={16} strokeWidth={1.8} aria-hidden="true" />
      </Menu.SubmenuTrigger>
      <Menu.Portal container={document.querySelector("main")}>
        <Menu.Positioner className="stage-menu-place" positionMethod="fixed" collisionPadding={8}>
          <Menu.Popup className="stage-menu">
            <Rows items={items} />
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.SubmenuRoot>
  );
}

function Rows({ items }: { readonly items: readonly ActionItem[] }): ReactElement {
  return (
    <>
      {items.map((item) => (
        <Menu.Item key={item.id} className="stage-menu-item" disabled={!item.enabled} onClick={() => item.run()}>
          <item.icon size={16} strokeWidth={1.8} aria-hidden="true" />
          <span className="stage-menu-words">
            {item.label}
            {item.disabledReason !== undefined && <small>{item.disabledReason}</small>}
          </span>
          {item.hotkey !== undefined && (
            <kbd className="ui-desk stage-menu-key">{hotkeyParts(item.hotkey).join(" ")}</kbd>
          )}
        </Menu.Item>
      ))}
    </>
  );
}
