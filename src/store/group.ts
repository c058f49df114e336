import type { GroupId } from "../base/units.ts";
import type { Act } from "../world/acts.ts";
import type { LabState } from "./lab.ts";

/** A key belongs to a group by its characters: one of each group, however many there are (at most four). */
const keyOfGroup = ["x", "y", "z", "w"] as const;

/** What an act on one group's Raft says of it: nothing where that is the first one. */
export const groupShown = ({ frame }: LabState): { readonly group?: GroupId } =>
  frame !== null && frame.group > 1 ? { group: frame.group } : {};

/** In the group that is shown put x=1, put x=2 …: each request writes something new, so that it can be told from the others. */
export function nextPut(state: LabState): Extract<Act, { do: "request" }>["operation"] {
  const newest = Math.max(0, ...(state.frame?.requests ?? []).map((r) => r.number));
  const key = keyOfGroup[(state.frame?.group ?? 1) - 1] ?? "x";
  return { op: "put", key, value: String(newest + 1) };
}
