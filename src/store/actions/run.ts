import {
  BookmarkPlus,
  Bug,
  ChartSpline,
  ClipboardList,
  Columns2,
  Dices,
  Download,
  FileInput,
  FileOutput,
  FileText,
  FlaskConical,
  FolderOpen,
  GitBranch,
  GitCompareArrows,
  GraduationCap,
  Layers,
  ListOrdered,
  Radar,
  RefreshCw,
  ScrollText,
  Settings2,
  Share2,
  Split,
  SquarePen,
} from "lucide-react";
import { pickFile } from "../files.ts";
import { saveFile } from "../handing-over.ts";
import { inLesson } from "../in-lesson.ts";
import type { LabState } from "../lab.ts";
import { type KeptSide, page, usePage } from "../page.ts";
import { withPart } from "../parts.ts";
import { copyReport } from "../report.ts";
import { share } from "../sharing.ts";
import { openedRun, stepsOf } from "../story.ts";
import { session } from "../use-lab.ts";
import { noRun, rowsOn } from "./row.ts";

/** What the run that is shown was compared with, if that can be had still. */
function keptBeside(state: LabState): KeptSide | null {
  const { kept } = usePage.getState();
  if (kept === null || "file" in kept.other.side) return kept;
  const { branch } = kept.other.side;
  const { branches, current } = state.timeline ?? {};
  const isThere = openedRun(state) === kept.run && branches?.some(({ id }) => id === branch);
  return isThere && current !== branch ? kept : null;
}

function compareAgain(state: LabState): void {
  const kept = keptBeside(state);
  const shown = state.timeline?.branches.find(({ id }) => id === state.timeline?.current);
  if (kept === null || shown === undefined) return;
  const own = { side: { branch: shown.id }, title: shown.label, about: "as it is now" };
  if (kept.place === 0) page.openCompare(own, kept.other);
  else page.openCompare(kept.other, own);
}

const loadExperiments = () => import("../experiment/use-experiment.ts");
const experimentOn = (here: boolean): void =>
  void withPart("experiment", loadExperiments, ({ experimentOnRun }) => experimentOnRun(here));

export const runRows = rowsOn<null>("page", [
  {
    id: "learn",
    label: "Learn Raft …",
    about: "Lessons, step by step",
    group: "Run",
    hotkey: "y",
    icon: GraduationCap,
    run: () => page.openDialog("learn"),
  },
  {
    id: "scenarios",
    label: "Scenarios …",
    group: "Run",
    hotkey: "n",
    icon: Layers,
    run: () => page.openDialog("scenarios"),
  },
  {
    id: "share",
    label: "Share this moment …",
    group: "Run",
    hotkey: "s",
    icon: Share2,
    refuse: noRun,
    run: share,
  },
  {
    id: "export",
    label: "Export for other programs, as a picture or a film …",
    group: "Run",
    hotkey: "Shift+G",
    icon: FileOutput,
    refuse: noRun,
    run: () => page.openDialog("export"),
  },
  {
    id: "copy-events",
    label: "Copy the events as text",
    group: "Run",
    icon: ScrollText,
    refuse: noRun,
    run: () => void copyReport("events"),
  },
  {
    id: "copy-markdown",
    label: "Copy for a bug report, as Markdown",
    group: "Run",
    icon: ClipboardList,
    refuse: noRun,
    run: () => void copyReport("markdown"),
  },
  {
    id: "save-file",
    label: "Save as a file",
    group: "Run",
    hotkey: "$mod+S",
    icon: Download,
    refuse: noRun,
    run: () => void saveFile(),
  },
  {
    id: "open-file",
    label: "Open a file …",
    group: "Run",
    hotkey: "$mod+O",
    icon: FolderOpen,
    run: () => pickFile(),
  },
  {
    id: "open-log",
    label: "Open a log of another Raft …",
    group: "Run",
    icon: FileInput,
    run: () => page.openDialog("open-log"),
  },
  {
    id: "told",
    label: "What was read of this log …",
    group: "Run",
    icon: FileText,
    offered: (_, { info }) => info?.told !== undefined,
    run: () => page.openDialog("told"),
  },
  {
    id: "restart-run",
    label: () => (inLesson() === null ? "Open this scenario afresh" : "Begin this step of the lesson afresh"),
    about: "Open this scenario, or this step of a lesson, afresh",
    group: "Run",
    hotkey: "Shift+N",
    icon: RefreshCw,
    refuse: noRun,
    run: () => (inLesson() === null ? session.restart() : inLesson()!.again()),
  },
  {
    id: "run-again",
    label: "Run these acts again with other options …",
    group: "Run",
    icon: GitCompareArrows,
    refuse: noRun,
    run: () => page.openAgain(null),
  },
  {
    id: "edit-acts",
    label: "Edit an act of this run, or take it out …",
    group: "Run",
    icon: SquarePen,
    refuse: noRun,
    run: () => page.openActs(null),
  },
  {
    id: "add-step",
    label: "Add a step here: a sentence for this moment …",
    group: "Run",
    icon: BookmarkPlus,
    refuse: noRun,
    run: () => page.openSteps(true),
  },
  {
    id: "edit-steps",
    label: "Edit the steps of this run …",
    group: "Run",
    icon: ListOrdered,
    refuse: (_, s) => noRun(null, s) ?? (stepsOf(s).length === 0 ? "this run has no steps" : null),
    run: () => page.openSteps(false),
  },
  {
    id: "break-raft",
    label: "Break Raft: switch rules off …",
    group: "Run",
    hotkey: "b",
    icon: Bug,
    refuse: noRun,
    run: () => page.openDialog("bugs"),
  },
  {
    id: "compare-again",
    label: (_, s) => `Compare again with “${keptBeside(s)?.other.title ?? "the other side"}”`,
    about: "Compare again, after going on with one of two runs",
    group: "Run",
    hotkey: "Shift+A",
    icon: Columns2,
    refuse: (_, s) => noRun(null, s) ?? (keptBeside(s) === null ? "nothing was compared before" : null),
    run: (_, s) => compareAgain(s),
  },
  {
    id: "branches",
    label: "Branches …",
    about: "Name, compare and delete branches",
    group: "Run",
    hotkey: "Shift+T",
    icon: GitBranch,
    refuse: noRun,
    run: () => page.openDialog("branches"),
  },
  {
    id: "outlook",
    label: "What can happen next …",
    about: "Try every order of the next steps, and see what comes of each",
    group: "Run",
    hotkey: "Shift+W",
    icon: Split,
    refuse: noRun,
    run: () => page.openDialog("outlook"),
  },
  {
    id: "experiments",
    label: "Experiments …",
    about: "A thousand runs as one picture",
    group: "Run",
    icon: FlaskConical,
    run: page.openExperiments,
  },
  {
    id: "often-here",
    label: "How likely is this from here?",
    about: "Go on from this moment again and again, each time with other luck",
    group: "Run",
    icon: Dices,
    refuse: noRun,
    run: () => experimentOn(true),
  },
  {
    id: "often-run",
    label: "What usually happens in this run?",
    about: "The same set-up and acts with other seeds",
    group: "Run",
    icon: ChartSpline,
    refuse: noRun,
    run: () => experimentOn(false),
  },
  {
    id: "find-counterexample",
    label: "Find a counterexample …",
    group: "Run",
    hotkey: "Shift+B",
    icon: Radar,
    run: () => page.openDialog("search"),
  },
  {
    id: "settings",
    label: "Settings …",
    group: "Run",
    hotkey: "g",
    icon: Settings2,
    refuse: noRun,
    run: () => page.openDialog("settings"),
  },
]);
