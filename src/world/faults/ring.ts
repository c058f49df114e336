import type { ServerId } from "../../base/units.ts";
import { serverIds } from "../network.ts";
import type { WorldState } from "../state/state.ts";
import type { Fault } from "./fault.ts";
import { type ActOf, servers, span } from "./parameters.ts";
import { between, divide, onEach, shuffled, walled } from "./sight.ts";
import { all, lasting } from "./words.ts";

const parameters = {
  servers: { ...servers, title: "In this order", leftOut: "without it: by number", optional: true },
  for: span,
} as const;
type Ring = ActOf<"ring", typeof parameters>;

/** Everybody in the order of the ring; who is not named comes last. */
const orderOf = (world: WorldState, { servers = [] }: Ring): ServerId[] => [
  ...servers,
  ...serverIds(world).filter((id) => !servers.includes(id)),
];

/** Each keeps its next neighbours on both sides, as many as make a majority with it. */
function apart(world: WorldState, act: Ring): (from: ServerId, to: ServerId) => boolean {
  const order = orderOf(world, act);
  const reach = Math.floor((Math.floor(order.length / 2) + 1) / 2);
  return (from, to) => {
    const steps = Math.abs(order.indexOf(from) - order.indexOf(to));
    return Math.min(steps, order.length - steps) > reach;
  };
}

export const ring: Fault<Ring> = {
  name: "ring",
  title: "Ring of majorities",
  text: "Every server reaches a majority, and no two reach the same one.",
  section: "§5.2",
  group: "Links",
  parameters,
  inModel: true,
  wrong: ({ servers = [] }) => (new Set(servers).size === servers.length ? null : "expected each server at most once"),
  refuse: (world, { servers = [] }) =>
    onEach(world, servers) ?? (serverIds(world).length < 4 ? "a ring with gaps needs at least four servers" : null),
  targets: (world, act) => walled(world, apart(world, act)),
  perform: (world, act) => divide(world, apart(world, act)),
  words: (act) => `ring of majorities${act.servers === undefined ? "" : `: ${all(act.servers)}`}${lasting(act)}`,
  undo: () => ({ do: "heal" }),
  random(world, roll) {
    const ids = serverIds(world);
    return ids.length < 4 ? null : { do: "ring", servers: shuffled(ids, roll), for: between(200, 3000, roll) };
  },
};
