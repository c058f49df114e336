import { microsPerMilli } from "../../base/units.ts";
import type { Frame } from "../../worker/protocol/frame.ts";
import type { Asks, Ground } from "./asks.ts";
import { passMax } from "./virtual-clock.ts";

export interface Playback {
  /** Asks for the next frame if the clock has come to it. */
  tick(): void;
  /** Milliseconds until the next `tick` is due; null: not while time stands. */
  wait(): number | null;
  play(): void;
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
  /** A run that has come to its end does not go on; it is said once why. */
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

  function advance(): void {
    advancing = true;
    asks.enqueue(async ({ move }) => {
      await move("advance", { to: time.goal() }, "on");
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
  const stand = (): void => store.setState({ playing: false });

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
    playback.play();
  }

  const playback: Playback = {
    tick() {
      const { playing, frame } = store.getState();
      if (!playing || frame === null) return;
      if (frame.nextAt === null) {
        playback.pause();
        return notices.notify(standing);
      }
      if (time.goal() >= frame.nextAt && !advancing) advance();
    },
    wait() {
      const { playing, speed, frame } = store.getState();
      if (!playing || frame === null) return null;
      if (frame.nextAt === null) return 0;
      return Math.min(lookEvery, Math.max(0, frame.nextAt - time.goal()) / (microsPerMilli * speed));
    },
    play() {
      const { frame, status } = store.getState();
      if (frame === null || status !== "ready") return;
      if (endOf(frame) === null) playback.go();
      else notices.notify(ended);
    },
    pause() {
      wanted = false;
      standHere();
    },
    halt() {
      wanted = false;
      stand();
    },
    go() {
      wanted = holders > 0;
      if (wanted) return;
      time.note(now());
      store.setState({ playing: true });
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
      const reason = endOf(frame);
      if (reason === null) return;
      playback.halt();
      if (endOf(before) === reason) return;
      const news = frame.violation === null ? `The run stops: ${reason}` : `Violated: ${reason}. The run stops here.`;
      notices.notify(news, "error");
    },
  };
  return playback;
}
