import { type ReactElement, useLayoutEffect, useRef, useState } from "react";
import { tellPlaced } from "../kit/placed.ts";
import type { BoxName } from "./arrangements.ts";

/** Elements in which React draws the parts of the page, and which are put wherever an arrangement has them. */
export type Boxes = Readonly<Record<BoxName, HTMLElement>>;

export function useBoxes(): Boxes {
  const [boxes] = useState(() => ({ picture: newBox(), panes: newBox(), inspector: newBox() }));
  return boxes;
}

function newBox(): HTMLElement {
  const box = document.createElement("div");
  box.className = "app-box";
  return box;
}

/** Takes the box over from where it stood before: what lives in it goes on as it was. */
export function Place({ box }: { readonly box: HTMLElement }): ReactElement {
  const here = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    here.current?.append(box);
    tellPlaced();
  }, [box]);
  return <div className="app-box" ref={here} />;
}
