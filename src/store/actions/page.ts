import { BookA, ChartLine, CircleHelp, Command, MonitorOff, Presentation, Printer, Sun } from "lucide-react";
import { embed } from "../embed.ts";
import { page, usePage } from "../page.ts";
import { rowsOn } from "./row.ts";

export const pageRows = rowsOn<null>("page", [
  {
    id: "palette",
    label: "Find an action …",
    group: "Page",
    hotkey: "$mod+K",
    icon: Command,
    run: () => page.openDialog("palette"),
  },
  {
    id: "theme",
    label: "Light or dark",
    group: "Page",
    hotkey: "Shift+D",
    icon: Sun,
    refuse: () => (usePage.getState().presenting ? "a projector has no dark" : null),
    run: () => page.toggleTheme(),
  },
  {
    id: "metrics",
    label: "Metrics of this run",
    group: "Page",
    hotkey: "Shift+M",
    icon: ChartLine,
    run: () => page.showPane("metrics"),
  },
  {
    id: "help",
    label: "Keys and help",
    group: "Page",
    hotkey: "?",
    icon: CircleHelp,
    run: () => page.openKeys(),
  },
  {
    id: "dark",
    label: "Black screen, until the next key (B or . in a lecture)",
    group: "Page",
    icon: MonitorOff,
    run: () => page.darken(true),
  },
  {
    id: "present",
    label: "Present to a room",
    group: "Page",
    hotkey: "Shift+S",
    icon: Presentation,
    refuse: () => (embed === null ? null : "this is a frame of another page"),
    run: () => page.present(true),
  },
  {
    id: "handout",
    label: "Print this lesson as a handout",
    group: "Page",
    icon: Printer,
    refuse: (_, { info }) => (info?.lesson === undefined ? "no lesson is open" : null),
    run: (_, { info }) => page.openHandout(info?.lesson?.id ?? null),
  },
  { id: "words", label: "Words and what they mean", group: "Page", icon: BookA, run: () => page.openWords(null) },
]);
