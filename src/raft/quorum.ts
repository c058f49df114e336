import type { LogIndex, ServerId } from "../base/units.ts";
import { type Configuration, isJoint } from "./configuration.ts";

/** Smallest number of servers that is more than half of `voters`. */
export const majorityOf = (voters: number): number => (voters >> 1) + 1;

/** One majority that is needed: who of `voters` agrees, and how many must. All lists ascending. */
export interface Count {
  readonly voters: readonly ServerId[];
  readonly agree: readonly ServerId[];
  readonly quorum: number;
}

/** Every majority that is needed: of the voters; in a joint configuration then of the old half, too (P §6). */
export function countsOf(configuration: Configuration, agrees: (id: ServerId) => boolean): readonly Count[] {
  const half = (voters: readonly ServerId[]): Count => ({
    voters,
    agree: voters.filter(agrees),
    quorum: majorityOf(voters.length),
  });
  const { voters, outgoing } = configuration;
  return isJoint(configuration) ? [half(voters), half(outgoing)] : [half(voters)];
}

export type VoteResult = "won" | "lost" | "pending";

/** The result of an election so far; a joint configuration needs both halves (P §6). `size`: how many of so many voters elect. */
export function voteResult(
  configuration: Configuration,
  votes: readonly (boolean | undefined)[],
  size: (voters: number) => number = majorityOf,
): VoteResult {
  const first = halfResult(configuration.voters, votes, size);
  if (configuration.outgoing.length === 0) return first;
  const second = halfResult(configuration.outgoing, votes, size);
  if (first === "lost" || second === "lost") return "lost";
  return first === "won" && second === "won" ? "won" : "pending";
}

function halfResult(
  voters: readonly ServerId[],
  votes: readonly (boolean | undefined)[],
  size: (voters: number) => number,
): VoteResult {
  let granted = 0;
  let missing = 0;
  for (const id of voters) {
    if (votes[id] === undefined) missing++;
    else if (votes[id]) granted++;
  }
  const quorum = size(voters.length);
  if (granted >= quorum || voters.length === 0) return "won";
  return granted + missing >= quorum ? "pending" : "lost";
}

/** The highest value that a quorum (of both halves) has reached. `size`: how many of so many voters are one. */
export function quorumValue(
  configuration: Configuration,
  reached: (id: ServerId) => number,
  size: (voters: number) => number = majorityOf,
): LogIndex {
  const { voters, outgoing } = configuration;
  const first = halfValue(voters, reached, size(voters.length));
  return outgoing.length === 0 ? first : Math.min(first, halfValue(outgoing, reached, size(outgoing.length)));
}

const scratch: number[] = [];

function halfValue(voters: readonly ServerId[], reached: (id: ServerId) => number, quorum: number): number {
  const n = voters.length;
  if (n === 0) return Number.MAX_SAFE_INTEGER;
  for (let i = 0; i < n; i++) {
    const value = reached(voters[i]!);
    let at = i;
    for (; at > 0 && scratch[at - 1]! < value; at--) scratch[at] = scratch[at - 1]!;
    scratch[at] = value;
  }
  return scratch[quorum - 1]!;
}
