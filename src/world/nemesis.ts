import { draw, inRange } from "../base/random.ts";
import type { ServerId } from "../base/units.ts";
import type { NemesisAct } from "./acts.ts";
import { strike } from "./appointments.ts";
import type { Roll } from "./faults/fault.ts";
import { type FaultAct, type FaultName, faultOf } from "./faults/index.ts";
import { one } from "./faults/sight.ts";
import { limits } from "./limits.ts";
import type { Onlookers } from "./machine.ts";
import { serverIds, serverLinks } from "./network.ts";
import { replicaOf } from "./replicas.ts";
import type { Nemesis, World } from "./types.ts";

/**
 * Nemeses: faults that come again and again, by chance and yet the same in every run. Each draws from a stream of its
 * own, which its number and the count of its strikes name: to remove one changes nothing about the others.
 */

const stream = 100_000;
/** More than a fault draws for its parameters. */
const drawsPerStrike = 256;

/** The same draws for the same strike of the same nemesis. */
function rollFor({ seed }: World, id: number, strike: number): Roll {
  let count = strike * drawsPerStrike;
  return (max) => inRange(draw(seed, stream + id, count++), 0, max - 1);
}

const within = ([least, most]: readonly [number, number], roll: Roll): number => least + roll(most - least + 1);

export function whyNoNemesis(world: World, { id, fault, aim, given }: NemesisAct): string | null {
  const isNew = world.nemeses.every(({ act }) => act.id !== id);
  if (isNew && world.nemeses.length >= limits.nemeses) return `there are ${limits.nemeses} nemeses already`;
  if (aim !== undefined && aimedAt(fault) === null) return "this fault hits no server that could be the leader";
  const { server } = given as { readonly server?: ServerId };
  return server !== undefined && world.machines[server] === undefined ? `S${server} does not exist` : null;
}

/** It waits for its first strike as it will for all others. */
export function startNemesis(world: World, act: NemesisAct): void {
  const nemesis = { act, fired: 0, nextAt: nextStrike(world, act, 0), sequence: world.sequence++ };
  const others = world.nemeses.filter((other) => other.act.id !== act.id);
  world.nemeses = [...others, nemesis].sort((a, b) => a.act.id - b.act.id);
}

const nextStrike = (world: World, { id, every }: NemesisAct, fired: number): number =>
  world.now + within(every, rollFor(world, id, fired));

/** The one that strikes first; null if there is none. */
export function nextNemesis({ nemeses }: World): Nemesis | null {
  let next: Nemesis | null = null;
  for (const each of nemeses) {
    if (next === null || each.nextAt < next.nextAt || (each.nextAt === next.nextAt && each.sequence < next.sequence))
      next = each;
  }
  return next;
}

/** Its time has come. Where its fault is impossible now, it lets this one go. */
export function nemesisActs(world: World, nemesis: Nemesis, onlookers: Onlookers): void {
  const { act: order, fired } = nemesis;
  const again = {
    ...nemesis,
    fired: fired + 1,
    nextAt: nextStrike(world, order, fired + 1),
    sequence: world.sequence++,
  };
  world.nemeses = world.nemeses.map((each) => (each === nemesis ? again : each));
  const act = strikeOf(world, order, rollFor(world, order.id, fired));
  if (act === null || faultOf(act.do).refuse(world, act) !== null) return;
  onlookers.tell?.({ kind: "acted", act, ignored: null, by: order.id });
  onlookers.struck?.(act);
  strike(world, act, order.id, onlookers);
}

/** What is given over what chance has; null if nothing fits. */
function strikeOf(world: World, { fault, for: span, aim, given, every }: NemesisAct, roll: Roll): FaultAct | null {
  within(every, roll);
  const row = faultOf(fault);
  const chosen = row.random(world, roll);
  const aimed = aim === undefined ? {} : onLeader(world, fault, roll);
  if (chosen === null || aimed === null) return null;
  const lasting = span !== undefined && "for" in row.parameters ? { for: within(span, roll) } : {};
  const act = { ...chosen, ...aimed, ...given, ...lasting } as FaultAct;
  return row.wrong?.(act) == null ? act : null;
}

// ---- the leader ---------------------------------------------------------------------------------------------------

type Aimed = "server" | "servers" | "links" | "groups";

/** The parameter that says whom the fault hits, and its kind; null if none does. */
export function aimedAt(fault: FaultName): readonly [name: string, is: Aimed] | null {
  for (const [name, { is, optional }] of Object.entries(faultOf(fault).parameters)) {
    if (is === "server" || is === "links" || is === "groups") return [name, is];
    // Servers that may be left out are an order or a side, not whom it hits.
    if (is === "servers" && optional !== true) return [name, is];
  }
  return null;
}

/** That parameter, so that it hits the leader; null while nobody leads. */
function onLeader(world: World, fault: FaultName, roll: Roll): Readonly<Record<string, unknown>> | null {
  const aimed = aimedAt(fault);
  const leader = one(leaders(world), roll);
  if (aimed === null || leader === undefined) return null;
  const [name, is] = aimed;
  switch (is) {
    case "server":
      return { [name]: leader };
    case "servers":
      return { [name]: [leader] };
    case "groups":
      return { [name]: [[leader]] };
    case "links":
      return { [name]: serverLinks(world).filter((ends) => ends.includes(leader)) };
  }
}

/** Of each group that has any, the one of the highest term. */
function leaders(world: World): ServerId[] {
  const found: ServerId[] = [];
  for (let group = 1; group <= world.setup.groups; group++) {
    const own = serverIds(world).flatMap((id) => replicaOf(world, id, group) ?? []);
    const leading = own.filter(({ status, raft }) => status !== "down" && raft.role === "leader");
    if (leading.length > 0) found.push(leading.reduce((a, b) => (b.raft.term > a.raft.term ? b : a)).id);
  }
  return found;
}
