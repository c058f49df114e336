import { useEffect, useState } from "react";
import { afterFirstFrame } from "../../store/parts.ts";

type Load = () => Promise<object>;
type Take = (brought: object) => void;

const known = new WeakMap<Load, object>();
/** Who waits for what is under way or missing: it is asked for once, however many parts of the page use it. */
const waiting = new WeakMap<Load, Set<Take>>();

/** What `load` brings, once the first frame is there; null until then. `load` must keep its identity; `name`: in a sentence. */
export function useLater<T extends object>(name: string, load: () => Promise<T>): T | null {
  const [loaded, setLoaded] = useState((known.get(load) as T | undefined) ?? null);
  useEffect(() => {
    if (loaded !== null) return;
    return whenBrought(name, load, (brought) => setLoaded(brought as T));
  }, [name, load, loaded]);
  return loaded;
}

/** Returns what takes it back. */
function whenBrought(name: string, load: Load, take: Take): () => void {
  const takers = waiting.get(load) ?? askFor(name, load);
  takers.add(take);
  return () => takers.delete(take);
}

function askFor(name: string, load: Load): Set<Take> {
  const takers = new Set<Take>();
  waiting.set(load, takers);
  afterFirstFrame(name, load, (brought) => {
    known.set(load, brought);
    waiting.delete(load);
    for (const take of takers) take(brought);
  });
  return takers;
}
