import { onAnyLinks, somewhere, where } from "./disturbance.ts";
import type { Fault } from "./fault.ts";
import type { ActOf } from "./parameters.ts";
import { between } from "./sight.ts";
import { lasting, on, between as range } from "./words.ts";

const parameters = {
  by: { is: "times", title: "Longer by", least: 0, most: 60_000, initial: [100, 400] },
  ...where,
} as const;
type DelaySpike = ActOf<"delaySpike", typeof parameters>;

export const delaySpike: Fault<DelaySpike> = {
  name: "delaySpike",
  title: "Delay spike",
  text: "Every message takes this much longer, as on a congested network.",
  section: "§5.6",
  parameters,
  ...onAnyLinks<DelaySpike>("delay", (act) => ({ delay: act.by })),
  words: (act) => `slow messages by ${range(act.by)}${on(act)}${lasting(act)}`,
  random: (world, roll) => ({
    do: "delaySpike",
    by: [0, between(20, 500, roll)],
    ...somewhere(world, roll),
  }),
};
