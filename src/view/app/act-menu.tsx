import { Menu } from "@base-ui/react/menu";
import { Command } from "lucide-react";
import type { ReactElement } from "react";
import { page } from "../../store/page.ts";
import { ActFace } from "./act-face.tsx";
import { useActs } from "./acts.ts";
import { useAct } from "./bar-button.tsx";
import type { BarItem } from "./bar-face.tsx";
import "./main-menu.css";

/** Where there is no room for a row of buttons: what can be done to the cluster, behind one; nothing where nothing can. */
export function ActMenu(): ReactElement | null {
  const acts = useActs();
  if (acts.length === 0) return null;
  return (
    <Menu.Root>
      <Menu.Trigger render={<ActFace />} />
      <Menu.Portal>
        <Menu.Positioner className="main-menu-place" side="top" align="end" sideOffset={6} collisionPadding={8}>
          <Menu.Popup className="main-menu-list">
            {acts.map((item) => (
              <Row key={item.id} item={item} />
            ))}
            <Menu.Item className="main-menu-item" onClick={() => page.openDialog("palette")}>
              <Command size={16} strokeWidth={1.8} aria-hidden="true" />
              All commands
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

function Row({ item }: { readonly item: BarItem }): ReactElement | null {
  const action = useAct(item);
  if (action === undefined) return null;
  const Icon = item.icon;
  return (
    <Menu.Item className="main-menu-item" disabled={!action.enabled} title={action.disabledReason} onClick={action.run}>
      <Icon size={16} strokeWidth={1.8} aria-hidden="true" />
      {item.label ?? action.label}
    </Menu.Item>
  );
}
