import { pickFile } from "./files.ts";
import { createHeldKeys } from "./held-keys.ts";
import { type DialogName, page, usePage } from "./page.ts";

declare global {
  interface Window {
    /** What public/early.js has held since before any other script. */
    driftwoodKeys?: { readonly held: readonly KeyboardEvent[]; readonly stop: () => void };
  }
}

/** Who is there to take keys: each is loaded when it is first wanted. */
const there = { hotkeys: false, dialog: null as DialogName | null, focused: false, console: 0 };

/** Fields and menus take keys by themselves, from the moment they can be seen. */
const ownKeys = "input, textarea, select, [contenteditable], [role=menu], [role=listbox]";
const unheld = /^(Tab|Shift|Control|Alt|AltGraph|Meta|CapsLock|Dead|Process|Unidentified|F\d+)$/;

/** While a dialog or the console is on its way, what is typed is meant for it; without either, keys are hotkeys. */
function waits(): boolean {
  const { dialog, pane, consoleCalls } = usePage.getState();
  if (dialog !== null) return there.dialog !== dialog || !there.focused;
  return !there.hotkeys || (pane === "clients" && consoleCalls > there.console);
}

const keys = createHeldKeys<KeyboardEvent>({ waits, give, later: (then) => setTimeout(then) });

function give(event: KeyboardEvent): void {
  const target = document.activeElement ?? document.body;
  const unheard = target.dispatchEvent(new KeyboardEvent("keydown", event));
  if (unheard) byDefault(target, event);
}

/** What the browser does with a key itself, it does not do with one that a script delivers. */
function byDefault(target: Element, { key, ctrlKey, metaKey }: KeyboardEvent): void {
  if (ctrlKey || metaKey) return;
  const field = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
  if (field && key.length === 1) document.execCommand("insertText", false, key);
  else if (field && key === "Backspace") document.execCommand("delete");
  else if (field && key === "Enter") target.form?.requestSubmit();
  else if (target instanceof HTMLButtonElement && (key === "Enter" || key === " ")) target.click();
}

function onKeyDown(event: KeyboardEvent): void {
  if (!event.isTrusted || event.isComposing || event.altKey || unheld.test(event.key)) return;
  const command = event.ctrlKey || event.metaKey ? event.key.toLowerCase() : "";
  const waiting = waits();
  if (waiting && usePage.getState().dialog === null && command === "o") pickFile();
  else if (waiting && there.hotkeys && event.key === "Escape") giveUp();
  else if (!mayHold(event, command) || !keys.hold(event)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}

/** Nobody waits any longer: a part may be missing, and must not keep the keyboard from the rest. */
function giveUp(): void {
  keys.drop();
  there.console = usePage.getState().consoleCalls;
  page.closeDialog();
}

/** Of the browser's own commands only those that the page has too. */
function mayHold({ target }: KeyboardEvent, command: string): boolean {
  if (command !== "" && command !== "k") return false;
  const waitsForDialog = usePage.getState().dialog !== null;
  return waitsForDialog || !(target instanceof Element) || target.closest(ownKeys) === null;
}

/** Keys that are pressed before their taker is loaded are kept, and delivered when it is there. Call once, first. */
export function holdKeys(): void {
  window.addEventListener("keydown", onKeyDown, true);
  // Should that script come after this one, it finds that it is not needed.
  window.driftwoodKeys ??= { held: [], stop() {} };
  window.driftwoodKeys.stop();
  for (const event of window.driftwoodKeys.held) keys.hold(event);
  document.addEventListener("focusin", noteFocus);
  usePage.subscribe(({ dialog }, before) => {
    if (dialog === before.dialog) return;
    // What was typed for a dialog that never came is not meant for the page.
    if (dialog === null && !there.focused) keys.drop();
    keys.deliver();
  });
}

/** A dialog, or what says in its place that it could not be loaded. */
const dialogs = "[role=dialog], .lazy-missing";

function noteFocus(): void {
  there.focused ||= there.dialog !== null && document.activeElement?.closest(dialogs) != null;
  keys.deliver();
}

/** Their handlers listen now. */
export function hotkeysAreThere(): void {
  there.hotkeys = true;
  keys.deliver();
}

/** It is on the page; its keys are delivered once it has the focus. Returns what says that it has gone. */
export function dialogIsThere(dialog: DialogName): () => void {
  there.dialog = dialog;
  noteFocus();
  return () => {
    there.dialog = null;
    there.focused = false;
  };
}

/** Its prompt has the focus, for so many calls. */
export function consoleIsThere(calls: number): void {
  there.console = calls;
  keys.deliver();
}

/** A key, or the dialog that was asked for, is still on its way. */
export function keysAreHeld(): boolean {
  const { dialog } = usePage.getState();
  return keys.size() > 0 || (dialog !== null && there.dialog !== dialog);
}
