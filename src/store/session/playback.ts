import type { Frame } from "../../worker/protocol/frame.ts";
import type { Asks, Ground } from "./asks.ts";

export interface Playback {
  /** One animation frame at wall time `now`, in milliseconds. */
  tick(now: number): void;
  play(): void;
  /** Time stands, and the worker is brought to the time that is drawn. */
  pause(): void;
  /** Time stands: the run is somewhere else, or gone. */
  halt(): void;
  /** Time passes from here on. */
  go(): void;
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

/** Lets time pass while the run plays. At most one question for the next frame is under way. */
export function createPlayback({ store, time, notices }: Ground, asks: Asks): Playback {
  let advancing = false;

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

  const playback: Playback = {
    tick(now) {
      const { playing, speed, frame } = store.getState();
      if (!playing || frame === null) return time.note(now);
      if (frame.nextAt === null) {
        playback.pause();
        return notices.notify(standing);
      }
      if (time.pass(now, speed, frame.nextAt) && !advancing) advance();
    },
    play() {
      const { frame, status } = store.getState();
      if (frame === null || status !== "ready") return;
      if (endOf(frame) === null) playback.go();
      else notices.notify(ended);
    },
    pause() {
      if (!store.getState().playing) return;
      playback.halt();
      settle();
    },
    halt: () => store.setState({ playing: false }),
    go: () => store.setState({ playing: true }),
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
