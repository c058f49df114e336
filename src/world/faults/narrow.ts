import { onAnyLinks, somewhere, where } from "./disturbance.ts";
import type { Fault } from "./fault.ts";
import type { ActOf } from "./parameters.ts";
import { lasting, on } from "./words.ts";

const parameters = {
  bandwidth: { is: "whole", title: "Bytes a second", unit: "bytes", least: 1, most: 1_000_000_000, initial: 10_000 },
  ...where,
} as const;
type Narrow = ActOf<"narrow", typeof parameters>;

export const narrow: Fault<Narrow> = {
  name: "narrow",
  title: "Limited bandwidth",
  text: "A link puts so many bytes on the wire in a second; whatever is sent meanwhile waits, and snapshots take long.",
  section: "§7",
  parameters,
  ...onAnyLinks<Narrow>("bandwidth", (act) => ({ bandwidth: act.bandwidth })),
  words: (act) => `narrow links to ${act.bandwidth} bytes a second${on(act)}${lasting(act)}`,
  random: (world, roll) => ({
    do: "narrow",
    bandwidth: 500 * (1 + roll(100)),
    ...somewhere(world, roll),
  }),
};
