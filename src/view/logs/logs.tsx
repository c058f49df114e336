import { ArrowRightToLine } from "lucide-react";
import { type ReactElement, useEffect, useMemo, useState } from "react";
import { openedRun } from "../../store/story.ts";
import { useLab, usePanelLab } from "../../store/use-lab.ts";
import type { ServerView } from "../../worker/protocol/server.ts";
import { asItStands, describeCell, isCommitUntold, progressWords, viewingLeader } from "../kit/log/cells.ts";
import { Grid } from "./grid.tsx";
import { Legend } from "./legend.tsx";
import "./logs.css";
import { isSamePlace, type Place } from "./place.ts";

const noServers: readonly ServerView[] = [];

/** Every server's log, indices aligned, with what the leader believes of each follower. */
export function Logs(): ReactElement {
  const seen = usePanelLab("logs", (state) => state.frame?.servers) ?? noServers;
  const servers = useMemo(() => seen.map(asItStands), [seen]);
  const selected = usePanelLab("logs", ({ selection }) => (selection?.kind === "server" ? selection.id : 0));
  const [hovered, setHovered] = useState<Place | null>(null);
  const [cursor, setCursor] = useState<Place | null>(null);
  const [focused, setFocused] = useState(false);
  const [following, setFollowing] = useState(true);
  const run = useLab(openedRun);
  // Another run is followed, wherever the reader has been in this one.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the run that is another
  useEffect(() => setFollowing(true), [run]);
  const leader = viewingLeader(servers, selected);
  const longest = Math.max(0, ...servers.map((server) => server.lastIndex));
  const place = hovered ?? (focused ? cursor : null);
  const described = place === null ? undefined : servers.find((server) => server.id === place.server);
  return (
    <section className="logs" aria-label="Logs">
      <Grid
        {...{ servers, selected, leader, longest, following, cursor }}
        onFollowing={setFollowing}
        onCursor={setCursor}
        onHover={(place) => setHovered((before) => (isSamePlace(before, place) ? before : place))}
        onFocus={setFocused}
      />
      <div className="logs-foot">
        <div className="logs-words" aria-live={focused ? "polite" : "off"}>
          {place === null || described === undefined ? (
            <Legend
              leader={leader?.id ?? 0}
              empty={longest === 0 && servers.length > 0}
              probes={leader?.progress?.some((follower) => progressWords(follower) === "probing") === true}
              untold={untoldOf(servers)}
            />
          ) : (
            describeCell(described, place.index)
          )}
        </div>
        {following ? null : (
          <button type="button" className="logs-follow" onClick={() => setFollowing(true)}>
            <ArrowRightToLine size={15} strokeWidth={1.8} aria-hidden="true" />
            Newest entries
          </button>
        )}
      </div>
    </section>
  );
}

/** Of how many of the logs that have entries nobody tells how far they are committed. */
function untoldOf(servers: readonly ServerView[]): "none" | "some" | "all" {
  const logs = servers.filter(({ lastIndex, base }) => lastIndex > base);
  const untold = logs.filter(isCommitUntold).length;
  return untold === 0 ? "none" : untold === logs.length ? "all" : "some";
}
