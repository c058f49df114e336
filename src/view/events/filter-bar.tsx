import { Toggle } from "@base-ui/react/toggle";
import { ToggleGroup } from "@base-ui/react/toggle-group";
import { type ReactElement, type ReactNode, useRef } from "react";
import type { ServerId } from "../../base/units.ts";
import type { FeedFilter, FeedKind } from "../../worker/protocol/feed.ts";
import "../kit/chip.css";
import { useEdges } from "../kit/use-edges.ts";
import { KindIcon } from "./kind-icon.tsx";
import { kindNames } from "./rows.ts";

interface FilterBarProps {
  readonly servers: readonly ServerId[];
  readonly filter: FeedFilter;
  readonly onChange: (filter: FeedFilter) => void;
  /** What else stands in the bar. */
  readonly children: ReactNode;
}

/** Which servers and kinds are shown; nothing pressed means all of them. */
export function FilterBar({ servers, filter, onChange, children }: FilterBarProps): ReactElement {
  const bar = useRef<HTMLDivElement>(null);
  useEdges(bar);
  const pressedServers = filter.servers.map(String);
  return (
    <div className="events-bar ui-edges" ref={bar}>
      <ToggleGroup
        className="events-group"
        aria-label="Servers"
        multiple
        value={pressedServers}
        onValueChange={(ids) => onChange({ ...filter, servers: ids.map(Number).sort((a, b) => a - b) })}
      >
        {servers.map((id) => (
          <Toggle key={id} value={String(id)} className="chip">
            S{id}
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
        {(Object.keys(kindNames) as FeedKind[]).map((kind) => (
          <Toggle key={kind} value={kind} className="chip">
            <KindIcon kind={kind} />
            {kindNames[kind]}
          </Toggle>
        ))}
      </ToggleGroup>
      <Toggle className="chip" pressed={filter.routine} onPressedChange={(routine) => onChange({ ...filter, routine })}>
        Routine
      </Toggle>
      {children}
    </div>
  );
}
