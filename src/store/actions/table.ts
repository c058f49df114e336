import type { LucideIcon } from "lucide-react";
import type { Followed, LabState, Selection } from "../lab.ts";
import { clientRows } from "./client.ts";
import { clusterRows } from "./cluster.ts";
import { jumpRows } from "./jump.ts";
import { linkRows } from "./link.ts";
import { messageRows } from "./message.ts";
import { operationRows } from "./operations.ts";
import { pageRows } from "./page.ts";
import type { ActionGroup, ActionRow } from "./row.ts";
import { runRows } from "./run.ts";
import { selectRows } from "./select.ts";
import { serverRows } from "./server.ts";
import { timeRows } from "./time.ts";

/** The whole table, in the order of menus and of the key sheet. */
export const actionRows: readonly ActionRow[] = [
  ...timeRows,
  ...jumpRows,
  ...serverRows,
  ...operationRows,
  ...messageRows,
  ...linkRows,
  ...clientRows,
  ...clusterRows,
  ...runRows,
  ...pageRows,
  ...selectRows,
];

/** One thing that the user can do now, ready for a menu, a button, the palette. */
export interface ActionItem {
  readonly id: string;
  readonly label: string;
  /** What the key sheet says of it; "" where the label says all. */
  readonly about: string;
  readonly group: ActionGroup;
  /** As tinykeys writes it: "Space", "Shift+E", "$mod+K". */
  readonly hotkey?: string;
  readonly icon: LucideIcon;
  readonly enabled: boolean;
  /** Why it cannot be done now, in a few words. */
  readonly disabledReason?: string;
  run(): void;
}

/** What the row works on: the server's or message's present state; undefined if it is not there any more. */
function resolve(target: Selection, state: LabState): unknown {
  if (target === null) return null;
  if (target.kind === "server") return state.frame?.servers.find((s) => s.id === target.id);
  if (target.kind === "message") return state.frame?.messages.find((m) => m.id === target.id);
  return target.kind === "link" ? target.link : undefined;
}

/** Nothing can be done to what is only followed. */
const kindOf = (target: Selection): ActionRow["on"] | Followed["kind"] => (target === null ? "page" : target.kind);

/** What is done to a run, by group or by id: in one that another program told of, nothing. */
const doing: ReadonlySet<string> = new Set([
  ...["Server", "Operations", "Message", "Link", "Cluster", "Client"],
  ...[
    "run-again",
    "edit-acts",
    "add-step",
    "edit-steps",
    "break-raft",
    "branches",
    "outlook",
    "settings",
    "run-until",
    "often-here",
    "often-run",
  ],
]);

function refusal(row: ActionRow, on: never, state: LabState): string | null {
  const told = state.info?.told !== undefined;
  if (told && (doing.has(row.group) || doing.has(row.id))) return "this run was read from a log";
  return row.refuse?.(on, state) ?? null;
}

function toItem(row: ActionRow, target: unknown, state: LabState): ActionItem {
  const on = target as never;
  const reason = refusal(row, on, state);
  return {
    id: row.id,
    label: typeof row.label === "string" ? row.label : row.label(on, state),
    about: row.about ?? "",
    group: row.group,
    icon: row.icon,
    enabled: reason === null,
    ...(row.hotkey === undefined ? {} : { hotkey: row.hotkey }),
    ...(reason === null ? {} : { disabledReason: reason }),
    run: () => row.run(on, state),
  };
}

const isOffered = (row: ActionRow, target: unknown, state: LabState): boolean =>
  row.offered?.(target as never, state) ?? true;

/**
 * What can be done to `target` in this state, in the order of the table; for null, what can be done to the run and
 * the page. Empty if the target is gone (a message that has arrived). Items hold for this state only: ask again
 * when it changes.
 */
export function actionsFor(target: Selection, state: LabState): readonly ActionItem[] {
  const resolved = resolve(target, state);
  if (resolved === undefined) return [];
  const fitting = actionRows.filter((row) => row.on === kindOf(target) && isOffered(row, resolved, state));
  return fitting.map((row) => toItem(row, resolved, state));
}

/** Everything that can be asked for now: what concerns the selection first. */
export function allActions(state: LabState): readonly ActionItem[] {
  const own = state.selection === null ? [] : actionsFor(state.selection, state);
  return [...own, ...actionsFor(null, state)];
}

const rowsById = new Map(actionRows.map((row) => [row.id, row]));

/** One action by its id, on `target`; undefined if the target is gone or not of its kind. Cheap: buttons ask per frame. */
export function actionOf(id: string, target: Selection, state: LabState): ActionItem | undefined {
  const row = rowsById.get(id);
  const resolved = resolve(target, state);
  if (row === undefined || resolved === undefined || row.on !== kindOf(target)) return undefined;
  if (!isOffered(row, resolved, state)) return undefined;
  return toItem(row, resolved, state);
}
