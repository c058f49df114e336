import { type Micros, microsPerSecond } from "../base/units.ts";
import type { ClientSettings } from "./state/setup.ts";

/** A storm stops the run with a reason, never the tab. */
export const limits = {
  /** A disk that was stalled may finish all that it held up at once, and so may a process that was paused. */
  eventsAtOneInstant: 5000,
  /** A busy cluster makes a hundred million in six hours. */
  events: 200_000_000,
  packetsInFlight: 5000,
  /** Of all messages under way together. */
  entriesInFlight: 200_000,
  entriesPerLog: 500_000,
  /** Of all groups together, what servers have in common counted once. */
  entriesHeld: 600_000,
  /** Commands, or reads, that one server has taken and not answered. */
  waitingHere: 20_000,
  runMicros: 6 * 3600 * microsPerSecond,
  clients: 9,
  /** Ended requests that the clients remember. */
  requestsKept: 24,
  requestsOpen: 500,
  /** Of all clients, in a whole run. */
  operations: 500_000,
  /** Of one session. A client with more commands under way may find that an answer was forgotten. */
  answersKept: 64,
  lostKept: 12,
  loadPerSecond: 20_000,
  /** Messages that wait for a paused process; more are lost, as from a full socket. */
  inbox: 2000,
  /** Writes that a disk, stalled perhaps, has before it. */
  writesPending: 2000,
  nemeses: 16,
  /** Faults that have an end, and have not come to it. */
  appointments: 500,
  /** Copies of one message that may exist. */
  copies: 50,
} as const;

/** How clients behave unless the set-up says otherwise. */
export const defaultClients: ClientSettings = {
  sessions: false,
  repeatAfter: 0,
  givesUpAfter: 2 * microsPerSecond,
  sessionsMost: 16,
};
/** Where nobody knows a leader, a client asks the next server after this long. */
export const asksAgainAfter: Micros = 100_000;
