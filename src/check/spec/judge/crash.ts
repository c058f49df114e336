import type { ServerId } from "../../../base/units.ts";
import type { Disk } from "../../../world/state/machine.ts";
import type { Action } from "../next.ts";
import { type SpecState, serverIn } from "../state.ts";
import { copiesOf, explain, ownVotes, type Step } from "./explain.ts";
import { specMessages } from "./mapping.ts";
import { durableDifferences, sameLog } from "./observed.ts";
import { Path } from "./path.ts";

type Stored = Pick<Disk, "term" | "votedFor" | "log">;

/**
 * A server has crashed while a write was under way: as much of it as the disk has has happened, and nothing that it
 * would have sent after it. Messages that were received for the rest are lost.
 */
export function afterCrash(
  state: SpecState,
  i: ServerId,
  taken: readonly Step[],
  left: readonly Step[],
  disk: Stored,
): Path {
  const path = new Path(state);
  if (durableDifferences(i, serverIn(state, i), disk).length > 0) redo(path, i, taken, disk);
  else dropReceived(path, taken);
  dropReceived(path, left);
  for (const m of ownVotes(path.state, i)) path.go({ name: "DropMessage", m });
  path.go({ name: "Restart", i });
  return path;
}

function dropReceived(path: Path, steps: readonly Step[]): void {
  for (const { input } of steps)
    if (input.kind === "message")
      for (const m of specMessages(input.message) ?? []) path.go({ name: "DropMessage", m });
}

function redo(path: Path, i: ServerId, taken: readonly Step[], disk: Stored): void {
  let whole = path.state;
  for (const step of taken) {
    const before = path.state;
    const explained = explain(whole, step).path;
    whole = explained.state;
    for (const action of explained.actions) if (isOwn(action)) doAgain(path, i, action, disk);
    if (step.input.kind !== "message") continue;
    for (const m of specMessages(step.input.message) ?? [])
      if (copiesOf(path.state, m) === copiesOf(before, m)) path.go({ name: "DropMessage", m });
  }
  for (const m of path.sent.slice()) if (m.mdest !== m.msource) path.go({ name: "DropMessage", m });
}

/** What goes to others has not left. */
const isOwn = (action: Action): boolean => !("j" in action) || action.i === action.j;

/** Of a log that was being written, the disk may have a part only. */
function doAgain(path: Path, i: ServerId, action: Action, disk: Stored): void {
  const { log } = serverIn(path.state, i);
  const taken = path.go(action);
  if (taken.ok && serverIn(path.state, i).log !== log && sameLog(log, disk.log))
    path.takeBack(taken.sends !== undefined);
}
