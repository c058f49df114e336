import type { ServerId } from "../base/units.ts";
import { whyNot } from "./act.ts";
import type { Act } from "./acts.ts";
import { serverIds } from "./network.ts";
import { named } from "./replicas.ts";
import type { World } from "./types.ts";

export type EnabledKind = "deliver" | "drop" | "duplicate" | "timer" | "process" | "client";

/** One thing that may happen next, in the hands of somebody who orders every step. */
export interface Enabled {
  readonly kind: EnabledKind;
  /** At whom it happens: for messages the one that it is for; 0 = the client. */
  readonly server: ServerId;
  readonly act: Act;
}

/**
 * Everything that may happen next to the messages under way, the timers, the processes, and at the client: exactly
 * what the world would not refuse. Messages in the order in which they were sent, then server by server.
 */
export function enabledActs(world: World): Enabled[] {
  const all = [...messageActs(world), ...serverIds(world).flatMap((id) => serverActs(world, id))];
  return all.filter(({ act }) => whyNot(world, act) === null);
}

function messageActs({ packets }: World): Enabled[] {
  const inOrder = [...packets].sort((a, b) => a.sequence - b.sequence);
  return inOrder.flatMap(({ ref }) =>
    (["deliver", "drop", "duplicate"] as const).map((kind) => ({
      kind,
      server: ref.to,
      act: { do: kind, message: ref },
    })),
  );
}

/** In each Raft group its timers and snapshots; once for the machine what hits all of them. */
function serverActs(world: World, server: ServerId): Enabled[] {
  const groups = Array.from({ length: world.setup.groups }, (_, i) => named(world, i + 1));
  const inGroups = (kind: EnabledKind, ...acts: readonly GroupAct[]): Enabled[] =>
    acts.flatMap((act) => groups.map((group) => ({ kind, server, act: { do: act, server, ...group } })));
  const process = (["crash", "restart", "pause", "resume"] as const).map(
    (act): Enabled => ({ kind: "process", server, act: { do: act, server } }),
  );
  return [
    ...inGroups("timer", "timeout", "heartbeat"),
    ...process,
    ...inGroups("process", "compact"),
    write(world, server),
  ];
}

function write({ clients }: World, server: ServerId): Enabled {
  const operation = { op: "put", key: "x", value: String(clients.asked + 1) } as const;
  return { kind: "client", server, act: { do: "request", operation, server } };
}

type GroupAct = "timeout" | "heartbeat" | "compact";
