import { type ActionItem, actionOf } from "../../store/actions/table.ts";
import type { LabState, Selection } from "../../store/lab.ts";
import { labState, useLab } from "../../store/use-lab.ts";

const onPage = (): Selection => null;

/** What of an item is drawn: the button renders again only when this changes. */
function face(item: ActionItem | undefined): string {
  return item === undefined ? "" : `${item.label}\n${item.disabledReason ?? ""}`;
}

/**
 * One row of the action table for a button, on what `pick` selects. Undefined while its target does not exist.
 * `run` acts on the state at the time of the click.
 */
export function useAction(id: string, pick: (state: LabState) => Selection = onPage): ActionItem | undefined {
  useLab((state) => face(actionOf(id, pick(state), state)));
  const item = actionOf(id, pick(labState()), labState());
  if (item === undefined) return undefined;
  return { ...item, run: () => actionOf(id, pick(labState()), labState())?.run() };
}
