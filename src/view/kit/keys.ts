import { tinykeys } from "tinykeys";
import type { ActionRow } from "../../store/actions/row.ts";
import { actionOf, actionRows } from "../../store/actions/table.ts";
import { page, usePage } from "../../store/page.ts";
import { programmeOf } from "../../store/playlist.ts";
import { labState, session } from "../../store/use-lab.ts";

const ownKeys = "input, textarea, select, [contenteditable], [role=menu], [role=listbox], [role=dialog]";
const pressable = "button, a[href], summary, [role=tab], [role=option], [role=switch]";

/** Keys belong to what has the focus first: fields, menus, dialogs; and a view says with preventDefault that it took one. */
function taken(event: KeyboardEvent, { group }: ActionRow): boolean {
  const { dialog, experiment } = usePage.getState();
  if (event.defaultPrevented || event.isComposing || dialog !== null) return true;
  // Nothing of the run is on the page.
  if (experiment !== null && group !== "Run" && group !== "Page") return true;
  // In a field too: the browser would save or open its own page.
  if (inField(event) && (event.ctrlKey || event.metaKey) && !event.altKey) return false;
  return isOfFocus(event);
}

const inField = ({ target }: KeyboardEvent): boolean =>
  target instanceof Element && target.matches("input, textarea, select");

/** What has the focus needs the key itself: a field, a menu, a panel; a button what presses it. */
export function isOfFocus({ key, target }: KeyboardEvent): boolean {
  if (!(target instanceof Element)) return false;
  return target.closest(ownKeys) !== null || ((key === " " || key === "Enter") && target.closest(pressable) !== null);
}

const missing = {
  page: "",
  server: "Select a server first: press its digit.",
  message: "Select a message first.",
  link: "Select a link first.",
};

function press(row: ActionRow): void {
  const state = labState();
  const item = actionOf(row.id, row.on === "page" ? null : state.selection, state);
  if (item === undefined) session.notify(missing[row.on]);
  else if (item.enabled) item.run();
  else session.notify(`${item.label}: ${item.disabledReason}`);
}

/** A sign may sit behind Shift on one keyboard and not on another: `?`, `<`, digits. Letters name their Shift. */
function spellings(hotkey: string): readonly string[] {
  return hotkey.length === 1 && !/[a-z]/i.test(hotkey) ? [hotkey, `Shift+${hotkey}`] : [hotkey];
}

/** What the button for a black screen sends, on the one remote or the other: in a lecture that is what they mean. */
const blackOfRemotes: readonly string[] = ["b", "."];

/** Binds the action table to the keyboard. Returns what undoes it. */
export function installKeys(): () => void {
  const bindings: Record<string, (event: KeyboardEvent) => void> = {};
  for (const row of actionRows) {
    for (const key of [row.hotkey, row.alias]) {
      if (key === undefined) continue;
      const handler = (event: KeyboardEvent) => {
        if (taken(event, row)) return;
        event.preventDefault();
        if (blackOfRemotes.includes(key) && programmeOf(labState()) !== null) page.darken(true);
        else press(row);
      };
      for (const spelling of spellings(key)) bindings[spelling] = handler;
    }
  }
  return tinykeys(window, bindings);
}

/**
 * After a click the button gives the focus back, so that the next Space plays instead of pressing it again. Only for
 * pointers: a click from the keyboard has no `detail`.
 */
export function releaseClickedButtons(): () => void {
  const release = (event: MouseEvent) => {
    if (event.detail === 0 || !(event.target instanceof Element)) return;
    const button = event.target.closest("button");
    if (button === null || button.closest("[role=dialog]") !== null) return;
    // A menu gives the focus back to its button by itself, and needs it there.
    if (button.getAttribute("aria-haspopup") !== "menu") button.blur();
  };
  document.addEventListener("click", release);
  return () => document.removeEventListener("click", release);
}

const keyNames: Readonly<Record<string, string>> = {
  Space: "Space",
  ArrowLeft: "Left",
  ArrowRight: "Right",
  PageDown: "PgDn",
  PageUp: "PgUp",
  Escape: "Esc",
};

/** The keys of a hotkey as they are printed on a keyboard: "Shift+E" as ["Shift", "E"]. */
export function hotkeyParts(hotkey: string): readonly string[] {
  const mac = /Mac|iPhone|iPad/.test(navigator.platform);
  return hotkey.split("+").map((part) => {
    if (part === "$mod") return mac ? "Cmd" : "Ctrl";
    return keyNames[part] ?? (part.length === 1 ? part.toUpperCase() : part);
  });
}
