import type { Fault } from "./fault.ts";
import { type ActOf, servers, span } from "./parameters.ts";
import { between, machinesThat, onEach, processOf, some } from "./sight.ts";
import { all, lasting } from "./words.ts";

const parameters = { servers, for: span } as const;
type PowerLoss = ActOf<"powerLoss", typeof parameters>;

export const powerLoss: Fault<PowerLoss> = {
  name: "powerLoss",
  title: "Power loss of several servers",
  text: "The servers crash in the same instant, as those of one rack do; with an end they come back together.",
  section: "Figure 2",
  group: "Process",
  parameters,
  inModel: true,
  refuse: (world, { servers }) =>
    onEach(world, servers) ??
    (servers.some((id) => world.machines[id]!.status !== "down") ? null : `${all(servers)}: nobody is up`),
  targets: (_, { servers }) => servers.map(processOf),
  perform(world, { servers }, hands) {
    for (const id of servers) if (world.machines[id]!.status !== "down") hands.crash(id);
  },
  words: (act) => `cut the power of ${all(act.servers)}${lasting(act)}`,
  undo: ({ servers }) => ({ do: "restart", server: servers[0] }),
  random(world, roll) {
    const up = machinesThat(world, ({ status }) => status !== "down");
    return up.length === 0 ? null : { do: "powerLoss", servers: some(up, roll), for: between(100, 2000, roll) };
  },
};
