import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { shownUntil, useStory } from "../../store/story.ts";
import { feed as ask, labState, useLab } from "../../store/use-lab.ts";
import type { FeedFilter } from "../../worker/protocol/feed.ts";
import { usePaced } from "../kit/use-paced.ts";
import { emptyFeed, type Feed, nextRead, shownRows, withNewer, withOlder } from "./rows.ts";

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
interface Shown {
  readonly source: Source;
  readonly feed: Feed;
}

/**
 * The feed around the present moment, newest first, with what is explored after it and may be shown. `following`: false while the
 * reader looks elsewhere; then nothing is added above what she reads.
 */
export function useFeed(filter: FeedFilter, following: boolean): LiveFeed {
  const source = useSource(filter);
  const moment = usePaced(useMoment(), refreshPause);
  const [shown, setShown] = useState<Shown | null>(null);
  const current = shown?.source === source ? shown : null;
  const latest = useRef(current);
  latest.current = current;
  const wanted = useRef(source);
  wanted.current = source;

  const read = useCallback(async (from: Source, before: number, join: (old: Feed, got: Feed) => Feed) => {
    const got = await ask({ filter: from.filter, before, limit: batch });
    if (got === null || wanted.current !== from) return;
    const read = { ...got, top: before };
    setShown((old) => ({ source: from, feed: join(old?.source === from ? old.feed : emptyFeed, read) }));
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `moment` says that there may be something to read
  useEffect(() => {
    const frame = labState().frame;
    const known = latest.current;
    if (frame === null || (known !== null && !following)) return;
    const next = nextRead(known?.feed ?? null, frame.position.event, frame.end.event);
    if (next === null) return;
    void read(source, next.before, next.joins ? withNewer : (_, got) => got);
  }, [source, moment, following, read]);

  const busy = useRef(false);
  const loadOlder = useCallback(() => {
    const known = latest.current;
    if (busy.current || known === null || !known.feed.more) return;
    busy.current = true;
    void read(known.source, known.feed.from, withOlder).finally(() => {
      busy.current = false;
    });
  }, [read]);

  useStory();
  const until = usePaced(
    useLab((state) => shownUntil(state)),
    refreshPause,
  );
  const feed = current?.feed ?? emptyFeed;
  const rows = useMemo(() => shownRows(feed.rows, until), [feed.rows, until]);
  return { ...feed, rows, loading: current === null, loadOlder };
}

function useSource(filter: FeedFilter): Source {
  const run = useLab((state) => state.info);
  const branch = useLab((state) => state.frame?.branch ?? -1);
  const source = useRef<Source>({ run, branch, filter });
  const { current } = source;
  if (current.run !== run || current.branch !== branch || current.filter !== filter)
    source.current = { run, branch, filter };
  return source.current;
}

/** Changes with the present and the end; the hash tells an act that adds something without moving either. */
function useMoment(): string {
  return useLab(({ frame, playing }) =>
    frame === null ? "" : `${frame.position.event} ${frame.end.event} ${playing ? "" : frame.hash}`,
  );
}
