import type { CSSProperties, ReactElement } from "react";
import { pageStorage } from "../../store/page.ts";
import type { Side, Split } from "./arrangements.ts";
import { type Boxes, Place } from "./boxes.tsx";

interface Props {
  readonly split: Split;
  readonly boxes: Boxes;
}

/** A split as it stands before its handle can be dragged: at the sizes that it will have then. */
export function FixedSplit({ split, boxes }: Props): ReactElement {
  const { way, handle, sides } = split;
  const [first, second] = sides;
  const known = remembered(split);
  return (
    <div className="app-split" data-way={way}>
      <div style={sizeOf(first, split, known)}>{contents(first, boxes)}</div>
      <div className={handle.className} />
      <div style={sizeOf(second, split, known)}>{contents(second, boxes)}</div>
    </div>
  );
}

function contents({ holds }: Side, boxes: Boxes): ReactElement {
  return typeof holds === "string" ? <Place box={boxes[holds]} /> : <FixedSplit split={holds} boxes={boxes} />;
}

/** Under which the panels of a split keep the shares that the reader gave them. */
export const layoutId = (split: Split): string => `driftwood-${split.id}`;

/** Percent of each side, as react-resizable-panels wrote them. */
function remembered(split: Split): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(pageStorage.getItem(`react-resizable-panels:${layoutId(split)}`) ?? "{}") ?? {};
  } catch {
    return {};
  }
}

function sizeOf(side: Side, { way, sides }: Split, known: Readonly<Record<string, unknown>>): CSSProperties {
  const { min, max } = side;
  const limits = way === "horizontal" ? { minWidth: min, maxWidth: max } : { minHeight: min, maxHeight: max };
  const share = known[side.id];
  return { ...limits, flex: typeof share === "number" ? `${share} 1 0` : flexOf(side, sides) };
}

function flexOf({ size }: Side, sides: Split["sides"]): string {
  if (size?.endsWith("px")) return `0 0 ${size}`;
  if (size !== undefined) return `${Number.parseFloat(size)} 1 0`;
  const rest = sides.reduce((left, { size }) => (size?.endsWith("%") ? left - Number.parseFloat(size) : left), 100);
  return `${rest} 1 0`;
}
