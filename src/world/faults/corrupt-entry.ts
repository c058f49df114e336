import { lastIndex } from "../../raft/log.ts";
import { onServer } from "../refusals.ts";
import { replicaOf } from "../replicas.ts";
import type { Fault } from "./fault.ts";
import { type ActOf, raftGroup, server, span } from "./parameters.ts";
import { between, machinesThat, one } from "./sight.ts";
import { lasting, who } from "./words.ts";

const parameters = {
  server,
  index: {
    is: "whole",
    title: "Index",
    leftOut: "without it: the last entry",
    unit: "",
    least: 1,
    most: 10_000_000,
    initial: 1,
    optional: true,
  },
  found: {
    is: "choice",
    title: "When it is found, the server",
    words: [
      ["staysDown", "does not start"],
      ["truncates", "discards its log from there on"],
    ],
    initial: "staysDown",
  },
  for: span,
  group: raftGroup,
} as const;
type CorruptEntry = ActOf<"corruptEntry", typeof parameters>;

/**
 * Found by the checksum when the server starts, never before: what runs has its log in memory. Production (etcd) does
 * not start from such a log, and is right: an entry that was stored may have been counted towards a majority, so to
 * discard it breaks a promise. That may be chosen; it leaves Raft's model.
 */
export const corruptEntry: Fault<CorruptEntry> = {
  name: "corruptEntry",
  title: "Corrupt an entry",
  text: "An entry on the disk no longer fits its checksum; the server finds out when it starts.",
  section: "Figure 2",
  group: "Disk",
  parameters,
  inModel: false,
  refuse: (world, { server, index, group }) =>
    onServer(
      world,
      server,
      ({ disk: { log } }) => {
        if (lastIndex(log) === log.base) return "has no entries on its disk";
        return index !== undefined && (index <= log.base || index > lastIndex(log))
          ? `has no entry ${index} on its disk`
          : null;
      },
      group,
    ),
  targets: (_, { server }) => [{ on: "entry", server }],
  perform(world, { server, index, found, group = 1 }, hands) {
    const { log } = replicaOf(world, server, group)!.disk;
    hands.corrupt(server, { index: index ?? lastIndex(log), found, stopped: false }, group);
  },
  words: (act) =>
    `corrupt ${act.index === undefined ? "the last entry" : `entry ${act.index}`} on the disk of ${who(act.server)}, which then ${founds[act.found]}${lasting(act)}`,
  undo: ({ server }) => ({ do: "mendDisk", server }),
  random(world, roll) {
    const server = one(
      machinesThat(world, ({ disk: { log } }) => lastIndex(log) > log.base),
      roll,
    );
    if (server === undefined) return null;
    const { log } = world.machines[server]!.disk;
    const index = Math.max(log.base + 1, lastIndex(log) - roll(3));
    return { do: "corruptEntry", server, index, found: "staysDown", for: between(500, 4000, roll) };
  },
};

const founds = { staysDown: "does not start from it", truncates: "discards its log from there on" } as const;
