import { cutLinks, linkOf } from "../network.ts";
import { onLinks } from "../refusals.ts";
import type { Fault } from "./fault.ts";
import { type ActOf, links } from "./parameters.ts";
import { linkTargets, some } from "./sight.ts";
import { arrows } from "./words.ts";

const parameters = { links } as const;
type Mend = ActOf<"mend", typeof parameters>;

export const mend: Fault<Mend> = {
  name: "mend",
  title: "Mend links",
  text: "Directed links work again, and whatever disturbed them is over.",
  section: "§5.1",
  group: "Repair",
  parameters,
  inModel: true,
  refuse: (world, { links }) => onLinks(world, links),
  targets: (_, { links }) => links.flatMap(linkTargets),
  perform(world, { links }) {
    for (const [from, to] of links) Object.assign(linkOf(world, from, to), { up: true, overlay: null });
  },
  words: ({ links }) => `mend ${arrows(links)}`,
  undo: ({ links }) => ({ do: "cut", links }),
  random(world, roll) {
    const cut = cutLinks(world);
    return cut.length === 0 ? null : { do: "mend", links: some(cut, roll) };
  },
};
