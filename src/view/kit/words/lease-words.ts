import type { LeaseView } from "../../../worker/protocol/server.ts";

/** What a lease is good for, and on what it rests. */
export function leaseWords({ gives, clocksWithin }: LeaseView): string {
  if (gives === "leadership") return "So long it leads on if it hears no more: then check-quorum makes it step down.";
  const reads = "Its lease: so long it answers reads alone, unless a majority answers and renews it.";
  return clocksWithin === null
    ? `${reads} Another leader may be elected before it ends.`
    : `${reads} Safe while no clock runs more than ${clocksWithin} % faster than another.`;
}
