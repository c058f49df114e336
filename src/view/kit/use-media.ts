import { useCallback, useMemo, useSyncExternalStore } from "react";
import { embed } from "../../store/embed.ts";

/** Whether the media query holds now; renders again when that changes. */
export function useMedia(query: string): boolean {
  const list = useMemo(() => matchMedia(query), [query]);
  const follow = useCallback(
    (changed: () => void) => {
      list.addEventListener("change", changed);
      return () => list.removeEventListener("change", changed);
    },
    [list],
  );
  return useSyncExternalStore(follow, () => list.matches);
}

/** A laptop's height: the picture has what all else can do without. Style sheets ask for the same. */
export const useLow = (): boolean => useMedia("(min-width: 1000px) and (max-height: 760px)");
/** Where it is low: the acts have room in the line of the tabs, the longest of them too ("Reconnect S4"). */
export const useActsBesideTabs = (): boolean => useMedia("(min-width: 1240px) and (max-height: 760px)");

export type Arrangement = "wide" | "tall" | "flat" | "frame";

/**
 * `wide`: a desktop, everything at once. `tall`: a phone or tablet, the picture above and a sheet below. `flat`: a
 * phone on its side or a page at 200 %, the picture left and the sheet right. `frame`: a window so small that only the
 * picture has room, or in a frame of another page that wants it so.
 */
export function useArrangement(): Arrangement {
  const wide = useMedia("(min-width: 1000px)");
  const flat = useMedia("(min-width: 560px) and (max-height: 559px)");
  const frame = useMedia("(max-width: 660px) and (max-height: 420px)");
  if (embed !== null) return "frame";
  if (wide) return "wide";
  if (frame) return "frame";
  return flat ? "flat" : "tall";
}
