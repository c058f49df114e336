import { onServer } from "../refusals.ts";
import { corruptReplica } from "../replicas.ts";
import type { Machine } from "../state/machine.ts";
import type { WorldState } from "../state/state.ts";
import type { Fault } from "./fault.ts";
import { type ActOf, server } from "./parameters.ts";
import { machinesThat, one } from "./sight.ts";
import { who } from "./words.ts";

const parameters = { server } as const;
type MendDisk = ActOf<"mendDisk", typeof parameters>;

export const mendDisk: Fault<MendDisk> = {
  name: "mendDisk",
  title: "Repair its disk",
  text: "The disk works, has room, stores what it had only cached, and its entries fit their checksums; a server that had stopped because of it starts.",
  section: "",
  group: "Repair",
  parameters,
  inModel: true,
  refuse: (world, { server }) =>
    onServer(world, server, (machine) => (works(world, machine) ? "has a disk that works" : null)),
  targets: (_, { server }) => [
    { on: "disk", server },
    { on: "entry", server },
  ],
  perform(_, { server }, hands) {
    hands.trouble(server, null);
    hands.corrupt(server, null);
  },
  words: ({ server }) => `repair the disk of ${who(server)}`,
  undo: () => null,
  random(world, roll) {
    const server = one(
      machinesThat(world, (machine) => !works(world, machine)),
      roll,
    );
    return server === undefined ? null : { do: "mendDisk", server };
  },
};

const works = (world: WorldState, { id, disk }: Machine): boolean =>
  disk.trouble === null && corruptReplica(world, id) === undefined;
