import type { LogCell, ServerView } from "../../worker/protocol/server.ts";

interface Strip {
  /** The newest entries, as many as there is room for. */
  readonly shown: readonly LogCell[];
  /** What stands before the first of them, in the place of one cell. */
  readonly before: "older" | "snapshot" | null;
}

/** The end of a log, in `room` cells. */
export function stripOf({ tail, lastIndex, base }: ServerView, room: number): Strip {
  const entries = lastIndex - base;
  const whole = entries === tail.length;
  if (base === 0 && whole && entries <= room) return { shown: tail, before: null };
  if (whole && entries < room) return { shown: tail, before: "snapshot" };
  const shown = room === 1 ? [] : tail.slice(-(room - 1));
  return { shown, before: shown.length > 0 ? "older" : base > 0 ? "snapshot" : null };
}
