import { LocateFixed } from "lucide-react";
import { type ReactElement, useEffect, useMemo, useState } from "react";
import type { ServerId } from "../../base/units.ts";
import { ofGroup, useFeedFilter, usualFilter } from "../../store/report.ts";
import { useLab } from "../../store/use-lab.ts";
import type { FeedFilter } from "../../worker/protocol/feed.ts";
import "./events.css";
import { FilterBar } from "./filter-bar.tsx";
import { List } from "./list.tsx";
import { isNarrowed, ofTopics } from "./rows.ts";
import { type LiveFeed, useFeed } from "./use-feed.ts";

const noTopics: readonly string[] = [];

/** What happens, in plain language, newest first; a click travels there. */
export function Events(): ReactElement {
  const filter = useFeedFilter();
  const setFilter = (chosen: FeedFilter): void => useFeedFilter.setState(chosen, true);
  const [following, setFollowing] = useState(true);
  const groupCount = useLab(({ frame }) => frame?.groupCount ?? 1);
  const group = useLab(({ frame }) => frame?.group ?? 1);
  const topics = useLab(({ info }) => info?.told?.topics ?? noTopics);
  const told = useLab(({ info }) => info?.told !== undefined);
  const shown = useMemo(
    () => ofTopics(ofGroup(filter, { groupCount, group }), topics),
    [filter, groupCount, group, topics],
  );
  const feed = useFeed(shown, following);
  const ids = useLab(({ frame }) => frame?.servers.map((server) => server.id).join() ?? "");
  const servers: readonly ServerId[] = ids === "" ? [] : ids.split(",").map(Number);
  return (
    <section className="events" aria-label="Events">
      <FilterBar {...{ servers, filter, topics, told }} onChange={setFilter}>
        {following ? null : (
          <button type="button" className="events-return" onClick={() => setFollowing(true)}>
            <LocateFixed size={15} strokeWidth={1.8} aria-hidden="true" />
            Present moment
          </button>
        )}
      </FilterBar>
      {feed.rows.length === 0 ? (
        <Nothing feed={feed} filter={shown} onChange={setFilter} />
      ) : (
        <List feed={feed} following={following} onFollowing={setFollowing} />
      )}
    </section>
  );
}

interface NothingProps {
  readonly feed: LiveFeed;
  readonly filter: FeedFilter;
  readonly onChange: (filter: FeedFilter) => void;
}
function Nothing({ feed, filter, onChange }: NothingProps): ReactElement {
  // A filter may find its first row far back.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each answer leads further back
  useEffect(() => feed.loadOlder(), [feed.from, feed.loadOlder]);
  if (feed.loading || feed.more) return <p className="events-nothing">Reading the run …</p>;
  if (!isNarrowed(filter)) return <p className="events-nothing">Nothing has happened yet. Press Space to play.</p>;
  return (
    <p className="events-nothing">
      Nothing like this has happened.{" "}
      <button type="button" className="ui-link" onClick={() => onChange(usualFilter)}>
        Show everything
      </button>
      {filter.routine ? null : (
        <>
          {" "}
          <button type="button" className="ui-link" onClick={() => onChange({ ...filter, routine: true })}>
            Look among heartbeats and other routine
          </button>
        </>
      )}
    </p>
  );
}
