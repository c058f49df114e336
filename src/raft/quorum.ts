import type { LogIndex, ServerId } from "../base/units.ts";
import type { Configuration } from "./configuration.ts";

/** Smallest number of servers that is more than half of `voters`. */
export const majorityOf = (voters: number): number => (voters >> 1) + 1;

export type VoteResult = "won" | "lost" | "pending";

/** The result of an election so far; a joint configuration needs both halves (P §6). */
export function voteResult(configuration: Configuration, votes: readonly (boolean | undefined)[]): VoteResult {
  const first = halfResult(configuration.voters, votes);
  if (configuration.outgoing.length === 0) return first;
  const second = halfResult(configuration.outgoing, votes);
  if (first === "lost" || second === "lost") return "lost";
  return first === "won" && second === "won" ? "won" : "pending";
}

function halfResult(voters: readonly ServerId[], votes: readonly (boolean | undefined)[]): VoteResult {
  let granted = 0;
  let missing = 0;
  for (const id of voters) {
    if (votes[id] === undefined) missing++;
    else if (votes[id]) granted++;
  }
  const quorum = majorityOf(voters.length);
  if (granted >= quorum || voters.length === 0) return "won";
  return granted + missing >= quorum ? "pending" : "lost";
}

/** The highest value that a quorum (of both halves) has reached. */
export function quorumValue(configuration: Configuration, reached: (id: ServerId) => number): LogIndex {
  const first = halfValue(configuration.voters, reached);
  return configuration.outgoing.length === 0 ? first : Math.min(first, halfValue(configuration.outgoing, reached));
}

const scratch: number[] = [];

function halfValue(voters: readonly ServerId[], reached: (id: ServerId) => number): number {
  const n = voters.length;
  if (n === 0) return Number.MAX_SAFE_INTEGER;
  for (let i = 0; i < n; i++) {
    const value = reached(voters[i]!);
    let at = i;
    for (; at > 0 && scratch[at - 1]! < value; at--) scratch[at] = scratch[at - 1]!;
    scratch[at] = value;
  }
  return scratch[majorityOf(n) - 1]!;
}
