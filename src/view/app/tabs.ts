import { inspectorPanes, type PaneName } from "../../store/page.ts";

interface Place {
  readonly chosen: PaneName;
  /** The inspector's panes are among them. */
  readonly whole: boolean;
  /** The run has a story. */
  readonly tells: boolean;
  /** CSS pixels; 0: not known yet. */
  readonly width: number;
}

interface ShownTabs {
  readonly shown: PaneName;
  /** What has a tab, in its order. */
  readonly seen: readonly PaneName[];
  readonly more: readonly PaneName[];
}

/** Below that only so many of the sheet's tabs fit beside "More". */
const roomy = 660;
const fitting = 4;

/** Which of the panes have tabs. The one that is shown always has: where there is no room for it, in the last one's place. */
export function tabsIn(panes: readonly PaneName[], { chosen, whole, tells, width }: Place): ShownTabs {
  const inspects = (pane: PaneName): boolean => (inspectorPanes as readonly PaneName[]).includes(pane);
  const here = panes.filter((pane) => (whole || !inspects(pane)) && (tells || pane !== "story"));
  const shown = here.includes(chosen) ? chosen : here[0]!;
  if (!whole || width >= roomy) return { shown, seen: here, more: [] };
  // The diagram wants width: on a narrow sheet others come first.
  const first: readonly PaneName[] = here.filter((pane) => pane !== "diagram").slice(0, fitting);
  const seen = first.includes(shown) ? first : [...first.slice(0, -1), shown];
  return { shown, seen, more: here.filter((pane) => !seen.includes(pane)) };
}
