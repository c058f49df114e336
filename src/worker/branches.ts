import type { History } from "../history/history.ts";
import { limits } from "../scenario/limits.ts";
import type { Requests } from "./protocol/requests.ts";

/** Names a branch, or takes one out that is not shown. Returns what the branch `told` is called from then on. */
export function amend(history: History, { branch, label }: Requests["amend"]["ask"], told: number): number {
  const named = history.branches[branch];
  if (named === undefined) return told;
  if (label !== null) {
    named.label = label.replace(/\s+/g, " ").trim().slice(0, limits.line);
    return told;
  }
  if (branch === 0) return told;
  const { parent } = named;
  history.remove(branch);
  if (told === branch) return parent;
  return told > branch ? told - 1 : told;
}
