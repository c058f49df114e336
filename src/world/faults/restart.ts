import { onServer } from "../refusals.ts";
import { corruptReplica } from "../replicas.ts";
import type { Fault } from "./fault.ts";
import { type ActOf, server } from "./parameters.ts";
import { machinesThat, one, processOf } from "./sight.ts";
import { who } from "./words.ts";

const parameters = { server } as const;
type Restart = ActOf<"restart", typeof parameters>;

export const restart: Fault<Restart> = {
  name: "restart",
  title: "Restart",
  text: "The server starts again from what its disk holds.",
  section: "Figure 2",
  group: "Repair",
  parameters,
  inModel: true,
  refuse: (world, { server }) =>
    onServer(world, server, ({ status }) => {
      if (status !== "down") return "is not down";
      const corrupt = corruptReplica(world, server)?.disk.corrupt;
      return corrupt?.found === "staysDown"
        ? `does not start: entry ${corrupt.index} on its disk fails its checksum`
        : null;
    }),
  targets: (_, { server }) => [processOf(server)],
  perform: (_, { server }, hands) => hands.restart(server),
  words: ({ server }) => `restart ${who(server)}`,
  undo: ({ server }) => ({ do: "crash", server }),
  random(world, roll) {
    const server = one(
      machinesThat(world, ({ status }) => status === "down"),
      roll,
    );
    return server === undefined ? null : { do: "restart", server };
  },
};
