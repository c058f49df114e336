import { running } from "../refusals.ts";
import type { Fault } from "./fault.ts";
import { type ActOf, server, span } from "./parameters.ts";
import { between, machinesThat, one, processOf } from "./sight.ts";
import { lasting, who } from "./words.ts";

const parameters = { server, for: span } as const;
type Pause = ActOf<"pause", typeof parameters>;

export const pause: Fault<Pause> = {
  name: "pause",
  title: "Pause its process",
  text: "The process stands still, as in a long garbage collection; it forgets nothing and does not know that time has passed.",
  section: "D 6.4.1",
  group: "Process",
  parameters,
  inModel: true,
  refuse: (world, { server }) => running(world, server),
  targets: (_, { server }) => [processOf(server)],
  perform: (_, { server }, hands) => hands.pause(server),
  words: (act) => `pause ${who(act.server)}${lasting(act)}`,
  undo: ({ server }) => ({ do: "resume", server }),
  random(world, roll) {
    const server = one(
      machinesThat(world, ({ status }) => status === "up"),
      roll,
    );
    return server === undefined ? null : { do: "pause", server, for: between(20, 3000, roll) };
  },
};
