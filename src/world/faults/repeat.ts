import { onLinks } from "../refusals.ts";
import type { Fault } from "./fault.ts";
import { type ActOf, anyLinks, span } from "./parameters.ts";
import { between, disturb, disturbed, linksByChance, linksIn } from "./sight.ts";
import { lasting, on, percent } from "./words.ts";

const parameters = {
  duplicate: { is: "chance", title: "Probability", initial: 0.2 },
  links: anyLinks,
  for: span,
} as const;
type Repeat = ActOf<"repeat", typeof parameters>;

export const repeat: Fault<Repeat> = {
  name: "repeat",
  title: "Duplication",
  text: "Each message arrives twice with this probability.",
  section: "§5.1",
  group: "Network",
  parameters,
  inModel: true,
  refuse: (world, { links = [] }) => onLinks(world, links),
  targets: (world, act) => disturbed(linksIn(world, act), "duplicate"),
  perform: (world, act) => disturb(world, linksIn(world, act), { duplicate: act.duplicate }),
  words: (act) => `double ${percent(act.duplicate)} of the messages${on(act)}${lasting(act)}`,
  undo: (act) => (act.links === undefined ? { do: "heal" } : { do: "mend", links: act.links }),
  random: (world, roll) => ({
    do: "repeat",
    duplicate: 10_000 * (1 + roll(50)),
    ...linksByChance(world, roll),
    for: between(200, 3000, roll),
  }),
};
