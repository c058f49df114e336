import { type Micros, microsPerMilli as ms, type ServerId } from "../../base/units.ts";
import { type Configuration, isMember } from "../../raft/configuration.ts";
import { majorityOf } from "../../raft/quorum.ts";
import { hashWorld } from "../../world/hash.ts";
import { type NemesisSet, nemesesOf } from "../../world/nemeses.ts";
import { operationsOf } from "../../world/operations.ts";
import type { Act, Action, DirectedLink, Machine, Setup, World } from "../../world/types.ts";
import { linearizable } from "../linearizability/linearizable.ts";
import { type Ears, Runner } from "../runner.ts";
import { dice, operatedAct, randomAct, wildAct } from "./acts.ts";
import { converged, isProtected, leaderOf, machinesOf, mayBeDisturbed, nobodyCanWin } from "./convergence.ts";

/** Faults of every kind for so long; then a core is mended, then all. */
const chaosSpan: Micros = 8000 * ms;
/** Convergence within so many of the longest election timeouts. */
const electionsWithin = 40;

export interface Outcome {
  readonly setup: Setup;
  readonly seed: number;
  /** What is wrong, null if it ended well. `property`: what broke, "Liveness" where no agreement came about. */
  readonly problem: { readonly property: string; readonly detail: string } | null;
  /** Everything that was done; and of that the faults, which are what may be left out. */
  readonly actions: readonly Action[];
  readonly faults: readonly Action[];
  readonly end: Micros;
  readonly hash: string;
  readonly elections: number;
  readonly commits: number;
  /** How the run went on with a core only: false where there was none to be had. */
  readonly hadCore: boolean;
}

type Roll = (max: number) => number;

/**
 * Runs one schedule. Safety first, under chaos, every property watched; then a random core is mended while everything
 * else stays broken, and must get on; then all is mended, and all must agree. `faults`: these instead of new ones.
 */
export function runSchedule(
  setup: Setup,
  seed: number,
  faults: readonly Action[] | null = null,
  ears: Ears = {},
  nemesis: NemesisSet | null = null,
): Outcome {
  const runner = Runner.start(setup, ears);
  if (faults === null) trouble(runner, seed, nemesis);
  else runner.replay(faults);
  runner.runTo(chaosSpan);
  const done = runner.actions.slice();
  const { world } = runner;
  if (world.nemeses.length > 0) runner.act({ do: "repair" });
  const core = world.setup.servers.length > 2 && !runner.over ? mendCore(runner, dice(seed + 0xc0e)) : null;
  const stuck = core === null ? null : getOn(runner, seed, core);
  if (!runner.over && stuck === null) mend(runner);
  const problem = runner.over || stuck !== null ? stuck : getOn(runner, seed, null);
  return {
    setup,
    seed,
    problem: brokenIn(world) ?? problem ?? disorderIn(world),
    actions: runner.actions,
    faults: done,
    end: world.now,
    hash: hashWorld(world),
    elections: Math.max(...machinesOf(world).map(({ raft }) => raft.term)),
    commits: Math.max(...machinesOf(world).map(({ raft }) => raft.commitIndex)),
    hadCore: core !== null,
  };
}

/**
 * Two dangers that are known, see rule `readAlone`: etcd's removed leader that stays, and takes the last voter for itself;
 * and its lone voter that lost, in a crash, the newest commit index, which an asynchronous disk had not yet stored.
 */
export function answersBlindly({ machines }: World, server: ServerId): boolean {
  const { options, raft } = machines[server]!;
  const { voters } = raft.configuration;
  if (raft.role !== "leader" || voters.length !== 1) return false;
  return voters[0] === server ? options.persistCommit && options.asyncDisk : options.removedLeader === "stays";
}

/** The same recording, in a new world: the hash of the state that it ends in. */
export function hashAgain({ setup, actions, end }: Outcome): string {
  const runner = Runner.start(setup);
  runner.replay(actions);
  runner.runTo(end);
  return hashWorld(runner.world);
}

function brokenIn(world: World): Outcome["problem"] {
  const { violation, stopped } = world;
  if (violation?.property === "Linearizability" && answersBlindly(world, violation.server)) return null;
  if (violation !== null) return { property: violation.property, detail: violation.detail };
  return stopped === null ? null : { property: "Limits", detail: stopped };
}

/** Where nothing is executed twice, and no lease is trusted, what the clients saw must have an order. */
function disorderIn(world: World): Outcome["problem"] {
  const { setup } = world;
  if (
    !setup.clients.sessions ||
    setup.raft.reads === "lease" ||
    world.machines.some((each) => each && answersBlindly(world, each.id))
  )
    return null;
  const { verdict, keys } = linearizable(operationsOf(world));
  if (verdict === "ok") return null;
  const key = keys.find((each) => each.verdict === verdict)?.key ?? "";
  return { property: "Linearizability", detail: `the history of ${key} is ${verdict}` };
}

/** Faults done one by one, or those that come by themselves while clients and operators go on. */
function trouble(runner: Runner, seed: number, nemesis: NemesisSet | null): void {
  const { sessions } = runner.world.setup.clients;
  if (sessions) runner.act({ do: "load", perSecond: 8, clients: 3, mode: "open", reads: 50, keys: 3 });
  for (const act of nemesis === null ? [] : nemesesOf(nemesis)) runner.act(act);
  stir(runner, dice(seed), nemesis !== null ? operatedAct : seed % 3 === 0 ? randomAct : wildAct);
}

/** Faults of every kind, one every 60 ms or so. */
function stir(runner: Runner, roll: Roll, nextAct: typeof randomAct): void {
  while (runner.world.now < chaosSpan && !runner.over) {
    runner.act(nextAct(runner.world, roll));
    runner.runTo(Math.min(chaosSpan, runner.world.now + 1 + roll(120 * ms)));
  }
}

const calmLink = { latencyMin: 10 * ms, latencyMax: 10 * ms, loss: 0, duplicate: 0, bandwidth: null };
const calmDisk = { writeMin: 1 * ms, writeMax: 1 * ms };

const wake = ({ id, status }: Machine): Act[] =>
  status === "up" ? [] : [{ do: status === "down" ? "restart" : "resume", server: id }];

function mend(runner: Runner): void {
  const acts: Act[] = [
    { do: "heal" },
    { do: "load", perSecond: 0 },
    { do: "network", mode: "automatic", link: calmLink },
    { do: "disk", disk: calmDisk },
    ...machinesOf(runner.world).flatMap(wake),
  ];
  for (const act of acts) runner.act(act);
}

// ---- a core -------------------------------------------------------------------------------------------------

/** Mends a random majority of every configuration that there is, and breaks everything else for good. Null: there is none but all. */
function mendCore(runner: Runner, roll: Roll): readonly ServerId[] | null {
  const { world } = runner;
  const core = chooseCore(world, roll);
  if (core === null) return null;
  const within = links(core, core);
  runner.act({ do: "load", perSecond: 0 });
  runner.act({ do: "mend", links: within });
  runner.act({ do: "network", mode: "automatic", link: calmLink, links: within });
  for (const id of core) {
    runner.act({ do: "disk", disk: calmDisk, server: id });
    for (const act of wake(world.machines[id]!)) runner.act(act);
  }
  for (const { id } of machinesOf(world))
    if (!core.includes(id)) for (const act of breakage(world, id, core, roll)) runner.act(act);
  return core;
}

const links = (from: readonly ServerId[], to: readonly ServerId[]): DirectedLink[] =>
  from.flatMap((a) => to.flatMap((b): DirectedLink[] => (a === b ? [] : [[a, b]])));

/** Down, cut off, mute, or deaf where the others are protected from such a server. */
function breakage(world: World, id: ServerId, core: readonly ServerId[], roll: Roll): Act[] {
  const [hears, speaks] = [links(core, [id]), links([id], core)];
  const cut = (those: readonly DirectedLink[]): Act[] => [{ do: "cut", links: those }];
  // A deaf leader goes on for ever where nobody counts whom it hears.
  switch (roll(isProtected(world) && world.setup.raft.checkQuorum ? 4 : 3)) {
    case 0:
      return [{ do: "crash", server: id }];
    case 1:
      return cut([...hears, ...speaks]);
    case 2:
      return [{ do: "mend", links: hears }, ...cut(speaks)];
    default:
      return [...cut(hears), { do: "mend", links: speaks }];
  }
}

function chooseCore(world: World, roll: Roll): readonly ServerId[] | null {
  const all = machinesOf(world);
  const rest = all.map(({ id }) => id);
  const core: ServerId[] = [];
  while (!all.every(({ raft }) => isQuorum(raft.configuration, core))) {
    if (rest.length === 0) return null;
    core.push(...rest.splice(roll(rest.length), 1));
  }
  return rest.length === 0 ? null : core;
}

function isQuorum({ voters, outgoing }: Configuration, core: readonly ServerId[]): boolean {
  const majority = (half: readonly ServerId[]): boolean =>
    half.length === 0 || half.filter((id) => core.includes(id)).length >= majorityOf(half.length);
  return majority(voters) && majority(outgoing);
}

// ---- getting on ---------------------------------------------------------------------------------------------

/** What an operator does in the end: a leader that was removed and stays takes no commands, so it is switched off. */
function retire(runner: Runner): void {
  for (const { id, status, raft } of machinesOf(runner.world)) {
    const removed = raft.role === "leader" && raft.configurationIndex <= raft.commitIndex;
    if (status === "up" && removed && !isMember(raft.configuration, id)) runner.act({ do: "crash", server: id });
  }
}

/** A new command must be committed, and those in `core` (null: all) must agree. What is wrong, null if they do in time. */
function getOn(runner: Runner, seed: number, core: readonly ServerId[] | null): Outcome["problem"] {
  const { world } = runner;
  const within = electionsWithin * world.setup.raft.electionTimeoutMax;
  const deadline = world.now + within;
  const value = `${core === null ? "all" : "core"} ${seed}`;
  while (world.now < deadline && !runner.over) {
    retire(runner);
    const leader = leaderOf(world, core);
    const stored = leader?.store.data.get("proof") === value;
    if (stored && converged(world, core)) return null;
    const asking = world.clients.open.some(({ operation }) => "value" in operation && operation.value === value);
    if (!stored && !asking)
      runner.act({
        do: "request",
        operation: { op: "put", key: "proof", value },
        server: leader?.id ?? core?.[0] ?? 1,
      });
    runner.runTo(world.now + 100 * ms);
  }
  if (runner.over || mayBeDisturbed(world) || nobodyCanWin(world, core)) return null;
  return {
    property: "Liveness",
    detail: `no agreement ${within / ms} ms after ${core === null ? "all" : "a core"} was mended`,
  };
}
