import { Menu } from "@base-ui/react/menu";
import { EllipsisVertical } from "lucide-react";
import { useAction } from "./use-action.ts";
import "./main-menu.css";

const rowIds = [
  "learn",
  "scenarios",
  "experiments",
  "break-raft",
  "find-counterexample",
  "settings",
  "palette",
  "restart-run",
  "save-file",
  "open-file",
  "theme",
  "help",
] as const;

/** Where there is no room for buttons: the run's and the page's actions behind one. */
export function MainMenu() {
  return (
    <Menu.Root>
      <Menu.Trigger className="ui-icon-button" aria-label="More">
        <EllipsisVertical size={20} strokeWidth={1.8} aria-hidden="true" />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner className="main-menu-place" align="end" sideOffset={4} collisionPadding={8}>
          <Menu.Popup className="main-menu-list">
            {rowIds.map((id) => (
              <Row key={id} id={id} />
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

function Row({ id }: { readonly id: string }) {
  const item = useAction(id);
  if (item === undefined) return null;
  const Icon = item.icon;
  return (
    <Menu.Item className="main-menu-item" disabled={!item.enabled} onClick={item.run}>
      <Icon size={16} strokeWidth={1.8} aria-hidden="true" />
      {item.label}
    </Menu.Item>
  );
}
