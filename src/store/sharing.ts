import { create } from "zustand";
import { pageUrl } from "./embed.ts";
import { page } from "./page.ts";
import { labState, session } from "./use-lab.ts";

export interface Sharing {
  /** "" while it is being made; null: it could not be made. */
  readonly url: string | null;
  /** Why it could not be made, as the engine said it. */
  readonly why: string;
  readonly copied: "no" | "yes" | "refused";
}

/** The link that was asked for last. */
export const useSharing = create<Sharing>(() => ({ url: "", why: "", copied: "no" }));

/**
 * Makes the link to this moment, copies it, and opens the dialog that shows it. To be called while the press that asks
 * for it is handled: some browsers let a page copy only then.
 */
export function share(): void {
  useSharing.setState({ url: "", copied: "no" });
  if (labState().info?.told === undefined) void offer(linkToMoment());
  page.openDialog("share");
}

/**
 * The page itself, in a tab of its own, at this moment. The tab is opened while the press is handled, which is when
 * browsers allow it, and goes there once the link is made.
 */
export function openWhole(): void {
  const tab = window.open("about:blank", "_blank");
  if (tab === null) return;
  tab.opener = null;
  void linkToMoment().then((url) => (url === null ? tab.close() : tab.location.replace(url)));
}

/** The link once more, by its button. */
export const copyAgain = (): Promise<void> => offer(Promise.resolve(useSharing.getState().url));

/** Of two that are under way the later one counts. */
let newest: Promise<string | null> | null = null;

async function offer(made: Promise<string | null>): Promise<void> {
  newest = made;
  const copying = copy(made);
  const url = await made;
  const why = url === null ? (labState().notices.at(-1)?.text ?? "") : "";
  if (newest === made) useSharing.setState({ url, why });
  const copied = (await copying) ? "yes" : "refused";
  if (newest === made && url !== null) useSharing.setState({ copied });
}

/** The link to this moment; null: it could not be made. */
export async function linkToMoment(): Promise<string | null> {
  const fragment = await session.share("link");
  return fragment === null ? null : `${pageUrl()}#${fragment}`;
}

/** Puts a text that is still being made on the clipboard: at once with a promise of it, or where that is not to be had with the text itself. */
export async function copy(text: Promise<string | null>): Promise<boolean> {
  return (await copyPromise(text)) || copyText(await text);
}

async function copyPromise(text: Promise<string | null>): Promise<boolean> {
  try {
    const content = text.then(contentOf);
    content.catch(() => undefined);
    await navigator.clipboard.write([new ClipboardItem({ "text/plain": content })]);
    return true;
  } catch {
    return false;
  }
}

function contentOf(text: string | null): Blob {
  if (text === null) throw new Error("There is nothing to copy");
  return new Blob([text], { type: "text/plain" });
}

async function copyText(text: string | null): Promise<boolean> {
  try {
    if (text !== null) await navigator.clipboard.writeText(text);
    return text !== null;
  } catch {
    return false;
  }
}
