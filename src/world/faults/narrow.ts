import { onLinks } from "../refusals.ts";
import type { Fault } from "./fault.ts";
import { type ActOf, anyLinks, span } from "./parameters.ts";
import { between, disturb, disturbed, linksByChance, linksIn } from "./sight.ts";
import { lasting, on } from "./words.ts";

const parameters = {
  bandwidth: { is: "whole", title: "Bytes a second", unit: "bytes", least: 1, most: 1_000_000_000, initial: 10_000 },
  links: anyLinks,
  for: span,
} as const;
type Narrow = ActOf<"narrow", typeof parameters>;

export const narrow: Fault<Narrow> = {
  name: "narrow",
  title: "Limited bandwidth",
  text: "A link puts so many bytes on the wire in a second; whatever is sent meanwhile waits, and snapshots take long.",
  section: "§7",
  group: "Network",
  parameters,
  inModel: true,
  refuse: (world, { links = [] }) => onLinks(world, links),
  targets: (world, act) => disturbed(linksIn(world, act), "bandwidth"),
  perform: (world, act) => disturb(world, linksIn(world, act), { bandwidth: act.bandwidth }),
  words: (act) => `narrow links to ${act.bandwidth} bytes a second${on(act)}${lasting(act)}`,
  undo: (act) => (act.links === undefined ? { do: "heal" } : { do: "mend", links: act.links }),
  random: (world, roll) => ({
    do: "narrow",
    bandwidth: 500 * (1 + roll(100)),
    ...linksByChance(world, roll),
    for: between(200, 3000, roll),
  }),
};
