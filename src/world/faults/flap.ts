import { cutLink, linkOf, serverLinks } from "../network.ts";
import { onLinks } from "../refusals.ts";
import type { Fault } from "./fault.ts";
import { type ActOf, links, span } from "./parameters.ts";
import { between, some } from "./sight.ts";
import { arrows, lasting, time } from "./words.ts";

const turn = { is: "time", least: 10, most: 60_000 } as const;
const parameters = {
  links,
  down: { ...turn, title: "Down for", initial: 100 },
  up: { ...turn, title: "Then up for", initial: 200 },
  for: span,
} as const;
type Flap = ActOf<"flap", typeof parameters>;

export const flap: Fault<Flap> = {
  name: "flap",
  title: "Flapping links",
  text: "Links go down and up by turns, as a loose plug does: long enough to start elections, too short to finish them.",
  section: "§5.1",
  group: "Links",
  parameters,
  inModel: true,
  refuse: (world, { links }) => onLinks(world, links),
  targets: (_, { links }) => links.map((link) => ({ on: "link", link })),
  perform(world, { links }) {
    for (const link of links) cutLink(world, link);
  },
  turns: {
    span: ({ down, up }, count) => (count % 2 === 0 ? down : up),
    take(world, _, count, targets) {
      for (const target of targets) {
        if (target.on !== "link") continue;
        const [from, to] = target.link;
        if (count % 2 === 0) cutLink(world, target.link);
        else linkOf(world, from, to).up = true;
      }
    },
  },
  words: (act) => `flap ${arrows(act.links)}: ${time(act.down)} down, ${time(act.up)} up${lasting(act)}`,
  undo: ({ links }) => ({ do: "mend", links }),
  random(world, roll) {
    const all = serverLinks(world);
    if (all.length === 0) return null;
    const links = some(some(all, roll), roll);
    return {
      do: "flap",
      links,
      down: between(20, 300, roll),
      up: between(20, 300, roll),
      for: between(500, 3000, roll),
    };
  },
};
