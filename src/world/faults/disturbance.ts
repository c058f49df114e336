import type { Micros, ServerId } from "../../base/units.ts";
import { onLinks, onServer } from "../refusals.ts";
import type { DirectedLink, Overlay } from "../state/messages.ts";
import type { WorldState } from "../state/state.ts";
import type { Fault, Roll } from "./fault.ts";
import { anyLinks, span } from "./parameters.ts";
import { between, disturb, disturbed, linksByChance, linksIn } from "./sight.ts";

/** What faults of one kind have in common, whatever they do. */

interface OnLinks {
  readonly do: string;
  readonly links?: readonly DirectedLink[];
  readonly for?: Micros;
}
type Shared<A extends { readonly do: string }> = Pick<
  Fault<A>,
  "group" | "inModel" | "refuse" | "targets" | "perform" | "undo"
>;

/** What a disturbance of links ends its parameters with. */
export const where = { links: anyLinks, for: span } as const;

/** A disturbance that lies on links, on all of them where none are named; `overlay`: what it does to each. */
export const onAnyLinks = <A extends OnLinks>(on: keyof Overlay, overlay: (act: A) => Overlay): Shared<A> => ({
  group: "Network",
  inModel: true,
  refuse: (world, { links = [] }) => onLinks(world, links),
  targets: (world, act) => disturbed(linksIn(world, act), on),
  perform: (world, act) => disturb(world, linksIn(world, act), overlay(act)),
  undo: ({ links }) => (links === undefined ? { do: "heal" } : { do: "mend", links }),
});

/** Some links, and a while. */
export const somewhere = (world: WorldState, roll: Roll) => ({
  ...linksByChance(world, roll),
  for: between(200, 3000, roll),
});

interface OnServer {
  readonly do: string;
  readonly server: ServerId;
}

/** Trouble with one server's disk. */
export const onDisk = {
  section: "Figure 2",
  group: "Disk",
  inModel: true,
  refuse: (world: WorldState, { server }: OnServer) => onServer(world, server, () => null),
  targets: (_: WorldState, { server }: OnServer) => [{ on: "disk", server }] as const,
  undo: ({ server }: OnServer) => ({ do: "mendDisk", server }),
} as const;
