import { type Micros, microsPerMilli } from "../base/units.ts";
import { type Loop, loopNow, setLoop } from "./looped.ts";
import { openedRun, shownUntil } from "./story.ts";
import { clock, lab, labState, onLab, whenLab } from "./use-lab.ts";

/** Milliseconds that a round takes at least: what is shorter goes more slowly. */
const roundLeast = 900;

let leave: (() => void) | null = null;

/**
 * Plays a stretch over and over, as far as it is known and may be seen, until `setLoop(null)` or another run or branch. A
 * pause is a pause; whoever plays on plays the stretch. False: there is nothing to play.
 */
export function loopOver(wanted: Loop): boolean {
  const state = labState();
  const end = Math.min(state.frame?.end.at ?? 0, shownUntil(state));
  const loop: Loop = { from: Math.max(0, Math.round(wanted.from)), to: Math.min(end, Math.round(wanted.to)) };
  if (loop.to <= loop.from) return false;
  leave?.();
  setLoop(loop);
  const [run, branch] = [openedRun(state), state.frame?.branch];
  const stopWaiting = onArrival(loop.to, () => round(loop));
  const stopLooking = onLab(() => {
    const now = labState();
    if (loopNow() !== loop) return leave?.();
    const { playing, until, frame } = now;
    const isElsewhere = openedRun(now) !== run || frame?.branch !== branch;
    // Somebody lets time pass to another moment.
    const leaves = playing && until !== null && until !== loop.to;
    if (isElsewhere || leaves) setLoop(null);
    else if (playing && until === null) round(loop);
  });
  leave = () => {
    stopWaiting();
    stopLooking();
    leave = null;
  };
  round(loop);
  return true;
}

/** Calls `then` whenever time has passed up to that moment and stands there; until what it returns is called. */
export function onArrival(to: Micros, then: () => void): () => void {
  let [played, ends] = [false, false];
  return onLab(() => {
    const { playing, frame } = labState();
    // Time stands first, and then the run is brought there.
    if (playing) ends = false;
    else if (played && clock() >= to) ends = true;
    played = playing;
    if (!ends || frame?.position.at !== to) return;
    ends = false;
    then();
  });
}

/** From `from` on time passes up to `to`, as soon as the run is there, and if that is `still` wanted. */
export function playFrom({ from, to }: Loop, millis?: number, still = () => true): void {
  lab.pause();
  lab.seek(from);
  whenLab(
    (state) => state.frame?.position.at === from || !still(),
    () => still() && lab.playTo(to, millis),
  );
}

/** From where time stands in it, else from its beginning. */
function round(loop: Loop): void {
  const { frame, playing, pace } = labState();
  const at = frame?.position.at ?? 0;
  const { from, to } = loop;
  // What would be over too soon.
  const millis = (to - from) / (microsPerMilli * pace.speed) < roundLeast ? roundLeast : undefined;
  if (playing && at >= from && at < to) lab.playTo(to, millis);
  else playFrom(loop, millis, () => loopNow() === loop);
}
