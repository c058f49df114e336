import { serverIds } from "../network.ts";
import { onDisk } from "./disturbance.ts";
import type { Fault } from "./fault.ts";
import { type ActOf, server, span } from "./parameters.ts";
import { between, one } from "./sight.ts";
import { lasting, who } from "./words.ts";

const parameters = { server, for: span } as const;
type FullDisk = ActOf<"fullDisk", typeof parameters>;

/**
 * As in production (etcd, TiKV): a write that fails is fatal. A server that cannot keep an entry must neither
 * acknowledge nor count it, so its process stops, leader or not. There is always room for a term and a vote.
 */
export const fullDisk: Fault<FullDisk> = {
  name: "fullDisk",
  title: "Full disk",
  text: "There is no room for entries: at the first that it must store, the server stops, and starts again once there is room.",
  parameters,
  ...onDisk,
  perform: (_, { server }, hands) => hands.trouble(server, { kind: "full", stopped: false }),
  words: (act) => `fill the disk of ${who(act.server)}${lasting(act)}`,
  random: (world, roll) => ({ do: "fullDisk", server: one(serverIds(world), roll)!, for: between(100, 2000, roll) }),
};
