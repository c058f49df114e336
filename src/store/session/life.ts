import type { LabStatus } from "../lab.ts";

/** More deaths than this within a minute and the page stops trying by itself. */
export const restartsPerMinute = 3;
const minuteMillis = 60_000;

type LifeEvent =
  /** A run is on the page, for the first time or another one. */
  | { readonly type: "opened" }
  /** The worker is gone. `at`: wall time in milliseconds. */
  | { readonly type: "died"; readonly at: number }
  /** Another worker has the run again. */
  | { readonly type: "restored" }
  /** The user wants one more try. */
  | { readonly type: "retry" };

export interface Life {
  readonly status: LabStatus;
  /** Wall times of the worker's deaths within the last minute, in milliseconds. */
  readonly deaths: readonly number[];
}

export const unborn: Life = { status: "starting", deaths: [] };

/**
 * The life of the engine. A death may come at any time; what is left out does not concern that state.
 *
 *                 opened            died              died too often
 *      starting ──────────▶ ready ────────▶ restoring ──────────────▶ failed
 *         │                   ▲               │  ▲  ▲                    │
 *         │                   └───────────────┘  │  └────────────────────┘
 *         │                    restored, opened  │          retry
 *         └──────────────────────────────────────┘
 *                           died
 */
const moves: Readonly<Record<LabStatus, { readonly [E in LifeEvent["type"]]?: LabStatus }>> = {
  starting: { opened: "ready" },
  ready: {},
  restoring: { restored: "ready", opened: "ready" },
  failed: { retry: "restoring" },
};

/** The same life where the event changes nothing. */
export function nextLife(now: Life, event: LifeEvent): Life {
  if (event.type === "died") return afterDeath(now, event.at);
  const status = moves[now.status][event.type];
  if (status === undefined) return now;
  return { status, deaths: event.type === "retry" ? [] : now.deaths };
}

function afterDeath(now: Life, at: number): Life {
  if (now.status === "failed") return now;
  const recent = now.deaths.filter((death) => at - death < minuteMillis);
  if (recent.length >= restartsPerMinute) return { ...now, status: "failed" };
  return { status: "restoring", deaths: [...recent, at] };
}
