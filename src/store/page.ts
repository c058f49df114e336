import { create } from "zustand";
import type { ServerId } from "../base/units.ts";
import type { ProfileName } from "../raft/options.ts";
import type { OptionValues } from "../scenario/options.ts";
import type { PairSide } from "../worker/protocol/pair.ts";
import type { DirectedLink } from "../world/state/messages.ts";
import { embed } from "./embed.ts";

export type DialogName =
  | "scenarios"
  | "learn"
  | "quiz"
  | "predictions"
  | "share"
  | "export"
  | "help"
  | "settings"
  | "palette"
  | "request"
  | "load"
  | "bugs"
  | "search"
  | "again"
  | "until"
  | "compare"
  | "branches"
  | "outlook"
  | "acts"
  | "steps"
  | "told"
  | "open-log"
  | "members"
  | "clock"
  | "options"
  | "fault"
  | "nemesis";
export type ThemeChoice = "system" | "light" | "dark";
/** The panes that share one place, in their order. */
export const paneNames = [
  "story",
  "logs",
  "server",
  "diagram",
  "events",
  "clients",
  "rules",
  "checks",
  "faults",
  "metrics",
  "hand",
] as const;
/** Those that the inspector has where it has a place of its own; `server` is whatever is selected. */
export const inspectorPanes = ["story", "server", "rules", "checks"] as const satisfies readonly PaneName[];
export type InspectorPane = (typeof inspectorPanes)[number];
export type PaneName = (typeof paneNames)[number];
/** Of a run that another program told of there is nothing to be had in the others. */
export const toldPanes: readonly PaneName[] = ["logs", "server", "diagram", "events", "checks"];

/** What a fault is to hit; null: what is selected, or whatever makes sense. */
export type FaultTarget =
  | { readonly kind: "server"; readonly id: ServerId }
  | { readonly kind: "link"; readonly link: DirectedLink }
  | null;
interface FaultWish {
  /** "" for the first. */
  readonly name: string;
  readonly on: FaultTarget;
}

type HelpWish = { readonly part: "keys" } | { readonly part: "words"; readonly word: string | null };

/** In what another run of the same acts shall differ; what is missing stays. */
export interface Otherwise {
  readonly profile?: ProfileName;
  readonly options?: OptionValues;
  readonly seed?: number;
  /** Rules that are off. */
  readonly bugs?: readonly string[];
}

/** One of two runs that are compared: which, what it is called, and what makes it another, in a few words. */
export interface Compared {
  readonly side: PairSide;
  readonly title: string;
  readonly about: string;
}

/** After a comparison one goes on with one side: on which it stood, and beside what. */
export interface KeptSide {
  readonly place: 0 | 1;
  readonly other: Compared;
  /** The run of which the other is a branch, if it is one (`openedRun`). */
  readonly run: unknown;
}

interface PageState {
  readonly dialog: DialogName | null;
  readonly theme: ThemeChoice;
  readonly pane: PaneName;
  /** What the fault's form shall be about. */
  readonly fault: FaultWish | null;
  /** What was chosen for another run of the same acts; null: nothing yet. */
  readonly otherwise: Otherwise | null;
  /** What is to be seen side by side. */
  readonly compared: readonly [left: Compared, right: Compared] | null;
  /** Of the two that were compared last, where one of them was gone on with. */
  readonly kept: KeptSide | null;
  /** The act, counted from 0, that shall be changed; null: the list of them is wanted. */
  readonly act: number | null;
  /** The dialog for steps begins with a new one, at the present moment. */
  readonly newStep: boolean;
  /** Which part of the help is asked for; in the words, the one that is to be seen. */
  readonly help: HelpWish;
  /** The option whose row the settings shall show; null: they open as usual. */
  readonly setting: string | null;
  /** What the list of rules shall be searched for. */
  readonly rule: string;
  /** How often the console was asked for by its key: each time its prompt wants the keyboard. */
  readonly consoleCalls: number;
  /** How often somebody was led to the story, wherever it stands. */
  readonly storyCalls: number;
  /** Somebody wants to see the clients' history and its operation that fits nowhere; until it is shown. */
  readonly historyWanted: boolean;
  /** Nothing is shown, so that the room looks at who speaks. */
  readonly dark: boolean;
  /** The lesson that is made ready for printing, in the place of the page; null: none. */
  readonly handout: string | null;
  /** The experiment that is on the page, in the place of the run: what its address says; null: none. */
  readonly experiment: string | null;
  /** The list of scenarios opens at its experiments. */
  readonly experimentsWanted: boolean;
  /** The page is shown to a room: `view/present`. */
  readonly presenting: boolean;
  /** The first visit's hint is still to be read. */
  readonly hint: boolean;
  /** What became of the open lesson's question was told (`store/open-question.ts`). */
  readonly told: boolean;
  /** No lesson was ever opened on this device. */
  readonly untaught: boolean;
}

/** What concerns the page and not the run. */
export const usePage = create<PageState>(() => ({
  dialog: null,
  theme: "system",
  // Where the inspector has a place of its own, the first of the others.
  pane: "story",
  fault: null,
  otherwise: null,
  compared: null,
  kept: null,
  act: null,
  newStep: false,
  help: { part: "keys" },
  setting: null,
  rule: "",
  consoleCalls: 0,
  storyCalls: 0,
  historyWanted: false,
  dark: false,
  presenting: false,
  handout: null,
  experiment: null,
  experimentsWanted: false,
  hint: false,
  told: false,
  untaught: false,
}));

export const page = {
  openDialog: (dialog: DialogName): void =>
    usePage.setState({ dialog, setting: null, rule: "", experimentsWanted: false }),
  openExperiments: (): void => usePage.setState({ dialog: "scenarios", experimentsWanted: true }),
  openSetting: (setting: string): void => usePage.setState({ dialog: "settings", setting }),
  openRule: (rule: string): void => usePage.setState({ dialog: "bugs", rule }),
  openKeys: (): void => usePage.setState({ dialog: "help", help: { part: "keys" } }),
  openWords: (word: string | null): void => usePage.setState({ dialog: "help", help: { part: "words", word } }),
  closeDialog: (): void => usePage.setState({ dialog: null }),
  showPane: (pane: PaneName): void => usePage.setState({ pane }),
  openFault: (name: string, on: FaultTarget): void => usePage.setState({ dialog: "fault", fault: { name, on } }),
  openHistory: (): void => usePage.setState({ pane: "clients", historyWanted: true }),
  historyShown: (): void => usePage.setState({ historyWanted: false }),
  openAgain: (otherwise: Otherwise | null): void => usePage.setState({ dialog: "again", otherwise }),
  keep: (kept: KeptSide | null): void => usePage.setState({ kept }),
  openCompare: (left: Compared, right: Compared): void =>
    usePage.setState({ dialog: "compare", compared: [left, right] }),
  openActs: (act: number | null): void => usePage.setState({ dialog: "acts", act }),
  openSteps: (newStep: boolean): void => usePage.setState({ dialog: "steps", newStep }),
  openHandout: (handout: string | null): void => usePage.setState({ handout }),
  openExperiment: (experiment: string): void => usePage.setState({ experiment, dialog: null }),
  closeExperiment: (): void => usePage.setState({ experiment: null }),
  present: (presenting: boolean): void => usePage.setState({ presenting }),
  darken: (dark: boolean): void => usePage.setState({ dark }),
  callStory: (): void => usePage.setState(({ storyCalls }) => ({ storyCalls: storyCalls + 1 })),
  openConsole: (): void =>
    usePage.setState(({ consoleCalls }) => ({ pane: "clients", consoleCalls: consoleCalls + 1 })),
  /** What the page remembers about itself: from before, at the start. */
  recall(): void {
    usePage.setState({
      theme: keptTheme(),
      hint: read(hintKey) === null,
      untaught: read(lessonsKey) === null,
    });
  },
  setTheme(theme: ThemeChoice): void {
    page.wearTheme(theme);
    write(themeKey, theme);
  },
  /** For as long as this page is open. */
  wearTheme: (theme: ThemeChoice): void => usePage.setState({ theme }),
  tell: (told: boolean): void => usePage.setState({ told }),
  lessonOpened: (): void => usePage.setState({ untaught: false }),
  toggleTheme(): void {
    page.setTheme(shownTheme() === "dark" ? "light" : "dark");
  },
  dismissHint(): void {
    usePage.setState({ hint: false });
    write(hintKey, "read");
  },
};

/** As the user chose; in a frame, as its host wants it. */
function keptTheme(): ThemeChoice {
  const theme = embed === null ? read(themeKey) : embed.theme;
  return theme === "light" || theme === "dark" ? theme : "system";
}

/** What is on the screen now: the choice, or the system's; light for a room, for a projector has no dark. */
export function shownTheme(): "light" | "dark" {
  const { theme, presenting } = usePage.getState();
  if (presenting) return "light";
  if (theme !== "system") return theme;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

/** For what a view wants to find again next time: how large its panels were. */
export const pageStorage = {
  getItem: (key: string): string | null => read(key),
  setItem: (key: string, value: string): void => write(key, value),
};

/** public/theme.js reads this key before the first paint. */
const themeKey = "driftwood-theme";
const hintKey = "driftwood-hint";
/** What is known of lessons (`lesson/progress.ts`). */
export const lessonsKey = "driftwood-lessons";

/** Storage may be missing or forbidden: then the page forgets, and that is all. */
function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
function write(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Nothing to do: see `read`.
  }
}
