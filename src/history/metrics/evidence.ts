import type { Micros, Ppm, ServerId } from "../../base/units.ts";
import { isVoter } from "../../raft/configuration.ts";
import { linkOf, serverLinks } from "../../world/network.ts";
import type { Machine } from "../../world/state/machine.ts";
import type { DirectedLink, LossReason } from "../../world/state/messages.ts";
import type { World } from "../../world/types.ts";

/** What happened to one group between two elections, or in a row of such stretches. */
export interface Stretch {
  /** Messages between servers that came to their end: arrived, or lost on their way, or otherwise. */
  arrived: number;
  strayed: number;
  otherwise: number;
  /** The longest that one which arrived took; the longest that a disk took, or has taken so far, for a write. */
  longest: Micros;
  write: Micros;
  leaderless: Micros;
  crashes: number;
  pauses: number;
  /** Timers that somebody made run out, or set. */
  byHand: number;
}
export const newStretch = (): Stretch => ({
  arrived: 0,
  strayed: 0,
  otherwise: 0,
  longest: 0,
  write: 0,
  leaderless: 0,
  crashes: 0,
  pauses: 0,
  byHand: 0,
});

/** `on` comes after `to`, which becomes both. */
export function joinStretch(to: Stretch, on: Stretch): void {
  to.arrived += on.arrived;
  to.strayed += on.strayed;
  to.otherwise += on.otherwise;
  to.longest = Math.max(to.longest, on.longest);
  to.write = Math.max(to.write, on.write);
  to.leaderless += on.leaderless;
  to.crashes += on.crashes;
  to.pauses += on.pauses;
  to.byHand += on.byHand;
}

export function noteLoss(stretch: Stretch, reason: LossReason): void {
  if (reason === "loss" || reason === "dropped") stretch.strayed++;
  else stretch.otherwise++;
}

/** How things stand when a server starts an election, or wins one. */
export interface Scene {
  /** The shortest and the longest time that the server or a voter waits, by its own clock. */
  readonly least: Micros;
  readonly most: Micros;
  /** Links between voters that carry nothing. */
  readonly cuts: readonly DirectedLink[];
  /** How much too fast the server's clock goes. */
  readonly drift: Ppm;
  /** It has no vote in the configuration of who leads, or has led last. */
  readonly outside: boolean;
}

export function sceneAt(world: World, machine: Machine): Scene {
  const { id, group, clock } = machine;
  const replicas = world.machines.filter((each) => each?.group === group);
  const leader = replicas
    .filter(({ raft, id: other }) => raft.role === "leader" && other !== id)
    .reduce<Machine | null>((best, each) => (best === null || each.raft.term > best.raft.term ? each : best), null);
  const voters = replicas.filter((each) => isVoter(machine.raft.configuration, each.id));
  // A timer may still run that was drawn by what was followed before.
  const options = [...[machine, ...voters].map((each) => each.options), ...world.followed];
  const isHere = (each: ServerId): boolean => voters.some(({ id: voter }) => voter === each);
  return {
    least: Math.min(...options.map(({ electionTimeoutMin }) => electionTimeoutMin)),
    most: Math.max(...options.map(({ electionTimeoutMax }) => electionTimeoutMax)),
    cuts: serverLinks(world).filter(([from, to]) => isHere(from) && isHere(to) && !linkOf(world, from, to).up),
    drift: clock.drift,
    outside: leader !== null && !isVoter(leader.raft.configuration, id),
  };
}
