import { microsPerMilli as ms, type ServerId } from "../../base/units.ts";
import type { Configuration } from "../../raft/configuration.ts";
import { majorityOf } from "../../raft/quorum.ts";
import type { Act } from "../../world/acts.ts";
import type { Roll } from "../../world/faults/fault.ts";
import type { Machine } from "../../world/state/machine.ts";
import type { DirectedLink } from "../../world/state/messages.ts";
import type { World } from "../../world/types.ts";
import type { Runner } from "../runner.ts";
import { isProtected, machinesOf } from "./convergence.ts";

/** What is mended after the faults: a core, while everything else stays broken for good; then all. */

export const calmLink = { latencyMin: 10 * ms, latencyMax: 10 * ms, loss: 0, duplicate: 0, bandwidth: null };
export const calmDisk = { writeMin: 1 * ms, writeMax: 1 * ms };

const quiet = ({ nemeses }: World): Act[] => [
  { do: "load", perSecond: 0 },
  ...(nemeses.length > 0 ? [{ do: "calm" } as const] : []),
];

/** Everything works, and nobody asks for anything. */
export function mendAll(runner: Runner): void {
  const acts: Act[] = [
    ...quiet(runner.world),
    { do: "network", mode: "automatic", link: calmLink },
    { do: "disk", disk: calmDisk },
    { do: "repair" },
  ];
  for (const act of acts) runner.act(act);
}

/** Mends a random majority of every configuration that there is, and breaks the rest. Null: there is none but all. */
export function mendCore(runner: Runner, roll: Roll): readonly ServerId[] | null {
  const { world } = runner;
  const core = chooseCore(world, roll);
  if (core === null) return null;
  const within = links(core, core);
  const acts: Act[] = [
    ...quiet(world),
    { do: "mend", links: within },
    { do: "network", mode: "automatic", link: calmLink, links: within },
    ...core.flatMap((id) => mendServer(world.machines[id]!)),
  ];
  for (const { id } of machinesOf(world)) if (!core.includes(id)) acts.push(...breakage(world, id, core, roll));
  for (const act of acts) runner.act(act);
  return core;
}

const mendServer = ({ id, status }: Machine): Act[] => [
  { do: "disk", disk: calmDisk, server: id },
  { do: "mendDisk", server: id },
  { do: "clock", server: id, offset: 0, drift: 0 },
  ...(status === "up" ? [] : [{ do: status === "down" ? "restart" : "resume", server: id } as const]),
];

const links = (from: readonly ServerId[], to: readonly ServerId[]): DirectedLink[] =>
  from.flatMap((a) => to.flatMap((b): DirectedLink[] => (a === b ? [] : [[a, b]])));

/** Down, cut off, mute, or deaf where the others are protected from such a server. */
function breakage(world: World, id: ServerId, core: readonly ServerId[], roll: Roll): Act[] {
  const [hears, speaks] = [links(core, [id]), links([id], core)];
  const cut = (those: readonly DirectedLink[]): Act[] => [{ do: "cut", links: those }];
  // A deaf leader goes on for ever where nobody counts whom it hears.
  switch (roll(isProtected(world) && machinesOf(world).every(({ options }) => options.checkQuorum) ? 4 : 3)) {
    case 0:
      // One that is down may come back by itself, when a fault of before ends: then nobody hears it.
      if (world.machines[id]!.status === "down") return cut([...hears, ...speaks]);
      return [{ do: "crash", server: id }, ...cut([...hears, ...speaks])];
    case 1:
      return cut([...hears, ...speaks]);
    case 2:
      return [{ do: "mend", links: hears }, ...cut(speaks)];
    default:
      return [...cut(hears), { do: "mend", links: speaks }];
  }
}

function chooseCore(world: World, roll: Roll): readonly ServerId[] | null {
  const all = machinesOf(world);
  const rest = all.map(({ id }) => id);
  const core: ServerId[] = [];
  while (!all.every(({ raft }) => isQuorum(raft.configuration, core))) {
    if (rest.length === 0) return null;
    core.push(...rest.splice(roll(rest.length), 1));
  }
  return rest.length === 0 ? null : core;
}

function isQuorum({ voters, outgoing }: Configuration, core: readonly ServerId[]): boolean {
  const majority = (half: readonly ServerId[]): boolean =>
    half.length === 0 || half.filter((id) => core.includes(id)).length >= majorityOf(half.length);
  return majority(voters) && majority(outgoing);
}
