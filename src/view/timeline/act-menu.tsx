import { Menu } from "@base-ui/react/menu";
import { CornerDownRight, ListOrdered, type LucideIcon, Pencil, Trash2 } from "lucide-react";
import type { ReactElement } from "react";
import { page } from "../../store/page.ts";
import { labState, session } from "../../store/use-lab.ts";
import { formatTime } from "../kit/words/time.ts";
import { goTo, type Picked } from "./use-pointer.ts";
import "./act-menu.css";

interface Props {
  readonly pick: Picked;
  /** Where its mark stands in the window now. */
  readonly placeOfMark: () => DOMRect;
  /** The landmark that the menu belongs to. */
  readonly home: HTMLElement | null;
  /** What gets the focus back. */
  readonly slider: HTMLElement | null;
  readonly onClose: () => void;
}

/** What can be done with an act of the past: its mark was clicked, or is the nearest one to where the slider stands. */
export function ActMenu({ pick, placeOfMark, home, slider, onClose }: Props): ReactElement {
  const { act, at, event, label } = pick;
  const isHere = labState().frame?.position.event === event;
  return (
    <Menu.Root open onOpenChange={(open) => !open && onClose()} modal={false}>
      <Menu.Portal container={home}>
        <Menu.Positioner
          className="transport-layer"
          anchor={{ getBoundingClientRect: placeOfMark }}
          side="top"
          sideOffset={4}
          collisionPadding={8}
        >
          <Menu.Popup className="transport-popup transport-menu" aria-label={label} finalFocus={{ current: slider }}>
            <div className="transport-menu-title">
              {label} <span className="transport-menu-time">{formatTime(at)}</span>
            </div>
            {!isHere && <Item icon={CornerDownRight} text="Go there" onClick={() => goTo(pick)} />}
            <Item icon={Pencil} text="Edit it …" onClick={() => page.openActs(act)} />
            <Item icon={Trash2} text="Take it out" onClick={() => void takeOut(act)} />
            <Menu.Separator className="transport-rule" />
            <Item icon={ListOrdered} text="All acts …" onClick={() => page.openActs(null)} />
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

async function takeOut(place: number): Promise<void> {
  const refused = await session.edit({ place, instead: null });
  if (refused !== null) session.notify(refused);
}

interface ItemProps {
  readonly icon: LucideIcon;
  readonly text: string;
  onClick(): void;
}
function Item({ icon: Icon, text, onClick }: ItemProps): ReactElement {
  return (
    <Menu.Item className="transport-item" onClick={onClick}>
      <Icon size={16} strokeWidth={1.8} aria-hidden="true" />
      {text}
    </Menu.Item>
  );
}
