import { type Micros, microsPerMilli } from "../../base/units.ts";
import type { Frame } from "../../worker/protocol/frame.ts";
import { guidedSpeed } from "../guided.ts";
import type { LabState, Pace } from "../lab.ts";
import { clampSpeed } from "../speed.ts";
import type { Asks, Ground } from "./asks.ts";
import { passMax } from "./virtual-clock.ts";

export interface Playback {
  /** Asks for the next frame if the clock has come to it. */
  tick(): void;
  /** Milliseconds until the next `tick` is due; null: not while time stands. */
  wait(): number | null;
  play(): void;
  /**
   * Time passes up to `to` and stops there, exactly: in `millis` of wall time, or else at the run's own pace. It stops
   * earlier where the condition `stop` comes true.
   */
  playTo(to: Micros, millis?: number, stop?: string): void;
  setPace(pace: Pace): void;
  /** Time stands, and the worker is brought to the time that is drawn. */
  pause(): void;
  /** Time stands: the run is somewhere else, or gone. */
  halt(): void;
  /** Time passes from here on; while it is held, as soon as nobody holds it. */
  go(): void;
  /**
   * Time stands until the function that it returns is called, and all others like it. Then it goes on if it passed before,
   * or if something since wants it to; what was asked for meanwhile is done first, at the moment that was seen.
   */
  holdTime(): () => void;
  /** The worker is dead, and with it the question for the next frame. */
  forget(): void;
  /** The queue holds an advance of the playing clock, which nobody waits for. */
  advancing(): boolean;
  /** Follows a frame that is shown: with the pace, and with the end of a run, which is said once. */
  look(before: Frame | null, frame: Frame): void;
}

const ended = "The run has stopped here. Step back, or act in the past.";
const standing = "Nothing will happen by itself here: deliver a message, fire a timer, or send a request.";

/** Why the run ends at this frame, null if it goes on. */
const endOf = (frame: Frame | null): string | null => frame?.violation?.property ?? frame?.stopped ?? null;

/** The clock is looked at this often, in milliseconds, so that it sees the difference between a long wait and a sleep. */
const lookEvery = passMax * 0.8;

/** Lets time pass while the run plays. At most one question for the next frame is under way. */
export function createPlayback({ store, time, notices }: Ground, asks: Asks, now: () => number): Playback {
  let advancing = false;
  let holders = 0;
  /** Time goes on when nobody holds it any more. */
  let wanted = false;
  /** Where time is to be somewhere soon, it passes at this speed; null: at the run's own pace. */
  let hurry: number | null = null;
  /** The condition for which it passes, besides those at which it always stops. */
  let goal: string | null = null;

  function advance(to: Micros): void {
    advancing = true;
    const { info } = store.getState();
    asks.enqueue(async ({ move }) => {
      // Another run has come in between: its time is another one.
      if (store.getState().info?.differs !== info?.differs) {
        advancing = false;
        return;
      }
      const stops = [...(goal === null ? [] : [goal]), ...store.getState().stops];
      await move("advance", stops.length === 0 ? { to } : { to, stops }, "on");
      advancing = false;
    });
  }

  /** So that questions about "now" mean the same to the page and to the worker. */
  function settle(): void {
    asks.enqueue(async ({ move }) => {
      const frame = store.getState().frame;
      const to = Math.floor(time.shown());
      if (frame !== null && frame.position.at < to) await move("advance", { to }, "on");
    });
  }

  /** Time stands, for whatever reason: who holds it is not asked. */
  const stand = (): void => store.setState({ playing: false, speed: store.getState().pace.speed });

  /** Time is to stop nowhere any more. */
  function forgetStop(): void {
    hurry = goal = null;
    store.setState({ until: null });
  }

  function standHere(): void {
    if (!store.getState().playing) return;
    time.shown();
    stand();
    settle();
  }

  function release(): void {
    holders -= 1;
    // What closes a dialog asks for its act in the same breath, before or after.
    queueMicrotask(() => asks.enqueue(async () => goOn()));
  }

  function goOn(): void {
    if (holders > 0 || !wanted) return;
    wanted = false;
    const { until } = store.getState();
    // Somebody has gone beyond it meanwhile.
    if (until !== null && until <= time.shown()) return forgetStop();
    if (begin()) playback.go();
  }

  /** Time stands where it was to stop. */
  function arrive(to: Micros): void {
    playback.halt();
    asks.enqueue(async ({ move }) => void (await move("seek", { to }, "jump")));
  }

  /** How fast time passes in this frame. */
  function follow(): void {
    const speed = hurry ?? ownSpeed(store.getState());
    if (speed === store.getState().speed) return;
    // Up to now time has passed at the old one.
    time.shown();
    store.setState({ speed });
  }

  function begin(): boolean {
    const { frame, status } = store.getState();
    if (frame === null || status !== "ready") return false;
    if (endOf(frame) === null) return true;
    notices.tellOfRun(ended);
    return false;
  }

  function stuck(until: Micros | null): void {
    if (until !== null) return arrive(until);
    playback.pause();
    notices.tellOfRun(store.getState().frame?.told === undefined ? standing : "The log ends here.");
  }

  function comeTrue(at: Micros, condition: string): void {
    const expected = condition === goal;
    playback.halt();
    time.jump(at);
    if (!expected) notices.tellOfRun(`Stopped: “${condition}” comes true here.`);
  }

  const playback: Playback = {
    tick() {
      const { playing, frame, until } = store.getState();
      if (!playing || frame === null) return;
      if (until !== null && frame.position.at > until) return playback.pause();
      if (until !== null && time.shown() >= until) return arrive(until);
      if (frame.nextAt === null) return stuck(until);
      const to = until === null ? time.goal() : Math.min(time.goal(), until);
      if (to >= frame.nextAt && !advancing) advance(to);
    },
    wait() {
      const { playing, speed, frame, until } = store.getState();
      if (!playing || frame === null) return null;
      if (frame.nextAt === null) return 0;
      const due = Math.min(frame.nextAt, until ?? frame.nextAt);
      return Math.min(lookEvery, Math.max(0, due - time.goal()) / (microsPerMilli * speed));
    },
    play() {
      if (!begin()) return;
      forgetStop();
      playback.go();
    },
    playTo(to, millis, stop) {
      if (!begin()) return;
      const way = to - time.shown();
      goal = stop ?? null;
      hurry = millis === undefined ? null : clampSpeed(way / microsPerMilli / millis);
      store.setState({ until: to });
      playback.go();
    },
    setPace(pace) {
      // Up to now time has passed at the old one.
      time.shown();
      hurry = null;
      store.setState({ pace });
      follow();
    },
    pause() {
      wanted = false;
      standHere();
      forgetStop();
    },
    halt() {
      wanted = false;
      stand();
      forgetStop();
    },
    go() {
      wanted = holders > 0;
      if (wanted) return;
      time.note(now());
      store.setState({ playing: true });
      follow();
    },
    holdTime() {
      let held = true;
      holders += 1;
      wanted ||= store.getState().playing;
      standHere();
      return () => {
        if (held) release();
        held = false;
      };
    },
    forget() {
      advancing = false;
      playback.halt();
    },
    advancing: () => advancing,
    look(before, frame) {
      follow();
      if (frame.cameTrue !== undefined) comeTrue(frame.position.at, frame.cameTrue);
      const reason = endOf(frame);
      if (reason === null) return;
      playback.halt();
      if (endOf(before) === reason) return;
      const news = frame.violation === null ? `The run stops: ${reason}` : `Violated: ${reason}. The run stops here.`;
      notices.tellOfRun(news, "error");
    },
  };
  return playback;
}

/** While time stands the speed is what the run was set to, so that whoever looks finds that. */
function ownSpeed({ playing, pace, frame }: LabState): number {
  return playing && pace.guided && frame !== null ? guidedSpeed(frame) : pace.speed;
}
