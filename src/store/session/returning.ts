import type { Micros } from "../../base/units.ts";
import type { LabState } from "../lab.ts";
import type { Asks, Ground } from "./asks.ts";
import { firstPreset, type Opening } from "./opening.ts";
import type { Saving } from "./saving.ts";

const another = "This moment has another state than before: what was done last was lost.";

/** What the page showed when the worker died. */
type Before = Pick<LabState, "frame" | "selection" | "pace" | "seen"> & { readonly shown: Micros };

/** Brings the run back in another worker, at the moment that was shown, paused; calls `restored` when it is there. */
export function createReturning({ store, time, notices }: Ground, asks: Asks, saving: Saving, opening: Opening) {
  /** To the event whose outcome was drawn, then to the time: it never passes the next event. */
  async function returnTo({ move }: Asks, { frame, selection, pace, seen, shown }: Before): Promise<void> {
    store.setState({ selection, pace, speed: pace.speed, seen });
    if (frame === null) return;
    await move("visit", { event: frame.position.event }, "jump");
    const { at } = frame.position;
    if ((store.getState().frame?.position.at ?? at) < at) await move("seek", { to: at }, "jump");
    if (store.getState().frame?.hash !== frame.hash) notices.notify(another, "error");
    if (shown > at && shown !== frame.nextAt) await move("seek", { to: shown }, "jump");
    else time.jump(shown);
  }

  return (restored: () => void): void => {
    const before = { ...store.getState(), shown: Math.floor(time.shown()) };
    asks.start();
    asks.enqueue(async (running) => {
      if (await opening.openNow(running, saving.base())) await returnTo(running, before);
      else if (!(await opening.openNow(running, firstPreset))) return;
      restored();
    });
  };
}
