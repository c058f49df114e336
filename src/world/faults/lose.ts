import { onAnyLinks, somewhere, where } from "./disturbance.ts";
import type { Fault } from "./fault.ts";
import type { ActOf } from "./parameters.ts";
import { lasting, on, percent } from "./words.ts";

const parameters = {
  loss: { is: "chance", title: "Probability", initial: 0.2 },
  ...where,
} as const;
type Lose = ActOf<"lose", typeof parameters>;

export const lose: Fault<Lose> = {
  name: "lose",
  title: "Loss",
  text: "Each message is lost with this probability.",
  section: "§5.1",
  parameters,
  ...onAnyLinks<Lose>("loss", (act) => ({ loss: act.loss })),
  words: (act) => `lose ${percent(act.loss)} of the messages${on(act)}${lasting(act)}`,
  random: (world, roll) => ({
    do: "lose",
    loss: 10_000 * (1 + roll(50)),
    ...somewhere(world, roll),
  }),
};
