import type { ServerId } from "../../base/units.ts";
import { serverIds } from "../network.ts";
import { onServer } from "../refusals.ts";
import type { WorldState } from "../state/state.ts";
import type { Fault } from "./fault.ts";
import { type ActOf, server, servers, span } from "./parameters.ts";
import { between, divide, onEach, one, some, walled } from "./sight.ts";
import { all, lasting, who } from "./words.ts";

const parameters = {
  server: { ...server, title: "The bridge" },
  servers: { ...servers, title: "One side", leftOut: "without it: the first half of the others", optional: true },
  for: span,
} as const;
type Bridge = ActOf<"bridge", typeof parameters>;

function apart(world: WorldState, { server, servers }: Bridge): (from: ServerId, to: ServerId) => boolean {
  const others = serverIds(world).filter((id) => id !== server);
  const side = servers ?? others.slice(0, Math.floor(others.length / 2));
  return (from, to) => from !== server && to !== server && side.includes(from) !== side.includes(to);
}

export const bridge: Fault<Bridge> = {
  name: "bridge",
  title: "Bridge",
  text: "Two sides that cannot reach each other, and one server that reaches both.",
  section: "§5.2",
  group: "Links",
  parameters,
  inModel: true,
  refuse: (world, { server, servers = [] }) =>
    onServer(world, server, () => null) ??
    onEach(world, servers) ??
    (serverIds(world).length < 3 ? "a bridge needs two sides" : null),
  targets: (world, act) => walled(world, apart(world, act)),
  perform: (world, act) => divide(world, apart(world, act)),
  words: (act) =>
    `bridge at ${who(act.server)}${act.servers === undefined ? "" : `, ${all(act.servers)} on one side`}${lasting(act)}`,
  undo: () => ({ do: "heal" }),
  random(world, roll) {
    const ids = serverIds(world);
    if (ids.length < 3) return null;
    const server = one(ids, roll)!;
    const servers = some(
      ids.filter((id) => id !== server),
      roll,
    );
    return { do: "bridge", server, servers, for: between(200, 3000, roll) };
  },
};
