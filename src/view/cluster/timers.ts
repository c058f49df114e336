import { type Micros, microsPerMilli, type ServerId } from "../../base/units.ts";
import type { Frame } from "../../worker/protocol/frame.ts";

/** What is left of an election timer. */
export interface TimerLeft {
  readonly left: Micros;
  /** No other fires sooner. */
  readonly first: boolean;
}

const none: ReadonlyMap<ServerId, TimerLeft> = new Map();

/**
 * The election timers that are told in words: all of them where the moment is about them, as long as nobody leads, and
 * while time stands, since words do not run along.
 */
export function timersTold({ servers, position }: Frame, playing: boolean): ReadonlyMap<ServerId, TimerLeft> {
  if (playing || servers.some(({ role, status }) => role === "leader" && status === "up")) return none;
  const running = servers.flatMap(({ id, electionDueAt, status, member }) =>
    electionDueAt === null || status !== "up" || member !== "voter" ? [] : [{ id, left: electionDueAt - position.at }],
  );
  const soonest = Math.min(...running.map(({ left }) => left));
  return new Map(running.map(({ id, left }) => [id, { left, first: left === soonest }]));
}

/** "20 ms left" */
export const leftWords = (left: Micros): string => `${Math.ceil(Math.max(0, left) / microsPerMilli)} ms left`;
