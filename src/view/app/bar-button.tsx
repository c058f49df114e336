import type { ActionItem } from "../../store/actions/table.ts";
import type { LabState, Selection } from "../../store/lab.ts";
import { leaderNow } from "../../store/membership.ts";
import { useLab } from "../../store/use-lab.ts";
import { hotkeyParts } from "../kit/keys.ts";
import { BarFace, type BarItem } from "./bar-face.tsx";
import { useAction } from "./use-action.ts";

/** The server that "crash" means: the selected one, or the leader, or the first. */
function subject(state: LabState): Selection {
  if (state.selection?.kind === "server") return state.selection;
  if (state.frame === null) return null;
  const server = leaderNow(state.frame) ?? state.frame.servers[0];
  return server === undefined ? null : { kind: "server", id: server.id };
}

/** Nothing is selected, and so the leader is meant: that is said. */
const meansLeader = ({ frame, selection }: LabState): boolean =>
  selection?.kind !== "server" && frame !== null && leaderNow(frame) !== null;

/** Its row of the action table, on whom it means now; undefined while there is nobody. */
export function useAct(item: BarItem): (ActionItem & { readonly short: string }) | undefined {
  const action = useAction(item.id, item.onSubject === true ? subject : undefined);
  const leaderMeant = useLab((state) => item.onSubject === true && meansLeader(state));
  if (action === undefined) return undefined;
  return {
    ...action,
    short: action.label,
    label: leaderMeant ? action.label.replace(/ (?=S\d)/, " leader ") : action.label,
  };
}

/** A button of the bar that acts: with its row of the action table, which the first frame does without. */
export function BarButton({ item }: { readonly item: BarItem }) {
  const action = useAct(item);
  if (action === undefined) return <BarFace item={item} />;
  const { label, short, hotkey, disabledReason, enabled, run } = action;
  const key = hotkey === undefined ? "" : ` (${hotkeyParts(hotkey).join("+")})`;
  const title = `${label}${key}${disabledReason ? `: ${disabledReason}` : ""}`;
  return <BarFace item={item} action={{ label, short, title, enabled, run }} />;
}
