import { Menu } from "@base-ui/react/menu";
import { ChevronRight, CloudLightning } from "lucide-react";
import type { ReactElement } from "react";
import { fitting, useCatalogue } from "../../../store/fault-catalogue.ts";
import { type FaultTarget, page } from "../../../store/page.ts";
import type { FaultView } from "../../../worker/protocol/faults.ts";
import { FaultIcon } from "../../kit/faults/glyphs.tsx";
import "./fault-menu.css";

/**
 * What can go wrong with a server or a link, by kind; each opens its form. It has its place also before the worker has
 * told of them: a row that came later would move the others under the pointer.
 */
export function FaultMenu({ on }: { readonly on: NonNullable<FaultTarget> }): ReactElement {
  const catalogue = useCatalogue();
  const faults = fitting(catalogue ?? [], on.kind);
  const groups = [...new Set(faults.map(({ group }) => group))];
  return (
    <Menu.SubmenuRoot>
      <Menu.SubmenuTrigger className="stage-menu-item" disabled={catalogue === null}>
        <CloudLightning size={16} strokeWidth={1.8} aria-hidden="true" />
        <span className="stage-menu-words">Faults</span>
        <ChevronRight size={16} strokeWidth={1.8} aria-hidden="true" />
      </Menu.SubmenuTrigger>
      <Menu.Portal container={document.querySelector("main")}>
        <Menu.Positioner className="stage-menu-place" positionMethod="fixed" collisionPadding={8}>
          <Menu.Popup className="stage-menu fault-menu">
            {groups.map((group) => (
              <Menu.Group key={group}>
                <Menu.GroupLabel className="ui-heading fault-menu-group">{group}</Menu.GroupLabel>
                {faults.filter((fault) => fault.group === group).map((fault) => row(fault, on))}
              </Menu.Group>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.SubmenuRoot>
  );
}

const row = ({ name, title }: FaultView, on: NonNullable<FaultTarget>): ReactElement => (
  <Menu.Item key={name} className="stage-menu-item" onClick={() => page.openFault(name, on)}>
    <FaultIcon name={name} />
    <span className="stage-menu-words">{title} …</span>
  </Menu.Item>
);
