import { microsPerSecond } from "../base/units.ts";

/** A storm stops the run with a reason, never the tab. */
export const limits = {
  eventsAtOneInstant: 1000,
  packetsInFlight: 5000,
  entriesPerLog: 500_000,
  runMicros: 6 * 3600 * microsPerSecond,
  /** Ended requests that the client remembers. */
  requestsKept: 24,
  requestsOpen: 500,
  lostKept: 12,
  loadPerSecond: 1000,
  /** Copies of one message that may exist. */
  copies: 50,
} as const;

/** How a client behaves. Times in microseconds. */
export const clientHabits = {
  givesUpAfter: 2 * microsPerSecond,
  asksAgainAfter: 100_000,
} as const;
