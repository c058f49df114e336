import type { Micros } from "../../base/units.ts";
import type { InputProblem, Requests, Source } from "../../worker/protocol/requests.ts";
import type { LabState } from "../lab.ts";
import { clampSpeed, speedDefault } from "../speed.ts";
import type { Asks, Ground } from "./asks.ts";
import type { Autosave } from "./autosave.ts";
import type { Outcome } from "./engine.ts";
import type { Looking } from "./looking.ts";
import type { Playback } from "./playback.ts";
import type { Saving } from "./saving.ts";
import { readSelection } from "./selection.ts";

export const firstPreset: Source = { from: "preset", id: "first-election" };

export interface Opening {
  /** What cannot be opened leaves the run on the page as it is, and says why. */
  open(source: Source): void;
  /** The run's scenario again as it was at first. */
  restart(): void;
  /** The run in another worker, at the moment that was shown, paused. `restored` is called when it is there. */
  rebuild(restored: () => void): void;
  refuse(problem: InputProblem): void;
  /** Asks whether an earlier run shall come back. */
  offerEarlier(autosave: Autosave): Promise<void>;
  restore(accepted: boolean): void;
  /** Opens the run that is left from before without asking; `instead`, if there is none. */
  takeUp(autosave: Autosave, instead: Source): Promise<void>;
}

const another = "This moment has another state than before: what was done last was lost.";

/** What the page showed when the worker died. */
type Before = Pick<LabState, "frame" | "selection" | "speed"> & { readonly shown: Micros };

/** What the parts do when another run is there. */
interface Household {
  readonly asks: Asks;
  readonly playback: Playback;
  readonly looking: Looking;
  readonly saving: Saving;
  readonly opened: () => void;
}

export function createOpening(
  { store, time, notices }: Ground,
  { asks, playback, looking, saving, opened }: Household,
): Opening {
  /** What the user opened last. */
  let origin = firstPreset;
  /** The run that was left from before, as text. */
  let earlier: string | null = null;

  const refuse = (problem: InputProblem | null): void => store.setState({ problem });

  /** True if the run is on the page; otherwise what was there is untouched. */
  async function openNow(running: Asks, source: Source): Promise<boolean> {
    return enter(running, source, await running.ask("open", { source }));
  }

  async function enter(running: Asks, source: Source, ready: Outcome<"open">): Promise<boolean> {
    if (ready.kind === "problem") refuse(ready.problem);
    if (ready.kind !== "answer") return false;
    const outcome = await running.ask("enter", ready.answer);
    if (outcome.kind !== "answer") return false;
    const { info } = outcome.answer;
    if (source !== saving.base()) {
      looking.beginWithGroup(info.view?.group ?? 1);
      saving.opened(source, source.from === "file" && source.text === earlier);
    }
    show(running, outcome.answer);
    await looking.tell(running);
    return true;
  }

  function show(running: Asks, { info, ...moved }: Requests["enter"]["answer"]): void {
    const { view, mismatch } = info;
    // What played before must not let time pass in the run that is here now: that one says itself whether it plays.
    playback.halt();
    store.setState({
      info,
      problem: null,
      selection: view === null ? null : readSelection(view.select),
      speed: clampSpeed(view?.speed ?? speedDefault),
    });
    running.show(moved, "jump");
    if (mismatch !== null) notices.notify(mismatch, "error");
  }

  /** What takes long is made ready while the run on the page, if there is one, goes on; then it is shown at once. */
  async function openChosen(running: Asks, source: Source): Promise<void> {
    let isLong = (): void => {};
    const long = new Promise<"long">((resolve) => {
      isLong = () => resolve("long");
    });
    const ready = running.ask("open", { source }, isLong);
    const first = store.getState().frame === null ? await ready : await Promise.race([ready, long]);
    if (first !== "long") return enterChosen(running, source, first);
    void ready.then((outcome) => asks.enqueue((later) => enterChosen(later, source, outcome)));
  }

  async function enterChosen(running: Asks, source: Source, ready: Outcome<"open">): Promise<void> {
    const there = await enter(running, source, ready);
    if (!there && store.getState().frame === null && source !== firstPreset) return openInstead(running);
    if (!there) return;
    origin = source;
    opened();
    if (store.getState().info?.view?.play ?? source.from === "preset") playback.go();
  }

  /** The address asked for something that cannot be opened: the page starts as usual and still says why. */
  async function openInstead(running: Asks): Promise<void> {
    const { problem } = store.getState();
    await openChosen(running, firstPreset);
    refuse(problem);
  }

  function rebuild(restored: () => void): void {
    const before = { ...store.getState(), shown: Math.floor(time.shown()) };
    asks.start();
    asks.enqueue(async (running) => {
      const base = saving.base();
      const same = await openNow(running, base);
      if (!same && !(await openNow(running, firstPreset))) return;
      if (same) await returnTo(running, before);
      restored();
    });
  }

  /** To the event whose outcome was drawn, then to the time: it never passes the next event. */
  async function returnTo({ move }: Asks, { frame, selection, speed, shown }: Before): Promise<void> {
    store.setState({ selection, speed });
    if (frame === null) return;
    await move("visit", { event: frame.position.event }, "jump");
    const { at } = frame.position;
    if ((store.getState().frame?.position.at ?? at) < at) await move("seek", { to: at }, "jump");
    if (store.getState().frame?.hash !== frame.hash) notices.notify(another, "error");
    if (shown > at && shown !== frame.nextAt) await move("seek", { to: shown }, "jump");
    else time.jump(shown);
  }

  function open(source: Source): void {
    // Of two that take long the last one that was chosen is wanted.
    asks.cancel("open");
    asks.enqueue((running) => openChosen(running, source));
  }
  return {
    open,
    restart: () => open(origin),
    rebuild,
    refuse,
    async offerEarlier(autosave) {
      const saved = await autosave.load();
      if (saved === null) return;
      earlier = saved.text;
      store.setState({ offer: { title: saved.title, savedAt: saved.savedAt } });
    },
    async takeUp(autosave, instead) {
      earlier = (await autosave.load())?.text ?? null;
      open(earlier === null ? instead : { from: "file", text: earlier });
    },
    restore(accepted) {
      store.setState({ offer: null });
      if (accepted && earlier !== null) open({ from: "file", text: earlier });
    },
  };
}
