import { serverIds } from "../network.ts";
import { onDisk } from "./disturbance.ts";
import type { Fault } from "./fault.ts";
import { type ActOf, server, span } from "./parameters.ts";
import { between as drawn, one } from "./sight.ts";
import { between, lasting, who } from "./words.ts";

const parameters = {
  server,
  write: { is: "times", title: "A write takes", least: 0, most: 60_000, initial: [50, 200] },
  for: span,
} as const;
type SlowDisk = ActOf<"slowDisk", typeof parameters>;

export const slowDisk: Fault<SlowDisk> = {
  name: "slowDisk",
  title: "Slow disk",
  text: "Every write takes longer, and whatever waits for it waits longer too.",
  parameters,
  ...onDisk,
  section: "D 10.2.1",
  perform: (_, { server, write: [writeMin, writeMax] }, hands) =>
    hands.trouble(server, { kind: "slow", writeMin, writeMax }),
  words: (act) => `slow the disk of ${who(act.server)}: a write takes ${between(act.write)}${lasting(act)}`,
  random(world, roll) {
    const least = drawn(5, 100, roll);
    const write = [least, least + drawn(0, 200, roll)] as const;
    return { do: "slowDisk", server: one(serverIds(world), roll)!, write, for: drawn(200, 3000, roll) };
  },
};
