import { ChevronRight } from "lucide-react";
import type { ReactElement } from "react";
import type { GroupId } from "../../base/units.ts";
import { lab } from "../../store/use-lab.ts";
import "./groups.css";

interface Props {
  readonly count: number;
  readonly shown: GroupId;
  readonly narrow: boolean;
}

/** Which of several Raft groups over the same machines is shown: all at once, or, where there is no room, one after the other. */
export function GroupSwitch({ count, shown, narrow }: Props): ReactElement {
  if (narrow) return <NextGroup count={count} shown={shown} />;
  const groups = Array.from({ length: count }, (_, i) => i + 1);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset belongs to a form
    <div
      className="stage-groups"
      role="group"
      aria-label="Raft group"
      title="Raft groups over the same machines ([ and ])"
    >
      <span aria-hidden="true">Group</span>
      {groups.map((group) => (
        <button
          key={group}
          type="button"
          aria-label={`Group ${group}`}
          aria-pressed={group === shown}
          onClick={() => lab.showGroup(group)}
        >
          {group}
        </button>
      ))}
    </div>
  );
}

function NextGroup({ count, shown }: Omit<Props, "narrow">): ReactElement {
  return (
    <button type="button" className="stage-group-next" onClick={() => lab.showGroup((shown % count) + 1)}>
      Group {shown} of {count}
      <ChevronRight size={14} strokeWidth={1.8} aria-hidden="true" />
    </button>
  );
}
