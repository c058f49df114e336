import { LocateFixed } from "lucide-react";
import { type ReactElement, useEffect, useMemo, useState } from "react";
import type { ServerId } from "../../base/units.ts";
import { useLab } from "../../store/use-lab.ts";
import type { FeedFilter } from "../../worker/protocol/feed.ts";
import "./events.css";
import { FilterBar } from "./filter-bar.tsx";
import { List } from "./list.tsx";
import { isNarrowed, usualFilter } from "./rows.ts";
import { type LiveFeed, useFeed } from "./use-feed.ts";

/** What happens, in plain language, newest first; a click travels there. */
export function Events(): ReactElement {
  const [filter, setFilter] = useState<FeedFilter>(usualFilter);
  const [following, setFollowing] = useState(true);
  const group = useLab(({ frame }) => (frame !== null && frame.groupCount > 1 ? frame.group : 0));
  const ofGroup = useMemo(() => (group === 0 ? filter : { ...filter, group }), [filter, group]);
  const feed = useFeed(ofGroup, following);
  const ids = useLab(({ frame }) => frame?.servers.map((server) => server.id).join() ?? "");
  const servers: readonly ServerId[] = ids === "" ? [] : ids.split(",").map(Number);
  return (
    <section className="events" aria-label="Events">
      <FilterBar servers={servers} filter={filter} onChange={setFilter}>
        {following ? null : (
          <button type="button" className="events-return" onClick={() => setFollowing(true)}>
            <LocateFixed size={15} strokeWidth={1.8} aria-hidden="true" />
            Present moment
          </button>
        )}
      </FilterBar>
      {feed.rows.length === 0 ? (
        <Nothing feed={feed} filter={filter} onReset={() => setFilter(usualFilter)} />
      ) : (
        <List feed={feed} following={following} onFollowing={setFollowing} />
      )}
    </section>
  );
}

interface NothingProps {
  readonly feed: LiveFeed;
  readonly filter: FeedFilter;
  readonly onReset: () => void;
}
function Nothing({ feed, filter, onReset }: NothingProps): ReactElement {
  // A filter may find its first row far back.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each answer leads further back
  useEffect(() => feed.loadOlder(), [feed.from, feed.loadOlder]);
  if (feed.loading || feed.more) return <p className="events-nothing">Reading the run …</p>;
  if (!isNarrowed(filter)) return <p className="events-nothing">Nothing has happened yet. Press Space to play.</p>;
  return (
    <p className="events-nothing">
      Nothing like this has happened.{" "}
      <button type="button" className="ui-link" onClick={onReset}>
        Show everything
      </button>
    </p>
  );
}
