import type { BranchView } from "../../worker/protocol/run.ts";

interface Leaf {
  readonly branch: BranchView;
  /** How many branches lie between it and the first. */
  readonly depth: number;
}

/** The branches in the order of a tree that is written down: each is followed by those that left it, the earliest first. */
export function treeOf(branches: readonly BranchView[]): readonly Leaf[] {
  const from = (parent: number, depth: number): readonly Leaf[] =>
    branches
      .filter((branch) => branch.parent === parent)
      .toSorted((a, b) => a.from - b.from || a.id - b.id)
      .flatMap((branch) => [{ branch, depth }, ...from(branch.id, depth + 1)]);
  return from(-1, 0);
}
