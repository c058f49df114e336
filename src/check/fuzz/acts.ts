import { draw, inRange } from "../../base/random.ts";
import { microsPerMilli as ms } from "../../base/units.ts";
import type { SingleChange, Transition } from "../../raft/configuration.ts";
import type { Act } from "../../world/acts.ts";
import type { Roll } from "../../world/faults/fault.ts";
import { type FaultName, faultNames, faultOf } from "../../world/faults/index.ts";
import type { KvOperation } from "../../world/state/commands.ts";
import type { World } from "../../world/types.ts";

/** One random number after the other, the same for the same seed. */
export function dice(seed: number): Roll {
  let count = 0;
  return (max) => inRange(draw(seed, 77, count++), 0, max - 1);
}

/** Draws an act of one kind; null where none is possible now. */
type Kind = (world: World, roll: Roll) => Act | null;
type Weighted<Item> = readonly (readonly [weight: number, item: Item])[];
/** How often acts of each group come, and within it those of each kind. */
export type Mix = Weighted<Weighted<Kind>>;

// ---- kinds --------------------------------------------------------------------------------------------------

const repairNames = ["restart", "resume", "mend", "mendDisk"] as const satisfies FaultName[];
/** Those under which Raft promises safety: a corrupt entry by chance keeps its server down. Everything is repaired in the end. */
const faultsWithin = faultNames.filter((name) => {
  if (name === "repair" || name === "heal" || repairNames.some((repair) => repair === name)) return false;
  return faultOf(name).inModel || name === "corruptEntry";
});
const rowKind =
  (name: FaultName): Kind =>
  (world, roll) =>
    faultOf(name).random(world, roll);

/** Whatever of it is broken; one link, or all. */
const repairKind: Kind = (world, roll) => {
  const first = roll(repairNames.length);
  for (let i = 0; i < repairNames.length; i++) {
    const name = repairNames[(first + i) % repairNames.length]!;
    const act = faultOf(name).random(world, roll);
    if (act !== null) return name === "mend" && roll(2) === 0 ? { do: "heal" } : act;
  }
  return null;
};

const someServer = ({ setup }: World, roll: Roll): number => 1 + roll(setup.servers.length);

/** Whoever leads is asked more often than the others, or little would come of it. */
function leaderMostly(world: World, roll: Roll): number {
  const leader = world.machines.find((machine) => machine?.status === "up" && machine.raft.role === "leader");
  return leader !== undefined && roll(4) > 0 ? leader.id : someServer(world, roll);
}

const timerKinds: readonly Kind[] = [
  (world, roll) => ({ do: "timeout", server: someServer(world, roll) }),
  (world, roll) => ({ do: "timer", server: someServer(world, roll), left: roll(100) * ms }),
  (world, roll) => ({ do: "heartbeat", server: leaderMostly(world, roll) }),
];

const onMessage =
  (make: "deliver" | "drop" | "duplicate" | "delay"): Kind =>
  ({ packets }, roll) => {
    const message = packets[roll(Math.max(1, packets.length))]?.ref;
    if (message === undefined) return null;
    return make === "delay" ? { do: make, message, by: roll(400) * ms } : { do: make, message };
  };
const messageKinds = (["deliver", "drop", "duplicate", "delay"] as const).map(onMessage);

const asked =
  (operation: (roll: Roll, world: World) => KvOperation): Kind =>
  (world, roll) => {
    const server = roll(2) === 0 ? { server: someServer(world, roll) } : {};
    return { do: "request", operation: operation(roll, world), client: 1 + roll(4), ...server };
  };
const key = (roll: Roll): string => ["x", "y", "z"][roll(3)]!;
/** Another one every half a second: of many increments with unknown outcomes nobody can say which took effect. */
const counter = ({ now }: World): string => `n${Math.floor(now / (500 * ms))}`;
const clientKinds: readonly Kind[] = [
  // A value of its own for every write, or a history would say little.
  asked((roll, { clients }) => ({ op: "put", key: key(roll), value: `v${clients.asked}` })),
  asked((_, { clients }) => ({ op: "cas", key: "x", expected: null, value: `c${clients.asked}` })),
  asked((roll, world) => ({ op: "increment", key: counter(world), by: 1 + roll(3) })),
  asked((roll) => ({ op: "delete", key: key(roll) })),
  asked((roll) => ({ op: "get", key: key(roll) })),
  asked((_, world) => ({ op: "get", key: counter(world) })),
  (world, roll) => ({
    do: "request",
    operation: { op: "get", key: key(roll) },
    client: 1 + roll(4),
    server: someServer(world, roll),
    read: (["log", "index", "lease", "stale"] as const)[roll(4)]!,
  }),
];
/** Those that go through the log. */
const plainRequests = clientKinds.slice(0, -1);

const operatorKinds: readonly Kind[] = [
  (world, roll) => ({
    do: "members",
    server: leaderMostly(world, roll),
    changes: changes(world, roll),
    transition: transitions[roll(4)]!,
  }),
  (world, roll) => ({ do: "compact", server: leaderMostly(world, roll) }),
  (world, roll) => ({ do: "transfer", server: leaderMostly(world, roll), to: someServer(world, roll) }),
  (world, roll) => ({ do: "forget", server: someServer(world, roll) }),
];

const transitions = ["auto", "auto", "implicit", "explicit"] as const satisfies Transition[];

/** Mostly one change, sometimes two, sometimes the wish to leave a joint configuration. */
function changes(world: World, roll: Roll): SingleChange[] {
  const one = (): SingleChange => ({
    type: (["add", "add", "learner", "remove"] as const)[roll(4)]!,
    server: someServer(world, roll),
  });
  const count = [0, 1, 1, 1, 2][roll(5)]!;
  return Array.from({ length: count }, one);
}

// ---- mixes --------------------------------------------------------------------------------------------------

function pick<Item>(list: Weighted<Item>, roll: Roll): Item {
  let left = roll(list.reduce((sum, [weight]) => sum + weight, 0));
  for (const [weight, item] of list) {
    if (left < weight) return item;
    left -= weight;
  }
  throw new Error("nothing to pick from");
}

/** The next act. Where what is drawn is impossible again and again, a client asks for something. */
export function actOf(mix: Mix, world: World, roll: Roll): Act {
  for (let i = 0; i < 4; i++) {
    const act = pick(pick(mix, roll), roll)(world, roll);
    if (act !== null) return act;
  }
  return clientKinds[0]!(world, roll)!;
}

const evenly = <Item>(kinds: readonly Item[]): Weighted<Item> => kinds.map((kind) => [1, kind]);
const repairs = evenly([repairKind]);
const clientMix = evenly(clientKinds);
const everyday: Mix = [
  [6, repairs],
  [4, evenly(faultsWithin.map(rowKind))],
  [2, [[2, timerKinds[0]!], ...evenly(timerKinds)]],
  [1, evenly(messageKinds)],
  [2, clientMix],
];
const [changesOfMembers, ...otherOrders] = operatorKinds;
const operators: Weighted<Kind> = [[3, changesOfMembers!], ...evenly(otherOrders)];

/** Faults of every kind, and requests. As often as not what is broken is mended, so that the cluster gets on. */
export const randomAct = (world: World, roll: Roll): Act => actOf(everyday, world, roll);

const wild: Mix = [...everyday, [4, operators]];
/** As `randomAct`, and what operators do besides: membership, snapshots, transfers. */
export const wildAct = (world: World, roll: Roll): Act => actOf(wild, world, roll);

/**
 * A mix of one schedule's own: half of the kinds are left out and some come often (swarm testing), so that what two
 * kinds do together is not always disturbed by a third. `struck`: faults come by themselves already. `plain`: nothing is
 * done that the paper's Figure 2 knows nothing of.
 */
export function swarmMix(roll: Roll, struck: boolean, plain = false): Mix {
  const some = (kinds: readonly Kind[]): Weighted<Kind> => {
    const chosen = kinds.map((kind): [number, Kind] => [[0, 0, 1, 3][roll(4)]!, kind]);
    return chosen.every(([weight]) => weight === 0) ? evenly(kinds) : chosen;
  };
  const share = (...shares: readonly number[]): number => shares[roll(shares.length)]!;
  return [
    [struck ? 0 : share(2, 4, 8), repairs],
    [struck ? 0 : share(2, 4, 6), some(faultsWithin.map(rowKind))],
    [struck ? 0 : share(0, 2, 4), some(timerKinds)],
    [struck ? 0 : share(0, 1, 3), some(messageKinds)],
    [share(1, 2, 4), some(plain ? plainRequests : clientKinds)],
    [plain ? 0 : share(0, 2, 4), some(operatorKinds)],
  ];
}
