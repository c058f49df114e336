import type { GroupId, ServerId } from "../base/units.ts";
import { whyNot } from "./act.ts";
import { serverIds } from "./network.ts";
import type { Act, World } from "./types.ts";

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

function serverActs(world: World, server: ServerId): Enabled[] {
  const value = String(world.client.asked + 1);
  const write: Act = { do: "request", operation: { op: "put", key: "x", value }, server };
  const of = (kind: EnabledKind, ...names: readonly ServerAct[]): Enabled[] =>
    names.map((name) => ({ kind, server, act: { do: name, server } }));
  const inGroups = (kind: EnabledKind, ...names: readonly GroupAct[]): Enabled[] =>
    groupIds(world).flatMap((group) =>
      names.map((name) => ({ kind, server, act: group === 1 ? { do: name, server } : { do: name, server, group } })),
    );
  return [
    ...inGroups("timer", "timeout", "heartbeat"),
    ...of("process", "crash", "restart", "pause", "resume"),
    ...inGroups("process", "compact"),
    { kind: "client", server, act: write },
  ];
}

type ServerAct = "crash" | "restart" | "pause" | "resume";
type GroupAct = "timeout" | "heartbeat" | "compact";

const groupIds = ({ setup }: World): GroupId[] => Array.from({ length: setup.groups }, (_, at) => at + 1);
