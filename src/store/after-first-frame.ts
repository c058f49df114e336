import { session, whenLab } from "./use-lab.ts";

const missing = "A part of the page could not be loaded. Load the page again to have all of it.";
const underWay = new Set<Promise<void>>();

/** Fetches what the first frame does not need once that frame is there, and hands it to `use`. */
export function afterFirstFrame<T>(load: () => Promise<T>, use: (loaded: T) => void): void {
  whenLab(
    ({ frame }) => frame !== null,
    () => {
      const done: Promise<void> = load()
        .then(use)
        .catch(() => session.notify(missing, "error"))
        .finally(() => underWay.delete(done));
      underWay.add(done);
    },
  );
}

/** Something that the page has to have is still on its way. */
export const fetching = (): boolean => underWay.size > 0;
