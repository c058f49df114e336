import type { InputProblem, Requests, Source } from "../../worker/protocol/requests.ts";
import type { RunInfo } from "../../worker/protocol/run.ts";
import type { LabState } from "../lab.ts";
import { callServers } from "../server-names.ts";
import { clampSpeed, speedDefault } from "../speed.ts";
import type { Asks, Ground } from "./asks.ts";
import type { Earlier } from "./earlier.ts";
import type { Outcome } from "./engine.ts";
import type { Looking } from "./looking.ts";
import type { Playback } from "./playback.ts";
import type { Saving } from "./saving.ts";
import { readSelection } from "./selection.ts";

export const firstPreset: Source = { from: "preset", id: "first-election" };

export interface Opening {
  /** What cannot be opened leaves the run on the page as it is, and says why. */
  open(source: Source): void;
  /** As `open`, with all branches that the kept text has of the same run; `other` is called where it has another one. */
  openKept(source: Source, kept: string, other: () => void): void;
  /** What the user opened last. */
  origin(): Source;
  /** Shows what the engine is going to answer. */
  foresee(answer: Requests["enter"]["answer"]): void;
  /** Work in the queue: true if the run is on the page, paused; otherwise what was there is untouched. */
  openNow(running: Asks, source: Source): Promise<boolean>;
  refuse(problem: InputProblem): void;
}

/** What the parts do when another run is there. */
interface Household {
  readonly asks: Asks;
  readonly playback: Playback;
  readonly looking: Looking;
  readonly saving: Saving;
  readonly earlier: Earlier;
  /** `there`: it is on the page; otherwise it will not be. */
  readonly opened: (source: Source, there: boolean) => void;
  /** Whether the reader wants time to be guided in every run; null: no choice was made. */
  readonly guidedChoice: () => boolean | null;
}

export function createOpening(
  { store, notices }: Ground,
  { asks, playback, looking, saving, earlier, opened, guidedChoice }: Household,
): Opening {
  let origin = firstPreset;

  const refuse = (problem: InputProblem | null): void => store.setState({ problem });

  async function enter(running: Asks, source: Source, ready: Outcome<"open">): Promise<boolean> {
    if (ready.kind === "problem") refuse(ready.problem);
    if (ready.kind !== "answer") return false;
    const outcome = await running.ask("enter", ready.answer);
    if (outcome.kind !== "answer") return false;
    const { info } = outcome.answer;
    if (source !== saving.base()) {
      looking.beginWithGroup(info.view?.group ?? 1);
      saving.opened(source, earlier.isIt(source) || ready.answer.kept);
      if (info.told !== undefined) saving.changed();
    }
    show(running, outcome.answer);
    await looking.tell(running);
    return true;
  }

  /** What the reader chose for all runs goes before what this one asks for. */
  function paceOf(view: RunInfo["view"]): Pick<LabState, "speed" | "pace"> {
    const speed = clampSpeed(view?.speed ?? speedDefault);
    return { speed, pace: { speed, guided: guidedChoice() ?? view?.guided ?? false } };
  }

  function show(running: Asks, { info, ...moved }: Requests["enter"]["answer"]): void {
    const { view, mismatch } = info;
    // What played before must not let time pass in the run that is here now: that one says itself whether it plays.
    playback.halt();
    notices.leaveRun();
    callServers(info.told?.servers.map(({ short }) => short) ?? []);
    store.setState({
      info,
      problem: null,
      selection: view === null ? null : readSelection(view.select),
      ...paceOf(view),
      until: null,
      seen: 0,
    });
    running.show(moved, "jump");
    if (mismatch !== null) notices.notify(mismatch, "error");
  }

  /** What takes long is made ready while the run on the page, if there is one, goes on; then it is shown at once. */
  async function openChosen(running: Asks, source: Source, kept?: string): Promise<boolean> {
    let isLong = (): void => {};
    const long = new Promise<"long">((resolve) => {
      isLong = () => resolve("long");
    });
    const ready = running.ask("open", kept === undefined ? { source } : { source, kept }, isLong);
    const first = store.getState().frame === null ? await ready : await Promise.race([ready, long]);
    if (first !== "long") await enterChosen(running, source, first);
    else void ready.then((outcome) => asks.enqueue((later) => enterChosen(later, source, outcome)));
    return first !== "long" && first.kind === "answer" && first.answer.kept;
  }

  async function enterChosen(running: Asks, source: Source, ready: Outcome<"open">): Promise<void> {
    const there = await enter(running, source, ready);
    if (there) origin = source;
    opened(source, there);
    if (!there && store.getState().frame === null && source !== firstPreset) return openInstead(running);
    if (!there) return;
    if (store.getState().info?.view?.play ?? source.from === "preset") playback.go();
  }

  /** The address asked for something that cannot be opened: the page starts as usual and still says why. */
  async function openInstead(running: Asks): Promise<void> {
    const { problem } = store.getState();
    await openChosen(running, firstPreset);
    refuse(problem);
  }

  function open(source: Source): void {
    // Of two that take long the last one that was chosen is wanted.
    asks.cancel("open");
    asks.enqueue(async (running) => void (await openChosen(running, source)));
  }

  function openKept(source: Source, kept: string, other: () => void): void {
    asks.enqueue(async (running) => {
      if (!(await openChosen(running, source, kept))) other();
    });
  }
  return {
    open,
    openKept,
    origin: () => origin,
    foresee: (answer) => show(asks, answer),
    openNow: async (running, source) => enter(running, source, await running.ask("open", { source })),
    refuse,
  };
}
