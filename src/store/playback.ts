/** More deaths than this within a minute and the page stops trying by itself. */
export const restartsPerMinute = 3;
const minuteMillis = 60_000;

export type PlaybackState = "starting" | "paused" | "playing" | "restoring" | "failed";

export type PlaybackEvent =
  /** A run is on the page, for the first time or another one. */
  | { readonly type: "opened"; readonly play: boolean }
  | { readonly type: "play" }
  | { readonly type: "pause" }
  /** The worker is gone. `at`: wall time in milliseconds. */
  | { readonly type: "died"; readonly at: number }
  | { readonly type: "rebuilt" }
  | { readonly type: "retry" };

export interface Playback {
  readonly state: PlaybackState;
  /** Wall times of the worker's deaths within the last minute, in milliseconds. */
  readonly deaths: readonly number[];
}

export const atStart: Playback = { state: "starting", deaths: [] };

/** What is left out does not concern that state. A death may come in any of them. */
type Moves = { readonly [E in Exclude<PlaybackEvent["type"], "died">]?: (event: Named<E>) => PlaybackState };
type Named<E extends PlaybackEvent["type"]> = Extract<PlaybackEvent, { readonly type: E }>;

const opened = ({ play }: Named<"opened">): PlaybackState => (play ? "playing" : "paused");

/** What the page is doing with the run. Moves of the clock itself are not states: they happen inside `playing`. */
const moves: Readonly<Record<PlaybackState, Moves>> = {
  starting: { opened },
  paused: { opened, play: () => "playing" },
  playing: { opened, pause: () => "paused" },
  restoring: { rebuilt: () => "paused" },
  failed: { retry: () => "restoring" },
};

/** The same playback where the event changes nothing. */
export function nextPlayback(now: Playback, event: PlaybackEvent): Playback {
  if (event.type === "died") return afterDeath(now, event.at);
  const move = moves[now.state][event.type] as ((event: PlaybackEvent) => PlaybackState) | undefined;
  const state = move?.(event) ?? now.state;
  const deaths = event.type === "retry" ? [] : now.deaths;
  return state === now.state ? now : { state, deaths };
}

function afterDeath(now: Playback, at: number): Playback {
  if (now.state === "failed") return now;
  const recent = now.deaths.filter((death) => at - death < minuteMillis);
  if (recent.length >= restartsPerMinute) return { ...now, state: "failed" };
  return { state: "restoring", deaths: [...recent, at] };
}
