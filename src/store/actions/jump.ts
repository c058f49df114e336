import { Bookmark, BookmarkMinus, Crown, Layers, type LucideIcon, PowerOff, TriangleAlert } from "lucide-react";
import type { MarkKind } from "../../worker/protocol/run.ts";
import type { LabState } from "../lab.ts";
import { lab } from "../use-lab.ts";
import { noRun, type Row, rowsOn } from "./row.ts";

interface Jump {
  readonly kind: MarkKind;
  readonly name: string;
  readonly key: string;
  readonly icon: LucideIcon;
}
const jumps: readonly Jump[] = [
  { kind: "election", name: "election", key: "e", icon: Crown },
  { kind: "commit", name: "commit", key: "o", icon: Layers },
  { kind: "crash", name: "crash", key: "x", icon: PowerOff },
  { kind: "violation", name: "violation", key: "v", icon: TriangleAlert },
];

const jumpsToMarks = rowsOn<null>(
  "page",
  jumps.flatMap(({ kind, name, key, icon }): Row<null>[] => [
    {
      id: `next-${kind}`,
      label: `Next ${name}`,
      group: "Jump",
      hotkey: key,
      icon,
      refuse: noRun,
      run: () => lab.jump(kind, 1),
    },
    {
      id: `previous-${kind}`,
      label: `Previous ${name}`,
      group: "Jump",
      hotkey: `Shift+${key.toUpperCase()}`,
      icon,
      refuse: noRun,
      run: () => lab.jump(kind, -1),
    },
  ]),
);

function seekBookmark(state: LabState, direction: 1 | -1): void {
  const target = nearBookmark(state, direction);
  if (target === undefined) return;
  lab.pause();
  lab.seek(target.at);
}

function nearBookmark(state: LabState, direction: 1 | -1) {
  const at = state.frame?.position.at ?? 0;
  const list = state.info?.bookmarks ?? [];
  return direction > 0 ? list.find((b) => b.at > at) : list.findLast((b) => b.at < at);
}

const jumpsToBookmarks = rowsOn<null>("page", [
  {
    id: "next-bookmark",
    label: "Next bookmark",
    group: "Jump",
    hotkey: "PageDown",
    icon: Bookmark,
    refuse: (_, s) => (nearBookmark(s, 1) === undefined ? "there is no later bookmark" : null),
    run: (_, s) => seekBookmark(s, 1),
  },
  {
    id: "previous-bookmark",
    label: "Previous bookmark",
    group: "Jump",
    hotkey: "PageUp",
    icon: BookmarkMinus,
    refuse: (_, s) => (nearBookmark(s, -1) === undefined ? "there is no earlier bookmark" : null),
    run: (_, s) => seekBookmark(s, -1),
  },
]);

export const jumpRows = [...jumpsToMarks, ...jumpsToBookmarks];
