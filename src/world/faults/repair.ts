import { trueClock } from "../clock.ts";
import { linkOf, serverIds, serverLinks } from "../network.ts";
import { forReplicas } from "../replicas.ts";
import type { WorldState } from "../state/state.ts";
import type { Fault, Hands, Target } from "./fault.ts";
import type { ActOf } from "./parameters.ts";
import { linkTargets } from "./sight.ts";

const parameters = {} as const;
type Repair = ActOf<"repair", typeof parameters>;

/** After it the cluster must converge: nothing is left that could keep it from that. */
export const repair: Fault<Repair> = {
  name: "repair",
  title: "Repair everything",
  text: "All nemeses stop, links work, disks work, clocks go right, and every server runs.",
  section: "",
  group: "Repair",
  parameters,
  inModel: true,
  refuse: () => null,
  targets: (world) => [...serverIds(world).flatMap(serverTargets), ...serverLinks(world).flatMap(linkTargets)],
  perform(world, _, hands) {
    hands.calm();
    for (const [from, to] of serverLinks(world)) Object.assign(linkOf(world, from, to), { up: true, overlay: null });
    for (const { id } of world.setup.servers) repairServer(world, id, hands);
  },
  words: () => "repair everything",
  undo: () => null,
  random: () => ({ do: "repair" }),
};

const serverTargets = (server: number): Target[] =>
  (["process", "disk", "entry", "clock"] as const).map((on) => ({ on, server }));

function repairServer(world: WorldState, server: number, hands: Hands): void {
  hands.trouble(server, null);
  hands.corrupt(server, null);
  forReplicas(world, server, (replica) => {
    replica.clock = trueClock;
  });
  const { status } = world.machines[server]!;
  if (status === "down") hands.restart(server);
  if (status === "paused") hands.resume(server);
}
