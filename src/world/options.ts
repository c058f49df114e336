import type { ServerId } from "../base/units.ts";
import type { RaftOptions } from "../raft/options.ts";
import { reloads, takenAtOnce, takeOptions } from "../raft/reload.ts";
import { silencesOf } from "../raft/silences.ts";
import type { Act } from "./acts.ts";
import { localTime } from "./clock.ts";
import { fallSilent, type Onlookers } from "./machine.ts";
import { serverIds } from "./network.ts";
import { noteReadsChange } from "./operations.ts";
import { onServer } from "./refusals.ts";
import { forReplicas, replicaOf } from "./replicas.ts";
import { optionsThatDiffer, pickOptions, sameOptions } from "./start-options.ts";
import type { Machine } from "./state/machine.ts";
import type { World } from "./types.ts";

/** An operator gives servers other options while the run goes on. What a server makes of each: `raft/reload.ts`. */

type OptionsAct = Extract<Act, { readonly do: "options" }>;

export function whyNotChanged(world: World, { server, options }: OptionsAct): string | null {
  const stranger = server === undefined ? null : onServer(world, server, () => null);
  return stranger ?? whyFixed(options, server);
}

/** Why a run that goes on, or one server of it alone, cannot have other values of these options; null: it can. */
function whyFixed(given: Partial<RaftOptions>, server: ServerId | undefined): string | null {
  for (const name of Object.keys(given) as (keyof RaftOptions)[]) {
    const { takes, why, shared } = reloads[name];
    if (takes === "never") return `${name} cannot change in a run: ${why}`;
    if (server !== undefined && shared !== undefined) return `no ${name} for one server alone: ${shared}`;
  }
  return null;
}

export function changeOptions(world: World, { server, options: given }: OptionsAct, onlookers: Onlookers): void {
  if (server === undefined) {
    world.options = { ...world.options, ...given };
    if (given.reads !== undefined) noteReadsChange(world);
  }
  for (const id of server === undefined ? serverIds(world) : [server]) changeFor(world, id, given, onlookers);
}

function changeFor(world: World, server: ServerId, given: Partial<RaftOptions>, onlookers: Onlookers): void {
  const { options: before, atStart, status } = replicaOf(world, server)!;
  const wanted = { ...(atStart ?? before), ...given };
  // Who is down reads everything when it starts.
  const options = status === "down" ? wanted : { ...before, ...takenAtOnce(given) };
  const now = optionsThatDiffer(options, before);
  const later = optionsThatDiffer(wanted, atStart ?? before).filter(
    (name) => status !== "down" && reloads[name].takes === "atStart",
  );
  if (now.length + later.length === 0) return;
  const next = sameOptions(wanted, options) ? null : wanted;
  const follows: (() => void)[] = [];
  if (now.length > 0) noteFollowed(world, before);
  forReplicas(world, server, (machine) => {
    machine.atStart = next;
    if (now.length > 0) follows.push(follow(world, machine, options, onlookers));
  });
  const told = { options: pickOptions(options, now), later: pickOptions(wanted, later) };
  onlookers.tell?.({ kind: "optionsFollowed", server, ...told, started: false });
  for (const act of follows) act();
}

/** From now on. What it then does comes once that is told. */
function follow(world: World, machine: Machine, options: RaftOptions, onlookers: Onlookers): () => void {
  const { raft, options: before, status } = machine;
  const { tell, rules, watch } = onlookers;
  machine.options = options;
  if (status === "down") return () => {};
  const silent = tell && silencesOf(raft, { options: before, rules });
  return () => {
    const { timerSince } = raft;
    takeOptions(raft, before, options, localTime(machine.clock, world.now));
    if (raft.timerSince !== timerSince) machine.timerSequence = world.sequence++;
    if (silent !== null) fallSilent(world, machine, silent, onlookers);
    watch?.(world, machine, null);
  };
}

/** What a server reads as it starts; nothing, where nobody has changed anything that waits for that. */
export function readOptions(world: World, machine: Machine, { tell }: Onlookers): void {
  const { options: before, atStart, id: server, group } = machine;
  if (atStart === null) return;
  noteFollowed(world, before);
  machine.options = atStart;
  machine.atStart = null;
  if (group > 1) return;
  const options = pickOptions(atStart, optionsThatDiffer(atStart, before));
  tell?.({ kind: "optionsFollowed", server, options, later: {}, started: true });
}

/** What some server has followed before: a promise that falls with it is not made any more (`check/excuses.ts`). */
function noteFollowed(world: World, options: RaftOptions): void {
  if (!world.followed.some((known) => sameOptions(known, options))) world.followed.push(options);
}
