import { expect, test } from "vitest";
import { treeOf } from "./tree.ts";

const branch = (id: number, parent: number, from: number) => ({ id, parent, from, label: `${id}`, end: 10 });

test("each branch is followed by those that left it, the earliest first, and indented under it", () => {
  const tree = treeOf([branch(0, -1, 0), branch(1, 0, 5), branch(2, 0, 3), branch(3, 1, 7), branch(4, 3, 8)]);
  expect(tree.map((leaf) => [leaf.branch.id, leaf.depth])).toEqual([
    [0, 0],
    [2, 1],
    [1, 1],
    [3, 2],
    [4, 3],
  ]);
});
