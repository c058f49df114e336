import type { ClientId, Micros, ServerId } from "../base/units.ts";
import { profiles } from "../raft/options.ts";
import { rulesWith } from "../raft/rules/broken.ts";
import type { Rules } from "../raft/rules/index.ts";
import { applyAct } from "./act.ts";
import type { Act } from "./acts.ts";
import type { Happening } from "./facts.ts";
import { defaultClients } from "./limits.ts";
import type { Onlookers } from "./machine.ts";
import type { KvOperation } from "./state/commands.ts";
import type { Machine } from "./state/machine.ts";
import type { Packet, Payload } from "./state/messages.ts";
import type { LinkSettings, Setup } from "./state/setup.ts";
import type { World } from "./types.ts";
import { createWorld, executeNext, moveClock, nextEventAt } from "./world.ts";

/** For tests of the world: exact times unless said otherwise (10 ms per message, 1 ms per write). */

export const ms = 1000;

type Given = Partial<Omit<Setup, "servers" | "link">> & {
  readonly servers?: number;
  readonly link?: Partial<LinkSettings>;
  /** Terms of the logs of S1 … Sn that do not start empty. */
  readonly logs?: readonly (readonly number[])[];
};

export function setupOf({ servers = 3, link = {}, logs = [], ...rest }: Given = {}): Setup {
  const ids = Array.from({ length: servers }, (_, i) => i + 1);
  return {
    seed: 7,
    raft: profiles.paper,
    servers: ids.map((id) => {
      const log = logs[id - 1] ?? [];
      return { id, term: log.at(-1) ?? 0, votedFor: 0, log, commit: 0 };
    }),
    groups: 1,
    mode: "automatic",
    link: { latencyMin: 10 * ms, latencyMax: 10 * ms, loss: 0, duplicate: 0, bandwidth: null, ...link },
    disk: { writeMin: 1 * ms, writeMax: 1 * ms },
    bugs: [],
    clients: defaultClients,
    ...rest,
  };
}

type Told = Happening & { readonly at: Micros };

/** A world that is played, and everything that it has told. */
export interface Play {
  readonly world: World;
  readonly told: Told[];
  readonly onlookers: Onlookers;
  /** Why the act was refused, or null. */
  act(act: Act): string | null;
  /** Everything up to that time; then the clock stands there. */
  until(time: Micros): Play;
  /** As `until`, but stops right after the first happening that fits. Fails if none does. */
  untilTold(fits: (told: Told) => boolean, time?: Micros): Told;
  machine(id: ServerId): Machine;
}

export function play(
  setup: Setup,
  by: Rules = rulesWith(setup.bugs),
  watch: Onlookers["watch"] = null,
  hear: ((happening: Happening, world: World) => void) | null = null,
  audit: Onlookers["audit"] = null,
): Play {
  const world = createWorld(setup);
  const told: Told[] = [];
  const tell = (happening: Happening) => {
    told.push({ ...happening, at: world.now });
    hear?.(happening, world);
  };
  const onlookers: Onlookers = { tell, watch, audit, rules: by };
  const it: Play = {
    world,
    told,
    onlookers,
    act: (act) => applyAct(world, act, onlookers),
    until(time) {
      while (nextEventAt(world) <= time) executeNext(world, onlookers);
      if (world.stopped === null && world.violation === null) moveClock(world, time);
      return it;
    },
    untilTold(fits, time = 10_000 * ms) {
      let heard = told.length;
      while (nextEventAt(world) <= time) {
        executeNext(world, onlookers);
        for (; heard < told.length; heard++) if (fits(told[heard]!)) return told[heard]!;
      }
      throw new Error("it was never told");
    },
    machine: (id) => world.machines[id]!,
  };
  return it;
}

/** Lets S`id` win an election now, and waits until everybody knows: 25 ms or so with the usual times. */
export function elect<P extends Play>(it: P, id: ServerId): P {
  it.act({ do: "timeout", server: id });
  it.untilTold(
    (told) => told.kind === "decided" && told.decision.kind === "electionWon" && told.decision.server === id,
  );
  const { latencyMax } = it.world.setup.link;
  it.until(it.world.now + latencyMax + 1);
  return it;
}

export const put = (key: string, value: string): KvOperation => ({ op: "put", key, value });
export const request = (operation: KvOperation, server?: ServerId, client?: ClientId): Act => ({
  do: "request",
  operation,
  ...(server === undefined ? {} : { server }),
  ...(client === undefined ? {} : { client }),
});

/** The messages of a type that are under way. */
export const underWay = ({ world }: Play, type: Payload["type"]): Packet[] =>
  world.packets.filter(({ payload }) => payload.type === type);

/** What was told of a kind. */
export const toldOf = <Kind extends Happening["kind"]>({ told }: Play, kind: Kind) =>
  told.filter((each): each is Extract<Told, { readonly kind: Kind }> => each.kind === kind);

/** The decisions of a kind that were taken. */
export const decided = (it: Play, kind: string) =>
  toldOf(it, "decided").flatMap(({ decision }) => (decision.kind === kind ? [decision] : []));

export const leaders = ({ world }: Play): ServerId[] =>
  world.machines.flatMap(({ id, status, raft }) => (status !== "down" && raft.role === "leader" ? [id] : []));
