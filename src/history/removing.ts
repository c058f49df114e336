import type { Micros } from "../base/units.ts";

/** A branch by its number, and from where it left which other. */
interface Numbered {
  id: number;
  parent: number;
  from: { readonly at: Micros; readonly event: number };
}

/**
 * The branches without one of them, which is neither the first nor in use. Those that left it leave its parent, where it
 * did if they left later; those after it move down by one, as do their ids.
 */
export function removeBranch(branches: Numbered[], id: number): void {
  const gone = branches[id];
  if (gone === undefined || id === 0) return;
  branches.splice(id, 1);
  const moved = (old: number): number => (old > id ? old - 1 : old);
  for (const branch of branches) {
    if (branch.parent === id) {
      branch.parent = gone.parent;
      if (gone.from.at < branch.from.at) branch.from = gone.from;
    }
    branch.parent = moved(branch.parent);
    branch.id = moved(branch.id);
  }
}
