import { useSyncExternalStore } from "react";

const query = "(prefers-reduced-motion: reduce)";

/** True if the reader wants things to jump rather than glide. */
export function useStill(): boolean {
  return useSyncExternalStore(subscribe, () => window.matchMedia(query).matches);
}

function subscribe(changed: () => void): () => void {
  const media = window.matchMedia(query);
  media.addEventListener("change", changed);
  return () => media.removeEventListener("change", changed);
}
