import { create } from "zustand";
import type { LabState } from "./lab.ts";
import { pageStorage } from "./page.ts";
import { labState, onLab } from "./use-lab.ts";

const key = "driftwood-seen";

/** The ids of the scenarios whose last step has been on this device's screen. */
export const useSeen = create<{ readonly seen: readonly string[] }>(() => ({ seen: [] }));

/** The scenario whose last step is reached in this state; null: none. */
export function seenIn({ info, frame }: Pick<LabState, "info" | "frame">): string | null {
  const last = info?.bookmarks.at(-1);
  if (info == null || frame === null || last === undefined || frame.position.at < last.at) return null;
  return info.preset === "" || info.lesson !== undefined ? null : info.preset;
}

/** What was noted; [] if nothing was, or something else stands there. */
export function readSeen(noted: string | null): readonly string[] {
  try {
    const list: unknown = JSON.parse(noted ?? "[]");
    return Array.isArray(list) ? list.filter((id) => typeof id === "string") : [];
  } catch {
    return [];
  }
}

function note(id: string): void {
  const seen = [...useSeen.getState().seen, id];
  useSeen.setState({ seen });
  pageStorage.setItem(key, JSON.stringify(seen));
}

/** Recalls what was seen, and notes what is seen from now on. Call once. */
export function followSeen(): void {
  useSeen.setState({ seen: readSeen(pageStorage.getItem(key)) });
  onLab(() => {
    const id = seenIn(labState());
    if (id !== null && !useSeen.getState().seen.includes(id)) note(id);
  });
}
