import { useRef } from "react";
import type { Extent } from "./axis.ts";

/** An axis of what `key` names, which `grow` may only make longer; `empty` while `grow` knows nothing. */
export function useExtent(key: string, empty: Extent, grow: (before: Extent | null) => Extent | null): Extent {
  const held = useRef<{ readonly key: string; readonly extent: Extent } | null>(null);
  const before = held.current?.key === key ? held.current.extent : null;
  const extent = grow(before);
  if (extent !== null) held.current = { key, extent };
  return extent ?? before ?? empty;
}
