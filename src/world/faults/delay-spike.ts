import { onLinks } from "../refusals.ts";
import type { Fault } from "./fault.ts";
import { type ActOf, anyLinks, span } from "./parameters.ts";
import { between, disturb, disturbed, linksByChance, linksIn } from "./sight.ts";
import { lasting, on, between as range } from "./words.ts";

const parameters = {
  by: { is: "times", title: "Longer by", least: 0, most: 60_000, initial: [100, 400] },
  links: anyLinks,
  for: span,
} as const;
type DelaySpike = ActOf<"delaySpike", typeof parameters>;

export const delaySpike: Fault<DelaySpike> = {
  name: "delaySpike",
  title: "Delay spike",
  text: "Every message takes this much longer, as on a congested network.",
  section: "§5.6",
  group: "Network",
  parameters,
  inModel: true,
  refuse: (world, { links = [] }) => onLinks(world, links),
  targets: (world, act) => disturbed(linksIn(world, act), "delay"),
  perform: (world, act) => disturb(world, linksIn(world, act), { delay: act.by }),
  words: (act) => `slow messages by ${range(act.by)}${on(act)}${lasting(act)}`,
  undo: (act) => (act.links === undefined ? { do: "heal" } : { do: "mend", links: act.links }),
  random: (world, roll) => ({
    do: "delaySpike",
    by: [0, between(20, 500, roll)],
    ...linksByChance(world, roll),
    for: between(200, 3000, roll),
  }),
};
