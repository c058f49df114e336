import { useEffect, useState } from "react";
import { afterFirstFrame } from "../../store/parts.ts";

const known = new WeakMap<() => Promise<object>, object>();

/** What `load` brings, once the first frame is there; null until then. `load` must keep its identity; `name`: in a sentence. */
export function useLater<T extends object>(name: string, load: () => Promise<T>): T | null {
  const [loaded, setLoaded] = useState((known.get(load) as T | undefined) ?? null);
  useEffect(() => {
    if (loaded !== null) return;
    afterFirstFrame(name, load, (brought) => {
      known.set(load, brought);
      setLoaded(brought);
    });
  }, [name, load, loaded]);
  return loaded;
}
