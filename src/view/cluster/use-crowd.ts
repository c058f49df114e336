import { type PointerEvent, type RefObject, useCallback, useMemo, useRef, useState } from "react";
import { flushSync } from "react-dom";
import type { Frame } from "../../worker/protocol/frame.ts";
import { useLater } from "../kit/use-later.ts";
import type { Hit } from "./crowd.tsx";
import { loadAfter } from "./use-after.ts";
import { startPainter } from "./use-painter.ts";
import { type DrawnAt, picked } from "./use-picking.ts";

/** Where nobody paints, what moves stays elements. */
async function loadCrowd() {
  const [{ Crowd }, started] = await Promise.all([loadAfter(), startPainter()]);
  return { Crowd: started ? Crowd : undefined };
}

/** What moves is painted while the run plays, and which of the messages is pointed at then. */
export function useCrowd(playing: boolean, picture: RefObject<SVGSVGElement | null>) {
  const Crowd = useLater("picture of what moves", loadCrowd)?.Crowd;
  const [painted, setPainted] = useState(false);
  const [pointed, setPointed] = useState<string | null>(null);
  const hit = useRef<Hit>(() => null);
  const shown = playing && painted;

  const drawnAt = useCallback<DrawnAt>(
    (event) => {
      const box = picture.current?.getBoundingClientRect();
      const at = shown && box !== undefined;
      const id = at ? hit.current(event.clientX - box.left, event.clientY - box.top) : null;
      if (id === null) return null;
      flushSync(() => setPointed(id));
      return picture.current?.querySelector(`[role="button"][data-pick="${CSS.escape(id)}"]`) ?? null;
    },
    [picture, shown],
  );
  /** What the pointer comes to becomes an element, with all that elements have. */
  const onPointerMove = useCallback(
    (event: PointerEvent) => {
      if (picked(event.target)?.getAttribute("role") !== "button") drawnAt(event);
    },
    [drawnAt],
  );
  return { Crowd, shown, onPainted: setPainted, hit, pointed, drawnAt, onPointerMove };
}

/** While the messages are painted: what has the pointer, the keyboard or the selection, and what waits for somebody's decision. */
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
