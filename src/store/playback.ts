import { assign, setup } from "xstate";

/** More deaths than this within a minute and the page stops trying by itself. */
export const restartsPerMinute = 3;
const minuteMillis = 60_000;

export type PlaybackEvent =
  /** A run is on the page, for the first time or another one. */
  | { readonly type: "opened"; readonly play: boolean }
  | { readonly type: "play" }
  | { readonly type: "pause" }
  /** The worker is gone. `at`: wall time in milliseconds. */
  | { readonly type: "died"; readonly at: number }
  | { readonly type: "rebuilt" }
  | { readonly type: "retry" };

interface Context {
  /** Wall times of the worker's deaths within the last minute, in milliseconds. */
  readonly deaths: readonly number[];
}

function recent(deaths: readonly number[], now: number): readonly number[] {
  return deaths.filter((at) => now - at < minuteMillis);
}

/** What the page is doing with the run. Moves of the clock itself are not states: they happen inside `playing`. */
export const playbackMachine = setup({
  types: { context: {} as Context, events: {} as PlaybackEvent },
  guards: {
    wantsToPlay: ({ event }) => event.type === "opened" && event.play,
    tooOften: ({ context, event }) =>
      event.type === "died" && recent(context.deaths, event.at).length >= restartsPerMinute,
  },
  actions: {
    noteDeath: assign(({ context, event }) =>
      event.type === "died" ? { deaths: [...recent(context.deaths, event.at), event.at] } : context,
    ),
    forgive: assign({ deaths: [] }),
  },
}).createMachine({
  id: "playback",
  context: { deaths: [] },
  initial: "starting",
  on: {
    died: [
      { guard: "tooOften", target: ".failed" },
      { target: ".restoring", actions: "noteDeath" },
    ],
  },
  states: {
    starting: { on: { opened: [{ guard: "wantsToPlay", target: "playing" }, { target: "paused" }] } },
    paused: { on: { play: "playing", opened: [{ guard: "wantsToPlay", target: "playing" }, { target: "paused" }] } },
    playing: {
      on: { pause: "paused", opened: [{ guard: "wantsToPlay", target: "playing" }, { target: "paused" }] },
    },
    restoring: { on: { rebuilt: "paused" } },
    failed: { on: { retry: { target: "restoring", actions: "forgive" }, died: {} } },
  },
});

export type PlaybackState = "starting" | "paused" | "playing" | "restoring" | "failed";
