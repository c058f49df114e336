import { Toggle } from "@base-ui/react/toggle";
import { ToggleGroup } from "@base-ui/react/toggle-group";
import { ClipboardList, Copy, type LucideIcon, Search } from "lucide-react";
import { type ReactElement, type ReactNode, useRef } from "react";
import type { ServerId } from "../../base/units.ts";
import { copyReport } from "../../store/report.ts";
import { nameOf } from "../../store/server-names.ts";
import type { FeedFilter, FeedKind } from "../../worker/protocol/feed.ts";
import "../kit/chip.css";
import { useEdges } from "../kit/use-edges.ts";
import { KindIcon } from "./kind-icon.tsx";
import { kindNames } from "./rows.ts";
import { Topic } from "./topic.tsx";

interface CopyButtonProps {
  readonly as: "events" | "markdown";
  readonly Icon: LucideIcon;
  readonly about: string;
}
function CopyButton({ as, Icon, about }: CopyButtonProps): ReactElement {
  return (
    <button
      type="button"
      className="chip events-copy"
      title={about}
      aria-label={about}
      onClick={() => void copyReport(as)}
    >
      <Icon size={15} strokeWidth={1.8} aria-hidden="true" />
    </button>
  );
}

interface FilterBarProps {
  readonly servers: readonly ServerId[];
  readonly filter: FeedFilter;
  /** What another program calls its lines. */
  readonly topics: readonly string[];
  /** Another program told of the run. */
  readonly told: boolean;
  readonly onChange: (filter: FeedFilter) => void;
  /** What else stands in the bar. */
  readonly children: ReactNode;
}

/** Which servers and kinds are shown; nothing pressed means all of them. */
export function FilterBar({ servers, filter, topics, told, onChange, children }: FilterBarProps): ReactElement {
  const chips = useRef<HTMLDivElement>(null);
  useEdges(chips);
  const pressedServers = filter.servers.map(String);
  return (
    <div className="events-bar">
      <label className="events-search">
        <Search size={15} strokeWidth={1.8} aria-hidden="true" />
        <input
          type="search"
          className="events-words"
          aria-label="Only what says"
          placeholder="S2, entry 4, voted …"
          value={filter.words ?? ""}
          onChange={(event) => onChange({ ...filter, words: event.target.value })}
        />
      </label>
      <div className="events-chips ui-edges" ref={chips}>
        <ToggleGroup
          className="events-group"
          aria-label="Servers"
          multiple
          value={pressedServers}
          onValueChange={(ids) => onChange({ ...filter, servers: ids.map(Number).sort((a, b) => a - b) })}
        >
          {servers.map((id) => (
            <Toggle key={id} value={String(id)} className="chip">
              {nameOf(id)}
            </Toggle>
          ))}
        </ToggleGroup>
        <ToggleGroup
          className="events-group"
          aria-label="Kinds"
          multiple
          value={[...filter.kinds]}
          onValueChange={(kinds) => onChange({ ...filter, kinds: kinds as FeedKind[] })}
        >
          {(Object.keys(kindNames) as FeedKind[])
            .filter((kind) => told || kind !== "other")
            .map((kind) => (
              <Toggle key={kind} value={kind} className="chip">
                <KindIcon kind={kind} />
                {kindNames[kind]}
              </Toggle>
            ))}
        </ToggleGroup>
        {topics.length === 0 ? null : (
          <ToggleGroup
            className="events-group"
            aria-label="Topics"
            multiple
            value={(filter.topics ?? []).filter((topic) => topics.includes(topic))}
            onValueChange={(chosen) => onChange({ ...filter, topics: chosen as string[] })}
          >
            {topics.map((topic) => (
              <Toggle key={topic} value={topic} className="chip">
                <Topic name={topic} />
              </Toggle>
            ))}
          </ToggleGroup>
        )}
        <Toggle
          className="chip"
          pressed={filter.routine}
          onPressedChange={(routine) => onChange({ ...filter, routine })}
        >
          Routine
        </Toggle>
      </div>
      <div className="events-end">
        {children}
        <CopyButton as="events" Icon={Copy} about="Copy these events as text" />
        <CopyButton as="markdown" Icon={ClipboardList} about="Copy for a bug report, as Markdown" />
      </div>
    </div>
  );
}
