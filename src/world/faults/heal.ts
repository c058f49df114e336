import { linkOf, serverLinks } from "../network.ts";
import type { Fault } from "./fault.ts";
import type { ActOf } from "./parameters.ts";
import { linkTargets } from "./sight.ts";

const parameters = {} as const;
type Heal = ActOf<"heal", typeof parameters>;

export const heal: Fault<Heal> = {
  name: "heal",
  title: "Heal all links",
  text: "Every link between servers works again, and whatever disturbed it is over.",
  section: "§5.1",
  group: "Repair",
  parameters,
  inModel: true,
  refuse: () => null,
  targets: (world) => serverLinks(world).flatMap(linkTargets),
  perform(world) {
    for (const [from, to] of serverLinks(world)) Object.assign(linkOf(world, from, to), { up: true, overlay: null });
  },
  words: () => "heal all links",
  undo: () => null,
  random: () => ({ do: "heal" }),
};
