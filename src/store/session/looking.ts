import type { GroupId } from "../../base/units.ts";
import type { Viewport } from "../../worker/protocol/frame.ts";
import type { Asks } from "./asks.ts";

export interface Looking {
  look(at: Partial<Viewport>): void;
  /** Another run begins with the group that it asks for; one that is rebuilt goes on with the one that was shown. */
  beginWithGroup(group: GroupId): void;
  /** Tells a worker that does not know. For work in the queue. */
  tell(asks: Asks): Promise<void>;
}

/** Which part of the logs, and which Raft group, the page looks at. */
export function createLooking(asks: Asks): Looking {
  let viewport: Viewport | null = null;

  async function tell({ move }: Asks): Promise<void> {
    if (viewport !== null) await move("viewport", viewport, "on");
  }
  /** What is looked at when it is asked: a run that was opened since it was wanted may begin with another group. */
  const show = asks.newest<null>(tell);

  return {
    look(at) {
      viewport = { logFrom: 1, logCount: 0, ...viewport, ...at };
      show(null);
    },
    beginWithGroup(group) {
      if (viewport !== null) viewport = { ...viewport, group };
      else if (group > 1) viewport = { logFrom: 1, logCount: 0, group };
    },
    tell,
  };
}
