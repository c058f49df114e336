import type { GroupId, ServerId } from "../../base/units.ts";
import { isJoint } from "../../raft/configuration.ts";
import { knownTerm, lastIndex, type RaftLog, sameUpTo } from "../../raft/log.ts";
import type { Fact } from "../../world/facts.ts";
import { operationsOf } from "../../world/operations.ts";
import type { OperationOutcome } from "../../world/state/clients.ts";
import type { Machine } from "../../world/state/machine.ts";
import type { World } from "../../world/types.ts";
import type { Comparison, Condition } from "./condition.ts";
import type { EventWord, NumberWord, PairWord, StateWord } from "./words.ts";

/** A moment, and what happened in the step that led to it (or since whoever asks began to look). */
export interface Looked {
  readonly world: World;
  readonly group: GroupId;
  readonly facts: readonly Fact[];
}

/** Whether the records of the step must be there for a condition to be judged. */
export function needsFacts(condition: Condition): boolean {
  switch (condition.is) {
    case "and":
    case "or":
      return condition.parts.some(needsFacts);
    case "not":
      return needsFacts(condition.part);
    default:
      return condition.is === "event";
  }
}

/** Whether a condition holds. A server that is not there is nothing and does nothing. */
export function holds(condition: Condition, looked: Looked): boolean {
  const { world } = looked;
  switch (condition.is) {
    case "and":
      return condition.parts.every((part) => holds(part, looked));
    case "or":
      return condition.parts.some((part) => holds(part, looked));
    case "not":
      return !holds(condition.part, looked);
    case "leader":
      return replicas(looked).some(leads);
    case "candidate":
      return replicas(looked).some((machine) => runs(machine) && machine.raft.role === "candidate");
    case "violation":
      return world.violation !== null;
    case "alike":
      return replicas(looked).every((machine, _, [first]) => sameLogs(kept(first!).log, kept(machine).log));
    case "state":
      return replicas(looked, condition.server).some((machine) =>
        condition.what === "voted" ? voted(machine, condition.to) : states[condition.what](machine),
      );
    case "pair":
      return pairs[condition.what](looked, condition.server, condition.to);
    case "event":
      return looked.facts.some((fact) => isOfGroup(fact, looked) && happens(fact, condition));
    case "number":
      return compares(
        numbers[condition.what](replicas(looked, condition.server), world),
        condition.by,
        condition.value,
      );
    case "entry": {
      const term = highest(
        replicas(looked, condition.server),
        (machine) => knownTerm(kept(machine).log, condition.index) ?? 0,
      );
      return compares(term, condition.by, condition.value);
    }
    case "key": {
      const machine = newest(replicas(looked, condition.server).filter(runs));
      const value = machine?.store.data.get(condition.key) ?? null;
      return machine !== undefined && (condition.by === "=") === (value === condition.value);
    }
  }
}

/** Of one server, or (0) of all. */
const replicas = ({ world, group }: Looked, server: ServerId = 0): readonly Machine[] =>
  world.machines.filter((each) => each !== undefined && each.group === group && (server === 0 || each.id === server));

/** A paused process runs: it goes on where it stood. */
export const runs = ({ status }: Machine): boolean => status !== "down";
/** It takes itself for the leader, paused or not. */
export const leads = (machine: Machine): boolean => runs(machine) && machine.raft.role === "leader";
const newest = (machines: readonly Machine[]): Machine | undefined =>
  machines.toSorted((a, b) => b.raft.lastApplied - a.raft.lastApplied)[0];

/** Term, vote and log; of a server that is down, what its disk has. */
const kept = ({ status, raft, disk }: Machine): Pick<Machine["disk"], "term" | "votedFor" | "log"> =>
  status === "down" ? disk : raft;

const sameLogs = (a: RaftLog, b: RaftLog): boolean => lastIndex(a) === lastIndex(b) && sameUpTo(a, b, lastIndex(a));

const voted = (machine: Machine, to: ServerId): boolean => {
  const { votedFor } = kept(machine);
  return votedFor !== 0 && (to === 0 || votedFor === to);
};

const pairs: Readonly<Record<PairWord, (looked: Looked, server: ServerId, to: ServerId) => boolean>> = {
  reaches: ({ world }, server, to) => world.links[server]?.[to]?.up === true,
  obeys: (looked, server, to) => replicas(looked, server).some((each) => runs(each) && each.raft.leader === to),
};

const states: Readonly<Record<Exclude<StateWord, "voted">, (machine: Machine) => boolean>> = {
  leads,
  follows: (machine) => runs(machine) && machine.raft.role === "follower",
  campaigns: (machine) => runs(machine) && machine.raft.role === "candidate",
  asks: (machine) => runs(machine) && machine.raft.role === "preCandidate",
  up: ({ status }) => status === "up",
  down: ({ status }) => status === "down",
  paused: ({ status }) => status === "paused",
  writes: ({ disk }) => disk.pending.length > 0,
  joint: ({ raft }) => isJoint(raft.configuration),
};

const highest = (machines: readonly Machine[], of: (machine: Machine) => number): number =>
  machines.reduce((most, machine) => Math.max(most, of(machine)), 0);

const operations = (world: World, outcome: OperationOutcome): number =>
  operationsOf(world).filter((operation) => operation.outcome === outcome).length;

const numbers: Readonly<Record<NumberWord, (machines: readonly Machine[], world: World) => number>> = {
  term: (machines) => highest(machines, (machine) => kept(machine).term),
  commit: (machines) => highest(machines.filter(runs), ({ raft }) => raft.commitIndex),
  applied: (machines) => highest(machines.filter(runs), ({ raft }) => raft.lastApplied),
  log: (machines) => highest(machines, (machine) => lastIndex(kept(machine).log)),
  tally: (machines) =>
    highest(
      machines.filter((machine) => runs(machine) && machine.raft.role === "candidate"),
      ({ raft }) => raft.votes.filter((granted) => granted === true).length,
    ),
  voters: (machines) => highest(machines, ({ raft }) => raft.configuration.voters.length),
  sending: (machines, { packets }) =>
    packets.filter(
      ({ lost, ref, group }) =>
        lost === null && machines.some((machine) => machine.id === ref.from && machine.group === group),
    ).length,
  answered: (_, world) => operations(world, "ok"),
  unanswered: (_, world) => operations(world, "open"),
  failed: (_, world) => operations(world, "failed"),
  leaders: (machines) => machines.filter(leads).length,
  running: (machines) => machines.filter(({ status }) => status === "up").length,
};

function compares(a: number, by: Comparison, b: number): boolean {
  switch (by) {
    case "=":
      return a === b;
    case "!=":
      return a !== b;
    case "<":
      return a < b;
    case "<=":
      return a <= b;
    case ">":
      return a > b;
    case ">=":
      return a >= b;
  }
}

const isOfGroup = (fact: Fact, { group }: Looked): boolean => fact.group === undefined || fact.group === group;

type Happens = Extract<Condition, { readonly is: "event" }>;

function happens(fact: Fact, { server, what, to }: Happens): boolean {
  const did = doneIn(fact);
  return did !== null && did.what === what && did.server === server && (to === 0 || did.to === to);
}

/** What a record says that somebody did, in the words of conditions. */
function doneIn(fact: Fact): { readonly what: EventWord; readonly server: ServerId; readonly to: ServerId } | null {
  if (fact.kind === "crashed") return { what: "crashes", server: fact.server, to: 0 };
  if (fact.kind === "restarted") return { what: "restarts", server: fact.server, to: 0 };
  if (fact.kind !== "decided") return null;
  const { decision } = fact;
  const { server } = decision;
  switch (decision.kind) {
    case "electionStarted":
      return { what: "votes", server, to: server };
    case "voteGranted":
      return decision.pre ? null : { what: "votes", server, to: decision.to };
    case "voteRefusedOldTerm":
    case "voteRefusedVoted":
    case "voteRefusedLogTerm":
    case "voteRefusedLogLength":
    case "voteIgnoredLease":
      return { what: "refuses", server, to: decision.to };
    case "electionWon":
      return { what: "wins", server, to: 0 };
    case "committed":
    case "followerCommitted":
      return { what: "commits", server, to: 0 };
    case "entriesDeleted":
      return { what: "deletes", server, to: 0 };
    case "nothingDeleted":
      return { what: "keeps", server, to: 0 };
    case "appendAccepted":
      return { what: "accepts", server, to: 0 };
    case "appendRefusedMissing":
    case "appendRefusedConflict":
    case "appendRefusedOldLeader":
      return { what: "rejects", server, to: 0 };
    case "snapshotInstalled":
      return { what: "installs", server, to: 0 };
    default:
      return null;
  }
}
