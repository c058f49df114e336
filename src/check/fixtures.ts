import { draw, inRange } from "../base/random.ts";
import { rulesWith } from "../raft/bugs.ts";
import type { MembershipChange, SingleChange } from "../raft/configuration.ts";
import { profiles, type RaftOptions } from "../raft/options.ts";
import type { Rules } from "../raft/rules.ts";
import type { Happening } from "../world/facts.ts";
import { ms, type Play, play, put, request } from "../world/fixtures.ts";
import { cutLinks, serverLinks } from "../world/network.ts";
import type { Act, Machine, Setup, World } from "../world/types.ts";
import { auditBy } from "./audit.ts";
import { type Ghost, newGhost } from "./ghost.ts";
import { check } from "./watch.ts";

/** For tests of the checker: worlds that are watched, and faults without end. */

export interface Watched extends Play {
  readonly ghost: Ghost;
}

/** Further eyes on a world: after every step, and in the instant in which something happens. */
interface Also {
  tell(happening: Happening, world: World): void;
  watch(world: World, machine: Machine): void;
}

/** A world whose every step is checked, under the given rules. */
export function watched(setup: Setup, by: Rules = rulesWith(setup.bugs), also: Also | null = null): Watched {
  const ghost = newGhost();
  const watch = (world: World, machine: Machine) => {
    world.violation ??= check(ghost, world, machine);
    also?.watch(world, machine);
  };
  const audit = auditBy(
    () => ghost,
    () => {},
  );
  const it = play(setup, by, watch, also && ((happening, world) => also.tell(happening, world)), audit);
  for (const machine of it.world.machines) if (machine !== undefined) watch(it.world, machine);
  return Object.assign(it, { ghost });
}

/** One random number after the other, the same for the same seed. */
export function dice(seed: number): (max: number) => number {
  let count = 0;
  return (max) => inRange(draw(seed, 77, count++), 0, max - 1);
}

/** The next fault of any kind, or a request. As often as not what is broken is mended, so that the cluster gets on. */
export function randomAct(world: World, roll: (max: number) => number): Act {
  return (roll(2) === 0 ? mending(world, roll) : null) ?? breaking(world, roll);
}

function mending(world: World, roll: (max: number) => number): Act | null {
  const ill = world.machines.filter((machine) => machine.status !== "up");
  const machine = ill[roll(Math.max(2, ill.length))];
  if (machine !== undefined) return { do: machine.status === "down" ? "restart" : "resume", server: machine.id };
  const cuts = cutLinks(world);
  if (cuts.length > 0) return roll(2) === 0 ? { do: "heal" } : { do: "mend", links: [cuts[roll(cuts.length)]!] };
  return null;
}

function breaking(world: World, roll: (max: number) => number): Act {
  const { machines, packets, setup } = world;
  const server = 1 + roll(setup.servers.length);
  const { status } = machines[server]!;
  const links = serverLinks(world);
  const link = links[roll(Math.max(1, links.length))];
  const message = packets[roll(Math.max(1, packets.length))]?.ref;
  switch (roll(12)) {
    case 0:
      return { do: status === "down" ? "restart" : "crash", server };
    case 1:
      return { do: status === "paused" ? "resume" : "pause", server };
    case 2:
    case 3:
      return { do: "timeout", server };
    case 4:
      return { do: "partition", groups: [setup.servers.flatMap(({ id }) => (roll(2) === 0 ? [id] : []))] };
    case 5:
      return link === undefined ? { do: "heal" } : { do: "cut", links: [link] };
    case 6:
      return { do: "load", perSecond: roll(40) };
    case 7:
      return { do: "disk", disk: { writeMin: 0, writeMax: roll(40) * ms }, server };
    case 8:
      return message === undefined ? { do: "heartbeat", server } : { do: "delay", message, by: roll(400) * ms };
    case 9:
      return message === undefined
        ? { do: "timer", server, left: roll(100) * ms }
        : { do: (["deliver", "drop", "duplicate"] as const)[roll(3)]!, message };
    default:
      return request(put("k", String(roll(1000))), 1 + roll(setup.servers.length));
  }
}

/** As `randomAct`, and what operators do besides: membership, snapshots, transfers; and reads. */
export const wildAct = (world: World, roll: (max: number) => number): Act =>
  roll(4) === 0 ? operating(world, roll) : randomAct(world, roll);

function operating(world: World, roll: (max: number) => number): Act {
  const { servers } = world.setup;
  const some = (): number => 1 + roll(servers.length);
  // Whoever leads is asked more often than the others, or little would come of it.
  const leader = world.machines.find((machine) => machine?.status === "up" && machine.raft.role === "leader");
  const server = leader !== undefined && roll(4) > 0 ? leader.id : some();
  switch (roll(8)) {
    case 0:
    case 1:
    case 2:
      return { do: "members", server, changes: changes(some, roll), transition: transitions[roll(4)]! };
    case 3:
      return { do: "compact", server };
    case 4:
      return { do: "transfer", server, to: some() };
    case 5:
      return { do: "forget", server: some() };
    default:
      return request({ op: "get", key: ["x", "y", "z"][roll(3)]! }, some());
  }
}

const transitions = ["auto", "auto", "implicit", "explicit"] as const satisfies MembershipChange["transition"][];

/** Mostly one change, sometimes two, sometimes the wish to leave a joint configuration. */
function changes(some: () => number, roll: (max: number) => number): SingleChange[] {
  const one = (): SingleChange => ({ type: (["add", "add", "learner", "remove"] as const)[roll(4)]!, server: some() });
  const count = [0, 1, 1, 1, 2][roll(5)]!;
  return Array.from({ length: count }, one);
}

/** Rules that differ in everything that there is to choose. */
export const variants: Readonly<Record<string, RaftOptions>> = {
  "the paper's": profiles.paper,
  "the paper's, with a no-op, backtracking by terms and snapshots": {
    ...profiles.paper,
    noOpOnElection: true,
    backtracking: "byTerm",
    snapshotAfter: 20,
  },
  "the paper's, pipelined, with pre-vote and a lease for leaders": {
    ...profiles.paper,
    preVote: true,
    checkQuorum: true,
    stickyLeader: "always",
    flow: "window",
    maxInflightMessages: 8,
    noOpOnElection: true,
    snapshotAfter: 12,
    reads: "safe",
  },
  "the dissertation's": { ...profiles.dissertation, maxInflightMessages: 3, snapshotAfter: 30 },
  "the dissertation's, with leases, without pre-vote": {
    ...profiles.dissertation,
    preVote: false,
    reads: "lease",
    clockDriftPercent: 0,
    snapshotAfter: 12,
  },
  "production's": profiles.etcd,
  "production's, cautious, on a disk that overlaps": {
    ...profiles.etcd,
    preVote: true,
    checkQuorum: true,
    asyncDisk: true,
    snapshotAfter: 10,
  },
  "production's, in small steps": {
    ...profiles.etcd,
    preVote: true,
    asyncDisk: true,
    maxInflightMessages: 2,
    maxEntriesPerMessage: 2,
    maxApplyBytes: 20,
    maxUncommittedBytes: 60,
    snapshotAfter: 15,
    removedLeader: "stepsDown",
  },
  "production's, with configurations that count at once": {
    ...profiles.etcd,
    checkQuorum: true,
    maxBytesPerMessage: 12,
    maxInflightBytes: 40,
    configurationFrom: "append",
    changeNeedsOwnCommit: true,
    snapshotAfter: 25,
  },
};

/** Two more machines stand ready. */
export const withSpares = (setup: Setup): Setup => ({
  ...setup,
  servers: [
    ...setup.servers,
    ...[1, 2].map((more) => ({
      id: setup.servers.length + more,
      term: 0,
      votedFor: 0,
      log: [],
      commit: 0,
      member: "none" as const,
    })),
  ],
});

/** Random faults for that long, one every 30 ms or so, or until a property breaks or somebody has seen enough. */
export function stir(
  it: Play,
  seed: number,
  span: number,
  goesOn: () => boolean = () => true,
  nextAct = randomAct,
): void {
  const roll = dice(seed);
  const end = it.world.now + span;
  while (it.world.now < end && it.world.violation === null && it.world.stopped === null && goesOn()) {
    it.act(nextAct(it.world, roll));
    it.until(it.world.now + 1 + roll(60 * ms));
  }
}
