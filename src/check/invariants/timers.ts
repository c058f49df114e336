import type { Micros, ServerId } from "../../base/units.ts";
import { majorityOf, quorumValue } from "../../raft/quorum.ts";
import { isLeaders } from "../../raft/rules/terms.ts";
import type { Input, Server } from "../../raft/types.ts";
import { localTime, trueClock } from "../../world/clock.ts";
import type { Machine } from "../../world/state/machine.ts";
import type { Seen } from "../ghost.ts";
import type { Invariant, Transition } from "../invariant.ts";

/** A leader has no such timer: who steps down starts one. */
export const timerStandsFast: Invariant = {
  name: "Only these start the election timer anew",
  section: "Figure 2",
  text: "An election timer starts anew only for the current leader's messages, for a vote that is granted, and for an own election.",
  check({ machine, server, before, input }) {
    if (server.role === "leader" || before.role === "leader") return null;
    if (server.timerSince === before.timerSince || before.clock !== machine.clock) return null;
    return mayStartTimer(server, before, input)
      ? null
      : `S${server.id} starts its election timer anew ${causeOf(input)}, which is no reason to`;
  },
};

/** Who has become a candidate has started an election, whatever made it. */
function mayStartTimer({ term, role, votedFor }: Server, before: Seen, input: Input | null): boolean {
  if (input === null || input.kind === "electionTimeout" || input.kind === "campaign") return true;
  if (role === "candidate" && term > before.term) return true;
  if (input.kind !== "message") return false;
  const { message } = input;
  if (message.type === "RequestVote") return message.term === term && votedFor === message.from;
  return isLeaders(message) && message.term === term;
}

const causeOf = (input: Input | null): string =>
  input?.kind === "message" ? `for a ${input.message.type} of S${input.message.from}` : `for ${input?.kind}`;

/** Held against when members were last heard, not against what the leader keeps for this purpose. */
export const leaderHasQuorum: Invariant = {
  name: "A leader without a quorum steps down",
  section: "D 6.2",
  text: "With check-quorum, a leader that no majority has answered for an election timeout leads no longer. A clock that was set counts another time.",
  check({ world, machine, server, before, input }) {
    if (input?.kind !== "quorumTimeout" || before.role !== "leader") return null;
    if (machine.clock !== trueClock) return ledTooLong(before, machine, world.now);
    if (server.role !== "leader") return null;
    const { quorumCheck, electionTimeoutMin } = machine.options;
    const now = localTime(machine.clock, world.now);
    // With flags it looks once in a timeout, or later if it was paused, and every transfer puts that off again.
    const since =
      quorumCheck === "flags"
        ? Math.min(before.lookedAt, before.timerSince, now - 2 * electionTimeoutMin)
        : now - electionTimeoutMin + 1;
    const { voters, outgoing } = server.configuration;
    const held = heardFrom(server, voters, since) && (outgoing.length === 0 || heardFrom(server, outgoing, since));
    return held ? null : `S${server.id} still leads, and no majority has answered it since ${since} µs`;
  },
};

/** By a clock that was set a leader may think that it looks in time: here it is held to true time, also if it steps down now. */
function ledTooLong({ answers, configuration }: Seen, { id, options, raft }: Machine, now: Micros): string | null {
  const heardAt = quorumValue(configuration, (member) => (member === id ? now : (answers[member]?.at ?? now)));
  const silent = now - heardAt;
  // With flags it looks once in a timeout: what is just missed is seen at the second look.
  const most = options.electionTimeoutMin * (options.quorumCheck === "flags" ? 2 : 1);
  if (silent <= most) return null;
  const leads = raft.role === "leader" ? "leads" : "led";
  return `S${id} ${leads}, and no majority had answered it for ${milliseconds(silent)}, by a clock that was set`;
}

const milliseconds = (span: Micros): string => `${Math.round(span / 1000)} ms`;

function heardFrom({ id, progress }: Server, half: readonly ServerId[], since: number): boolean {
  let heard = 0;
  for (const member of half) if (member === id || (progress[member]?.heardAt ?? -1) >= since) heard++;
  return heard >= majorityOf(half.length);
}

/** In true time, which no server knows. */
export const leaseIsExclusive: Invariant = {
  name: "While a lease answers, nobody else leads",
  section: "D 6.4.1",
  text: "When a leader answers a read by its lease, no server leads a later term.",
  check({ world, machine, server, input }) {
    // Who asks for a round of heartbeats gets no answer in the same step.
    if (input?.kind !== "readIndex" || server.role !== "leader") return null;
    if ((input.by ?? machine.options.reads) !== "lease") return null;
    const other = laterLeader({ world, machine, server });
    return other === 0 ? null : `S${server.id} answers a read by its lease, and S${other} leads a later term`;
  },
};

/** 0 if there is none. */
function laterLeader({ world, machine, server }: Pick<Transition, "world" | "machine" | "server">): ServerId {
  let found = 0;
  for (const other of world.machines) {
    if (other === undefined || other.group !== machine.group) continue;
    if (other.status !== "down" && other.raft.role === "leader" && other.raft.term > server.term) found = other.id;
  }
  return found;
}
