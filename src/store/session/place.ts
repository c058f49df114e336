import type { ViewState } from "../../worker/protocol/requests.ts";
import type { LabState } from "../lab.ts";
import { selectionText } from "./selection.ts";
import type { VirtualClock } from "./virtual-clock.ts";

/** What links and files say of what the page shows now. */
export function viewNow({ selection, pace, frame }: LabState, time: VirtualClock): ViewState {
  const view = { at: Math.floor(time.shown()), select: selectionText(selection), speed: pace.speed };
  return frame !== null && frame.group > 1 ? { ...view, group: frame.group } : view;
}
