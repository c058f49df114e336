import { create } from "zustand";
import type { FeedFilter } from "../worker/protocol/feed.ts";
import { pageUrl } from "./embed.ts";
import { copy } from "./sharing.ts";
import { labState, session } from "./use-lab.ts";

/** Asks for everything, heartbeats and their like aside. */
export const usualFilter: FeedFilter = { servers: [], kinds: [], routine: false };

/** What of the events is shown, and copied. */
export const useFeedFilter = create<FeedFilter>(() => usualFilter);

/** Only what concerns the group that is shown, where there are several. */
export function ofGroup(filter: FeedFilter, { groupCount, group }: { groupCount: number; group: number }): FeedFilter {
  return groupCount > 1 ? { ...filter, group } : filter;
}

const said = {
  events: "The events up to this moment are copied as text.",
  markdown: "Link, options, servers and the last events are copied as Markdown.",
} as const;

/** To be called while the press that asks for it is handled: some browsers let a page copy only then. */
export async function copyReport(as: keyof typeof said): Promise<void> {
  const { frame } = labState();
  const filter = as === "events" ? useFeedFilter.getState() : usualFilter;
  const shown = frame === null ? filter : ofGroup(filter, frame);
  const text = session.report(as, shown, pageUrl());
  const told = labState().info?.told !== undefined && as === "markdown";
  if (await copy(text)) session.notify(told ? "The last events are copied as Markdown." : said[as]);
  else if ((await text) !== null) session.notify("The browser does not let the page copy.", "error");
}
