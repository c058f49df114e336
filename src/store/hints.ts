import { type Deed, type Deeds, deeds } from "./deeds.ts";
import type { LabState } from "./lab.ts";
import { leaderNow } from "./membership.ts";

type Run = Pick<LabState, "frame" | "info">;

/** What pays off first in a scenario, where that is not the usual. */
const first: Readonly<Record<string, Deed>> = {
  "split-vote": "rewind",
  "write-step-by-step": "write",
  "slow-follower": "write",
  "minority-partition": "heal",
  "two-leaders": "heal",
  "stale-read": "heal",
};

/** One thing to try that has not been done yet and can be done now; "" where there is none, or nobody shall be disturbed. */
export function hintFor(run: Run, { done, theirs }: Deeds): string {
  const { frame, info } = run;
  if (
    frame === null ||
    info === null ||
    info.preset === "" ||
    info.lesson !== undefined ||
    info.game !== undefined ||
    theirs
  )
    return "";
  if (frame.violation !== null || frame.stopped !== null) return "";
  const own = first[info.preset];
  const order = own === undefined ? deeds : [own, ...deeds.filter((deed) => deed !== own)];
  for (const deed of order) {
    const text = done.includes(deed) ? "" : hints[deed](frame);
    if (text !== "") return text;
  }
  return "";
}

/** In what state a thing can be tried, and the words for it. */
const hints: { readonly [D in Deed]: (frame: NonNullable<LabState["frame"]>) => string } = {
  crash(frame) {
    const leader = leaderNow(frame);
    if (leader !== null) return `Crash the leader, S${leader.id}: who leads next?`;
    const down = frame.servers.some(({ status }) => status === "down");
    return down ? "" : "Play until a server leads. Then crash it.";
  },
  write(frame) {
    const leader = leaderNow(frame);
    if (leader !== null) return "Write, and watch how far the entry gets.";
    return frame.strayed === null ? "" : "Nobody leads. Play on until somebody does.";
  },
  cut: (frame) => (frame.cuts.length > 0 ? "" : "Cut two servers off: draw a loop around them."),
  heal: (frame) => (frame.cuts.length > 0 ? "Heal the cut, and play: who has to give way?" : ""),
  rewind: (frame) => (frame.position.at > 0 ? "Go back in time, and do something else there." : ""),
  open: () => "Open another scenario.",
};
