import { useMemo } from "react";
import { useLab } from "../../store/use-lab.ts";
import type { LoadWish } from "./load.ts";

/** What clients do by themselves now; null: nothing. */
export function useLoad(): LoadWish | null {
  const load = useLab((state) => state.frame?.clients.load ?? null);
  const { perSecond = 0, mode = "open", clients = 1, reads = 0, keys = 1, read = null } = load ?? {};
  return useMemo(
    () => (perSecond === 0 ? null : { perSecond, mode, clients, reads, keys, ...(read === null ? {} : { read }) }),
    [perSecond, mode, clients, reads, keys, read],
  );
}
