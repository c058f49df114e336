import type { ReactElement } from "react";
import { Group, Panel, Separator, useDefaultLayout } from "react-resizable-panels";
import { pageStorage } from "../../store/page.ts";
import type { Side, Split } from "./arrangements.ts";
import { type Boxes, Place } from "./boxes.tsx";
import { layoutId } from "./fixed-split.tsx";

interface Props {
  readonly split: Split;
  readonly boxes: Boxes;
}

/** A split whose handle can be dragged; it remembers the sizes that the reader gave it. */
export function DraggableSplit({ split, boxes }: Props): ReactElement {
  const { way, handle, sides } = split;
  const layout = useDefaultLayout({ id: layoutId(split), storage: pageStorage, onlySaveAfterUserInteractions: true });
  return (
    <Group orientation={way} disableCursor {...layout}>
      {panel(sides[0], boxes)}
      <Separator className={handle.className} aria-label={handle.label} />
      {panel(sides[1], boxes)}
    </Group>
  );
}

/** Not a component: the group looks at its own children. */
function panel({ id, size, min, max, fixed, holds }: Side, boxes: Boxes): ReactElement {
  return (
    <Panel
      id={id}
      {...(size !== undefined && { defaultSize: size })}
      minSize={min}
      {...(max !== undefined && { maxSize: max })}
      {...(fixed && { groupResizeBehavior: "preserve-pixel-size" as const })}
    >
      {typeof holds === "string" ? <Place box={boxes[holds]} /> : <DraggableSplit split={holds} boxes={boxes} />}
    </Panel>
  );
}
