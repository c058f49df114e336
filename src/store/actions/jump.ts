import { Bookmark, BookmarkMinus, Crown, Layers, type LucideIcon, PowerOff, Target, TriangleAlert } from "lucide-react";
import type { MarkKind } from "../../worker/protocol/run.ts";
import { inLesson } from "../in-lesson.ts";
import { page } from "../page.ts";
import { canGoBack, goBack, goToStep, nearStep, nextMove, noNext, playToNextStep } from "../story.ts";
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

const nextLabels = {
  step: "Play to the next step",
  back: "Back to the story",
  story: "Next story",
  none: "Play to the next step",
} as const;

const jumpsToSteps = rowsOn<null>("page", [
  {
    id: "next-step",
    label: (_, state) => nextLabels[nextMove(state).kind],
    about: "Play to the next step; pressed again, be there at once",
    group: "Jump",
    hotkey: "PageDown",
    icon: Bookmark,
    refuse: (_, state) => (inLesson() ? inLesson()!.noNext() : noNext(null, state)),
    run: (_, state) => (inLesson() ? inLesson()!.next() : playToNextStep(state)),
  },
  {
    id: "previous-bookmark",
    label: "Previous step",
    group: "Jump",
    hotkey: "PageUp",
    icon: BookmarkMinus,
    refuse: (_, s) => (inLesson() ? inLesson()!.noBack() : canGoBack(s) ? null : "there is no earlier step"),
    run: (_, s) => (inLesson() ? inLesson()!.back() : goBack(s)),
  },
  {
    id: "next-bookmark",
    label: "Go to the next step",
    group: "Jump",
    hotkey: "Shift+PageDown",
    icon: Bookmark,
    refuse: (_, s) => (nearStep(s, 1) === undefined ? "there is no later step" : null),
    run: (_, s) => goToStep(s, 1),
  },
]);

const jumpsToConditions = rowsOn<null>("page", [
  {
    id: "run-until",
    label: "Run until …",
    about: "Run until a condition comes true, such as S3 leads",
    group: "Jump",
    hotkey: "Shift+U",
    icon: Target,
    refuse: noRun,
    run: () => page.openDialog("until"),
  },
]);

export const jumpRows = [...jumpsToMarks, ...jumpsToConditions, ...jumpsToSteps];
