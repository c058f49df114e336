import { useCallback, useEffect, useRef, useState } from "react";
import { feed as ask, labState, useLab } from "../../store/use-lab.ts";
import type { FeedFilter } from "../../worker/protocol.ts";
import { usePaced } from "../timeline/use-paced.ts";
import { emptyFeed, type Feed, withNewer, withOlder } from "./rows.ts";

const batch = 120;
/** While the run goes on the feed is read this often, in milliseconds. */
const refreshPause = 250;

export interface LiveFeed extends Feed {
  /** No answer yet for this filter. */
  readonly loading: boolean;
  loadOlder(): void;
}

/** What makes another feed altogether: the run, the branch, the filter. */
interface Source {
  readonly run: unknown;
  readonly branch: number;
  readonly filter: FeedFilter;
}

/**
 * The feed of the whole explored branch, newest first. `held`: the reader looks at older rows; nothing is added above
 * them until she returns.
 */
export function useFeed(filter: FeedFilter, held: boolean): LiveFeed {
  const run = useLab((state) => state.info);
  const branch = useLab((state) => state.frame?.branch ?? -1);
  // The end moves while the run goes on; the hash tells an act that adds something without moving it.
  const newest = usePaced(
    useLab(({ frame, playing }) => (frame === null ? "" : `${frame.end.event} ${playing ? "" : frame.hash}`)),
    refreshPause,
  );
  const [shown, setShown] = useState<{ readonly source: Source; readonly feed: Feed } | null>(null);
  const source = useRef<Source>({ run, branch, filter });
  if (source.current.run !== run || source.current.branch !== branch || source.current.filter !== filter) {
    source.current = { run, branch, filter };
  }
  const now = source.current;
  const busy = useRef(false);

  const read = useCallback(async (from: Source, before: number | null, join: (old: Feed, got: Feed) => Feed) => {
    const got = await ask({ filter: from.filter, before, limit: batch });
    if (got === null || source.current !== from) return;
    setShown((old) => ({ source: from, feed: join(old?.source === from ? old.feed : emptyFeed, got) }));
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `newest` says that there is something to read
  useEffect(() => {
    const frame = labState().frame;
    if (frame === null || (held && shown?.source === now)) return;
    void read(now, frame.end.event + 1, withNewer);
  }, [now, newest, held, read]);

  const current = shown?.source === now ? shown.feed : null;
  const loadOlder = useCallback(() => {
    const last = current?.rows.at(-1);
    if (busy.current || last === undefined || !current?.more) return;
    busy.current = true;
    // Rows of the last event may be missing: it is asked for again.
    void read(now, last.position.event + 1, withOlder).finally(() => {
      busy.current = false;
    });
  }, [current, now, read]);

  return { ...(current ?? emptyFeed), loading: current === null, loadOlder };
}
