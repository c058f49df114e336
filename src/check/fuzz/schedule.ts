import { type Micros, microsPerMilli as ms, type ServerId } from "../../base/units.ts";
import type { Act, Action, NemesisAct } from "../../world/acts.ts";
import type { Roll } from "../../world/faults/fault.ts";
import type { FaultName } from "../../world/faults/index.ts";
import { hashWorld } from "../../world/hash.ts";
import { type NemesisSet, nemesesOf, nemesisSets } from "../../world/nemeses.ts";
import { operationsOf } from "../../world/operations.ts";
import type { Setup } from "../../world/state/setup.ts";
import type { World } from "../../world/types.ts";
import { linearizable } from "../linearizability/linearizable.ts";
import { type Ears, Runner } from "../runner.ts";
import { actOf, dice, swarmMix } from "./acts.ts";
import { type Agreement, getOn } from "./agreement.ts";
import { machinesOf } from "./convergence.ts";
import { mendAll, mendCore } from "./core.ts";
import { optionsAct } from "./options.ts";

/** Steps of the search for an order of the clients' operations: what needs more is undecided. */
const historyBudget = 300_000;

/** What a schedule does, beside what its seed says. */
export interface Given {
  /** Faults come by themselves, and only so: those of this set. */
  readonly nemesis?: NemesisSet | undefined;
  /** Nothing that Figure 2 knows nothing of: no orders of operators, no reads beside the log. */
  readonly plain?: boolean;
  /** Options stay as they are, whatever its seed says. */
  readonly steady?: boolean;
  /** These acts instead of new ones. */
  readonly acts?: readonly Action[];
  readonly ears?: Ears;
}

/** Why a schedule that did not go as it should proves nothing: the rules that it runs by leave a danger open. */
export type Excuse = "blind answer" | Extract<Agreement, { is: "excused" }>["why"];

export interface Outcome {
  readonly setup: Setup;
  readonly seed: number;
  /** What is wrong, null if it ended well. `property`: what broke, "Liveness" where no agreement came about. */
  readonly problem: { readonly property: string; readonly detail: string } | null;
  readonly excuses: readonly Excuse[];
  /** Everything that was done; and of that what came before anything was mended, which is what may be left out. */
  readonly actions: readonly Action[];
  readonly troubles: readonly Action[];
  /** What nemeses did. */
  readonly struck: readonly FaultName[];
  readonly end: Micros;
  readonly hash: string;
  readonly elections: number;
  readonly commits: number;
  readonly operations: number;
  /** The clients' history could not be decided within the budget. */
  readonly undecided: boolean;
  /** How the run went on with a core only: false where there was none to be had. */
  readonly hadCore: boolean;
}

/**
 * Runs one schedule. Safety first, under chaos, every property watched; then a random core is mended while everything
 * else stays broken, and must get on; then all is mended, and all must agree; and what clients saw must have an order.
 */
export function runSchedule(
  setup: Setup,
  seed: number,
  { nemesis, plain = false, steady = false, acts, ears = {} }: Given = {},
): Outcome {
  const struck: FaultName[] = [];
  const runner = Runner.start(setup, { ...ears, struck: (act) => struck.push(act.do) });
  const { world } = runner;
  const plan = planOf(dice(seed + 0x9a5), nemesis, plain);
  // Of a stream of its own, so that schedules without such acts are what they were.
  const operator = dice(seed + 0x0b7);
  const reloads =
    nemesis === undefined && !plain && !steady && setup.bugs.length === 0 && operator(4) === 0 ? operator : null;
  if (acts === undefined) trouble(runner, plan, dice(seed), reloads);
  else runner.replay(acts);
  runner.runTo(plan.span);
  const troubles = runner.actions.slice();
  const core = setup.servers.length > 2 && !runner.over ? mendCore(runner, dice(seed + 0xc0e)) : null;
  const [problem, excuses] = judged(runner, core);
  const disorder = runner.over || problem !== null ? null : disorderIn(world);
  return {
    setup,
    seed,
    problem: problem ?? (disorder === "unknown" ? null : disorder),
    excuses,
    actions: runner.actions,
    troubles,
    struck,
    end: world.now,
    hash: hashWorld(world),
    elections: Math.max(...machinesOf(world).map(({ raft }) => raft.term)),
    commits: Math.max(...machinesOf(world).map(({ raft }) => raft.commitIndex)),
    operations: world.clients.operations.list.length,
    undecided: disorder === "unknown",
    hadCore: core !== null,
  };
}

/** The same recording, in a new world: the hash of the state that it ends in. */
export function hashAgain({ setup, actions, end }: Outcome): string {
  const runner = Runner.start(setup);
  runner.replay(actions);
  runner.runTo(end);
  return hashWorld(runner.world);
}

// ---- trouble ------------------------------------------------------------------------------------------------

/** What is drawn for a whole schedule, so that schedules differ from each other more than from themselves. */
interface Plan {
  readonly span: Micros;
  /** The longest time between two acts. */
  readonly pace: Micros;
  readonly load: Act;
  readonly nemeses: readonly NemesisAct[];
  readonly mix: ReturnType<typeof swarmMix>;
}

function planOf(roll: Roll, nemesis: NemesisSet | undefined, plain: boolean): Plan {
  const among = <Value>(...values: readonly Value[]): Value => values[roll(values.length)]!;
  const perSecond = among(5, 10, 20, 40);
  const load = {
    perSecond,
    clients: 1 + roll(4),
    mode: among<"open" | "closed">("open", "closed"),
    reads: among(20, 50, 80),
    // Where very many are under way on one key, nobody can say in which order they were.
    keys: Math.ceil(perSecond / 10) + roll(3),
  };
  return {
    span: (2500 + roll(3000)) * ms,
    pace: among(60, 120, 240) * ms,
    load: { do: "load", ...load },
    nemeses: nemesis !== undefined ? nemesesOf(nemesis) : roll(3) === 0 ? someNemeses(roll) : [],
    mix: swarmMix(roll, nemesis !== undefined, plain),
  };
}

/** Up to four of those that stay within the faults under which Raft promises safety. */
function someNemeses(roll: Roll): NemesisAct[] {
  const all = nemesisSets.filter((set) => set !== "beyond").flatMap(nemesesOf);
  return Array.from({ length: 1 + roll(4) }, (_, i) => ({ ...all[roll(all.length)]!, id: i + 1 }));
}

/** `reloads`: what an operator changes of servers' options is drawn from it; null: nothing. */
function trouble(runner: Runner, { span, pace, load, nemeses, mix }: Plan, roll: Roll, reloads: Roll | null): void {
  const { world } = runner;
  for (const act of [load, ...nemeses]) runner.act(act);
  while (world.now < span && !runner.over) {
    runner.act(actOf(mix, world, roll));
    if (reloads !== null && reloads(4) === 0 && !runner.over) runner.act(optionsAct(world, reloads));
    runner.runTo(Math.min(span, world.now + 1 + roll(pace)));
  }
}

// ---- what came of it ----------------------------------------------------------------------------------------

function judged(runner: Runner, core: readonly ServerId[] | null): [Outcome["problem"], Excuse[]] {
  const { world } = runner;
  const excuses: Excuse[] = [];
  for (const whom of core === null ? [null] : [core, null]) {
    if (whom === null && !runner.over) mendAll(runner);
    const came = runner.over ? null : getOn(runner, whom);
    if (runner.over || came === null) break;
    if (came.is === "excused") excuses.push(came.why);
    if (came.is !== "late") continue;
    const detail = `no agreement ${came.within / ms} ms after ${whom === null ? "all" : "a core"} was mended`;
    return [{ property: "Liveness", detail }, excuses];
  }
  const { violation, stopped } = world;
  if (violation === null) return [stopped === null ? null : { property: "Limits", detail: stopped }, excuses];
  if (violation.property === "Linearizability" && wasAnsweredBlindly(runner))
    return [null, [...excuses, "blind answer"]];
  return [{ property: violation.property, detail: violation.detail }, excuses];
}

/**
 * Two dangers that are known, see rule `readAlone`: etcd's removed leader that stays, and takes the last voter for itself;
 * and its lone voter that lost, in a crash, the newest commit index, and which nothing holds up before it knows that index
 * again: its disk overlaps, or it begins its term without an entry of its own.
 */
export function answersBlindly({ machines, followed }: World, server: ServerId): boolean {
  const { options, raft } = machines[server]!;
  const { voters } = raft.configuration;
  if (raft.role !== "leader" || voters.length !== 1) return false;
  const isFree = [options, ...followed].some(({ asyncDisk, noOpOnElection }) => asyncDisk || !noOpOnElection);
  return voters[0] === server ? options.persistCommit && isFree : options.removedLeader === "stays";
}

/**
 * The request that ended last, in the same acts once more: what matters is who answered it when it was answered, and until
 * the client hears that, who leads may have learnt that it does not any more.
 */
function wasAnsweredBlindly({ world, actions }: Runner): boolean {
  const blind = new Set<string>();
  const again = Runner.start(world.setup, {
    tell(happening) {
      if (happening.kind !== "decided" || happening.decision.kind !== "readConfirmed") return;
      const { by, server, context } = happening.decision;
      if (by !== "round" && answersBlindly(again.world, server)) blind.add(context);
    },
  });
  again.replay(actions);
  again.runTo(world.now);
  return blind.has(String(world.clients.ended.at(-1)?.number));
}

/** What clients saw must have an order, but for reads that promise none: of a lease while clocks go wrong, and of anybody. */
function disorderIn(world: World): Outcome["problem"] | "unknown" {
  const promised = operationsOf(world).filter(({ read }) => read !== "stale" && read !== "lease");
  const { verdict, keys } = linearizable(promised, historyBudget);
  if (verdict !== "illegal") return verdict === "unknown" ? verdict : null;
  const key = keys.find((each) => each.verdict === verdict)?.key ?? "";
  return { property: "Linearizability", detail: `nothing explains what clients saw of ${key}` };
}
