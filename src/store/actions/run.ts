import { Bug, Download, FolderOpen, GitCompareArrows, Layers, Radar, RefreshCw, Settings2, Share2 } from "lucide-react";
import { pickFile, saveFile } from "../files.ts";
import { page } from "../page.ts";
import { share } from "../sharing.ts";
import { session } from "../use-lab.ts";
import { noRun, rowsOn } from "./row.ts";

export const runRows = rowsOn<null>("page", [
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
    id: "restart-run",
    label: "Open this scenario afresh",
    group: "Run",
    hotkey: "Shift+N",
    icon: RefreshCw,
    refuse: noRun,
    run: () => session.restart(),
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
    id: "break-raft",
    label: "Break Raft: switch rules off …",
    group: "Run",
    hotkey: "b",
    icon: Bug,
    refuse: noRun,
    run: () => page.openDialog("bugs"),
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
