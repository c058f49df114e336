import { useMemo } from "react";
import type { Micros } from "../../base/units.ts";
import { useLab } from "../../store/use-lab.ts";
import { useShownWindow } from "../../store/window.ts";
import type { Bookmark } from "../../worker/protocol/run.ts";
import { axisLength, type Scale, wholeAxis } from "./scale.ts";

const noBookmarks: readonly Bookmark[] = [];

/** Length of the axis that the whole run has; changes in steps only, so that playing does not render. */
export function useAxisLength(): Micros {
  const bookmarks = useLab((state) => state.info?.bookmarks) ?? noBookmarks;
  const lastBookmark = bookmarks.reduce((latest, bookmark) => Math.max(latest, bookmark.at), 0);
  const told = useLab((state) => state.info?.told !== undefined);
  const lengthOf = told ? wholeAxis : axisLength;
  return useLab((state) => lengthOf(Math.max(lastBookmark, state.frame?.end.at ?? 0, state.frame?.position.at ?? 0)));
}

/** The timeline's axis, `width` pixels wide: all of the run, or a window of it. */
export function useWindow(length: Micros, width: number): Scale {
  const window = useShownWindow((state) => state.window);
  return useMemo(
    () => ({ from: window?.from ?? 0, to: window?.to ?? length, width: Math.max(1, width) }),
    [window, length, width],
  );
}
