import type { ClockView } from "../../../worker/protocol/server.ts";
import { formatSpan } from "./time.ts";

/** "13 ms ahead, 5 % slow"; a clock that is true has no words. */
export function clockWords({ ahead, drift }: ClockView): string {
  const off = ahead === 0 ? [] : [`${formatSpan(Math.abs(ahead))} ${ahead > 0 ? "ahead" : "behind"}`];
  const pace = drift === 0 ? [] : [`${Math.abs(drift) / 10_000} % ${drift > 0 ? "fast" : "slow"}`];
  return [...off, ...pace].join(", ");
}
