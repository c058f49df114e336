import { serverIds } from "../network.ts";
import { onDisk } from "./disturbance.ts";
import type { Fault } from "./fault.ts";
import { type ActOf, server, span } from "./parameters.ts";
import { between, one } from "./sight.ts";
import { lasting, who } from "./words.ts";

const parameters = { server, for: span } as const;
type StalledDisk = ActOf<"stalledDisk", typeof parameters>;

export const stalledDisk: Fault<StalledDisk> = {
  name: "stalledDisk",
  title: "Stalled disk",
  text: "No write comes to its end until the disk works again; what was promised to nobody stays unpromised.",
  parameters,
  ...onDisk,
  perform: (_, { server }, hands) => hands.trouble(server, { kind: "stalled" }),
  words: (act) => `stall the disk of ${who(act.server)}${lasting(act)}`,
  random: (world, roll) => ({
    do: "stalledDisk",
    server: one(serverIds(world), roll)!,
    for: between(100, 2000, roll),
  }),
};
