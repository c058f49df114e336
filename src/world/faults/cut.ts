import { cutLink, linkOf, serverLinks } from "../network.ts";
import { onLinks } from "../refusals.ts";
import type { Fault } from "./fault.ts";
import { type ActOf, links, span } from "./parameters.ts";
import { between, some } from "./sight.ts";
import { arrows, lasting } from "./words.ts";

const parameters = { links, for: span } as const;
type Cut = ActOf<"cut", typeof parameters>;

export const cut: Fault<Cut> = {
  name: "cut",
  title: "Cut links",
  text: "Directed links go down, each in its own direction; what is under way on them is lost.",
  section: "§5.1",
  group: "Links",
  parameters,
  inModel: true,
  refuse: (world, { links }) => onLinks(world, links),
  targets: (_, { links }) => links.map((link) => ({ on: "link", link })),
  perform(world, { links }) {
    for (const link of links) cutLink(world, link);
  },
  words: (act) => `cut ${arrows(act.links)}${lasting(act)}`,
  undo: ({ links }) => ({ do: "mend", links }),
  random(world, roll) {
    const up = serverLinks(world).filter(([from, to]) => linkOf(world, from, to).up);
    return up.length === 0 ? null : { do: "cut", links: some(some(up, roll), roll), for: between(50, 2000, roll) };
  },
};
