import { onAnyLinks, somewhere, where } from "./disturbance.ts";
import type { Fault } from "./fault.ts";
import type { ActOf } from "./parameters.ts";
import { lasting, on, percent } from "./words.ts";

const parameters = {
  duplicate: { is: "chance", title: "Probability", initial: 0.2 },
  ...where,
} as const;
type Repeat = ActOf<"repeat", typeof parameters>;

export const repeat: Fault<Repeat> = {
  name: "repeat",
  title: "Duplication",
  text: "Each message arrives twice with this probability.",
  section: "§5.1",
  parameters,
  ...onAnyLinks<Repeat>("duplicate", (act) => ({ duplicate: act.duplicate })),
  words: (act) => `double ${percent(act.duplicate)} of the messages${on(act)}${lasting(act)}`,
  random: (world, roll) => ({
    do: "repeat",
    duplicate: 10_000 * (1 + roll(50)),
    ...somewhere(world, roll),
  }),
};
