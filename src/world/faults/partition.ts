import type { ServerId } from "../../base/units.ts";
import { serverIds } from "../network.ts";
import type { WorldState } from "../state/state.ts";
import type { Fault, Roll } from "./fault.ts";
import { type ActOf, span } from "./parameters.ts";
import { between, divide, walled } from "./sight.ts";
import { all, lasting, who } from "./words.ts";

const parameters = { groups: { is: "groups", title: "Sides; who is on none is on one more" }, for: span } as const;
type Partition = ActOf<"partition", typeof parameters>;

const apart =
  ({ groups }: Partition) =>
  (from: ServerId, to: ServerId): boolean =>
    sideOf(groups, from) !== sideOf(groups, to);
const sideOf = (groups: Partition["groups"], id: ServerId): number => groups.findIndex((group) => group.includes(id));

export const partition: Fault<Partition> = {
  name: "partition",
  title: "Partition",
  text: "Links inside a side go up, links between sides go down: only a side with a majority can commit.",
  section: "§5.4",
  group: "Links",
  parameters,
  inModel: true,
  wrong({ groups }) {
    const all = groups.flat();
    const twice = all.find((id, at) => all.indexOf(id) < at);
    return twice === undefined ? null : `expected each server in at most one group, found ${who(twice)} twice`;
  },
  refuse: (world, { groups }) =>
    groups.flat().every((id) => world.machines[id] !== undefined) ? null : "a server does not exist",
  targets: (world, act) => walled(world, apart(act)),
  perform: (world, act) => divide(world, apart(act)),
  words: (act) => `partition: ${act.groups.map(all).join(" | ")}${lasting(act)}`,
  undo: () => ({ do: "heal" }),
  random(world, roll) {
    const side = oneSide(world, roll);
    return side === null ? null : { do: "partition", groups: [side], for: between(100, 3000, roll) };
  },
};

function oneSide(world: WorldState, roll: Roll): ServerId[] | null {
  const ids = serverIds(world);
  if (ids.length < 2) return null;
  const side = ids.filter(() => roll(2) === 0);
  return side.length === 0 || side.length === ids.length ? [ids[roll(ids.length)]!] : side;
}
