import { useEffect, useState } from "react";
import { afterFirstFrame } from "../../store/after-first-frame.ts";

const known = new WeakMap<() => Promise<object>, object>();

/** What `load` brings, once the first frame is there; null until then. `load` must keep its identity. */
export function useLater<T extends object>(load: () => Promise<T>): T | null {
  const [loaded, setLoaded] = useState((known.get(load) as T | undefined) ?? null);
  useEffect(() => {
    if (loaded !== null) return;
    afterFirstFrame(load, (brought) => {
      known.set(load, brought);
      setLoaded(brought);
    });
  }, [load, loaded]);
  return loaded;
}
