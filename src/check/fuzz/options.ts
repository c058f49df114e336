import { microsPerMilli as ms } from "../../base/units.ts";
import type { RaftOptions } from "../../raft/options.ts";
import type { Act } from "../../world/acts.ts";
import type { Roll } from "../../world/faults/fault.ts";
import type { World } from "../../world/types.ts";
import { machinesOf } from "./convergence.ts";

/** Other values of some options, as an operator may give them to servers that run. */
type Draw = (world: World, roll: Roll) => Partial<RaftOptions>;

const among = <Value>(roll: Roll, ...values: readonly Value[]): Value => values[roll(values.length)]!;
const followed = (world: World): readonly RaftOptions[] => machinesOf(world).map(({ options }) => options);

/** What a server may have for itself, and the others get on with it. */
const ofOne: readonly Draw[] = [
  (world, roll) => {
    const shortest = Math.min(...followed(world).map(({ electionTimeoutMin }) => electionTimeoutMin));
    return { heartbeatInterval: Math.min(Math.floor(shortest / 2), among(roll, 20, 50, 75) * ms) };
  },
  (_, roll) => ({ retryAfter: among(roll, 50, 100, 200) * ms }),
  (_, roll) => ({ maxEntriesPerMessage: 1 + roll(8), maxInflightMessages: among(roll, 1, 3, 8) }),
  (_, roll) => ({ maxApplyBytes: among(roll, 20, 200), maxUncommittedBytes: among(roll, 60, 600) }),
  (_, roll) => ({ snapshotAfter: among(roll, 0, 10, 30), snapshotEnds: among(roll, "reconnected", "arrived") }),
  (_, roll) => ({ heartbeats: among(roll, "appendEntries", "light") }),
  (_, roll) => ({ noOpOnElection: roll(2) === 0, forwardProposals: roll(2) === 0 }),
  (_, roll) => ({ flow: among(roll, "oneAtATime", "window") }),
  (_, roll) => ({ asyncDisk: roll(2) === 0, candidateWritesFirst: true }),
  (_, roll) => ({ belowCommit: among(roll, "checked", "answered"), refusedCandidate: among(roll, "waits", "follows") }),
];

/**
 * What protects a living leader must protect it from all: who is protected where others are not can be locked out. And who
 * always waits longer may never have a turn, though it alone could win.
 */
const ofAll: readonly Draw[] = [
  // Elections without end are no news: a leader's heartbeats stay twice as frequent as the shortest election timeout.
  (world, roll) => {
    const slowest = Math.max(...followed(world).map(({ heartbeatInterval }) => heartbeatInterval));
    const least = Math.max(2 * slowest, among(roll, 100, 150, 300) * ms);
    return { electionTimeoutMin: least, electionTimeoutMax: least + among(roll, 100, 150, 300) * ms };
  },
  ({ setup }, roll) => {
    const [preVote, checkQuorum] = [roll(2) === 0, roll(2) === 0];
    const quorumCheck = among(roll, "flags", "perPeer");
    const stickyLeader = among(roll, "never", "withCheckQuorum", "always");
    // Who is in a later term, hears nothing of it, and is not heard, stays there for ever.
    const locks = setup.raft.oldTerms === "ignored" && !preVote && !checkQuorum;
    return { preVote, checkQuorum, quorumCheck, stickyLeader: locks ? "never" : stickyLeader };
  },
  (_, roll) => ({ knownLeaderRefusesVotes: roll(2) === 0, timerResets: among(roll, "figure2", "everyChange") }),
  (_, roll) => ({ reads: among(roll, "log", "safe"), lease: among(roll, "checkQuorum", "sendTime") }),
];

export function optionsAct(world: World, roll: Roll): Act {
  if (roll(2) === 0) {
    const server = 1 + roll(world.setup.servers.length);
    return { do: "options", server, options: among(roll, ...ofOne)(world, roll) };
  }
  return { do: "options", options: among(roll, ...ofOne, ...ofAll)(world, roll) };
}
