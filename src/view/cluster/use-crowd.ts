import { type PointerEvent, type RefObject, useCallback, useMemo, useRef, useState } from "react";
import { flushSync } from "react-dom";
import type { Frame } from "../../worker/protocol/frame.ts";
import { useLater } from "../kit/use-later.ts";
import type { Hit } from "./crowd.tsx";
import { type DrawnAt, picked } from "./use-picking.ts";

const loadCrowd = () => import("./crowd.tsx");
/** Messages under way from which on they are drawn on a canvas, and below which they are elements again. */
const manyFrom = 80;
const manyUntil = 50;

/** Whether the messages are a crowd that is drawn on a canvas, and which of them is pointed at then. */
export function useCrowd(frame: Frame, moving: boolean, picture: RefObject<SVGSVGElement | null>) {
  const Crowd = useLater("picture of many messages", loadCrowd)?.Crowd;
  const was = useRef(false);
  const many = moving && frame.messages.length > (was.current ? manyUntil : manyFrom);
  was.current = many;
  const [pointed, setPointed] = useState<string | null>(null);
  const hit = useRef<Hit>(() => null);

  const drawnAt = useCallback<DrawnAt>(
    (event) => {
      const box = picture.current?.getBoundingClientRect();
      const id = box === undefined ? null : hit.current(event.clientX - box.left, event.clientY - box.top);
      if (id === null) return null;
      flushSync(() => setPointed(id));
      return picture.current?.querySelector(`[role="button"][data-pick="${CSS.escape(id)}"]`) ?? null;
    },
    [picture],
  );
  /** What the pointer comes to becomes an element, with all that elements have. */
  const onPointerMove = useCallback(
    (event: PointerEvent) => {
      if (picked(event.target)?.getAttribute("role") !== "button") drawnAt(event);
    },
    [drawnAt],
  );
  return { Crowd: many ? Crowd : undefined, hit, pointed, drawnAt, onPointerMove };
}

/** Of a crowd: what has the pointer, the keyboard or the selection, and what waits for somebody's decision. */
export function useApart(
  { messages }: Frame,
  pointed: string | null,
  selected: string,
  focusable: string,
): readonly string[] {
  const waiting = messages.filter(({ dueAt }) => dueAt === null).map(({ id }) => id);
  const names = [...new Set([pointed ?? "", selected, focusable, ...waiting])].join();
  return useMemo(() => names.split(","), [names]);
}
