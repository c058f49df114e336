import { onAnyLinks, somewhere, where } from "./disturbance.ts";
import type { Fault } from "./fault.ts";
import type { ActOf } from "./parameters.ts";
import { between } from "./sight.ts";
import { lasting, on, percent, between as range } from "./words.ts";

const parameters = {
  share: { is: "chance", title: "Share of the messages", initial: 0.3 },
  by: { is: "times", title: "Held back by", least: 0, most: 60_000, initial: [10, 100] },
  ...where,
} as const;
type Reorder = ActOf<"reorder", typeof parameters>;

export const reorder: Fault<Reorder> = {
  name: "reorder",
  title: "Reordering",
  text: "Some messages are held back, so that later ones overtake them.",
  section: "§5.1",
  parameters,
  ...onAnyLinks<Reorder>("reorder", (act) => ({ reorder: { share: act.share, by: act.by } })),
  words: (act) => `hold back ${percent(act.share)} of the messages by ${range(act.by)}${on(act)}${lasting(act)}`,
  random: (world, roll) => ({
    do: "reorder",
    share: 50_000 * (1 + roll(12)),
    by: [0, between(10, 300, roll)],
    ...somewhere(world, roll),
  }),
};
