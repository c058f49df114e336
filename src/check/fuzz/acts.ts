import { draw, inRange } from "../../base/random.ts";
import { microsPerMilli as ms } from "../../base/units.ts";
import type { SingleChange, Transition } from "../../raft/configuration.ts";
import { cutLinks, serverLinks } from "../../world/network.ts";
import type { Act, KvOperation, World } from "../../world/types.ts";

const put = (key: string, value: string): KvOperation => ({ op: "put", key, value });
const request = (operation: KvOperation, server: number): Act => ({ do: "request", operation, server });

const someWrite = ({ setup }: World, roll: (max: number) => number): Act =>
  request(put("k", String(roll(1000))), 1 + roll(setup.servers.length));

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
      return someWrite(world, roll);
  }
}

/** As `randomAct`, and what operators do besides: membership, snapshots, transfers; and reads. */
export const wildAct = (world: World, roll: (max: number) => number): Act =>
  roll(4) === 0 ? operating(world, roll) : randomAct(world, roll);

/** What operators and clients do while faults come by themselves. */
export const operatedAct = (world: World, roll: (max: number) => number): Act =>
  roll(4) === 0 ? operating(world, roll) : someWrite(world, roll);

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

const transitions = ["auto", "auto", "implicit", "explicit"] as const satisfies Transition[];

/** Mostly one change, sometimes two, sometimes the wish to leave a joint configuration. */
function changes(some: () => number, roll: (max: number) => number): SingleChange[] {
  const one = (): SingleChange => ({ type: (["add", "add", "learner", "remove"] as const)[roll(4)]!, server: some() });
  const count = [0, 1, 1, 1, 2][roll(5)]!;
  return Array.from({ length: count }, one);
}
