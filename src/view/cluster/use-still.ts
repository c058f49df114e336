import { useSyncExternalStore } from "react";

const query = "(prefers-reduced-motion: reduce)";

/** True if the reader wants things to jump rather than glide. */
export function useStill(): boolean {
  return useSyncExternalStore(subscribe, isStill);
}

/** Made once: it is asked in every frame. */
const media = window.matchMedia(query);
const isStill = (): boolean => media.matches;

function subscribe(changed: () => void): () => void {
  media.addEventListener("change", changed);
  return () => media.removeEventListener("change", changed);
}
