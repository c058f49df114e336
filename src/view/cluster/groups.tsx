import { ChevronRight } from "lucide-react";
import type { ReactElement } from "react";
import type { GroupId } from "../../base/units.ts";
import { lab } from "../../store/use-lab.ts";

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
    <fieldset className="stage-groups" title="Raft groups over the same machines ([ and ])">
      <legend>Group</legend>
      {groups.map((group) => (
        <label key={group}>
          <input
            type="radio"
            name="stage-group"
            checked={group === shown}
            aria-label={`Group ${group}`}
            onChange={() => lab.showGroup(group)}
          />
          {group}
        </label>
      ))}
    </fieldset>
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
