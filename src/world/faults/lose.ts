import { onLinks } from "../refusals.ts";
import type { Fault } from "./fault.ts";
import { type ActOf, anyLinks, span } from "./parameters.ts";
import { between, disturb, disturbed, linksByChance, linksIn } from "./sight.ts";
import { lasting, on, percent } from "./words.ts";

const parameters = {
  loss: { is: "chance", title: "Probability", initial: 0.2 },
  links: anyLinks,
  for: span,
} as const;
type Lose = ActOf<"lose", typeof parameters>;

export const lose: Fault<Lose> = {
  name: "lose",
  title: "Loss",
  text: "Each message is lost with this probability.",
  section: "§5.1",
  group: "Network",
  parameters,
  inModel: true,
  refuse: (world, { links = [] }) => onLinks(world, links),
  targets: (world, act) => disturbed(linksIn(world, act), "loss"),
  perform: (world, act) => disturb(world, linksIn(world, act), { loss: act.loss }),
  words: (act) => `lose ${percent(act.loss)} of the messages${on(act)}${lasting(act)}`,
  undo: (act) => (act.links === undefined ? { do: "heal" } : { do: "mend", links: act.links }),
  random: (world, roll) => ({
    do: "lose",
    loss: 10_000 * (1 + roll(50)),
    ...linksByChance(world, roll),
    for: between(200, 3000, roll),
  }),
};
