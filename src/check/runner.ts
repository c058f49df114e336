import type { Micros } from "../base/units.ts";
import { rulesWith } from "../raft/rules/broken.ts";
import type { Rules } from "../raft/rules/index.ts";
import { applyAct, whyNot } from "../world/act.ts";
import type { Act, Action } from "../world/acts.ts";
import type { Tell } from "../world/facts.ts";
import type { FaultAct } from "../world/faults/index.ts";
import type { Onlookers } from "../world/machine.ts";
import type { Setup } from "../world/state/setup.ts";
import type { World } from "../world/types.ts";
import { copyWorld, createWorld, executeFound, moveClock, nextEventAt } from "../world/world.ts";
import { auditBy } from "./audit.ts";
import { copyGhost, type Ghost, newGhosts } from "./ghost.ts";
import { giveUp } from "./give-up.ts";
import { check, checkSending, watchesOf } from "./watch.ts";

/** Who hears what happens, and the rules that are asked, where somebody counts how often. */
export interface Ears {
  readonly tell?: Tell;
  readonly rules?: Rules;
  /** Sees a server just before and just after each of its steps, and what it wants done, see `Onlookers`. */
  readonly begins?: Onlookers["begins"];
  readonly stepped?: Onlookers["watch"];
  readonly sends?: Onlookers["sends"];
  readonly takes?: Onlookers["takes"];
  readonly finishes?: Onlookers["finishes"];
  /** Hears what nemeses do. */
  readonly struck?: (act: FaultAct) => void;
}

const heard = [
  "tell",
  "begins",
  "stepped",
  "sends",
  "takes",
  "finishes",
  "struck",
] as const satisfies readonly (keyof Ears)[];

/** Both hear and see everything, the first one first. What neither wants to hear is not told. */
export function bothEars(one: Ears, other: Ears): Ears {
  const hearing = heard.flatMap((name) => {
    const [first, second] = [one[name], other[name]] as readonly (((...what: unknown[]) => void) | null | undefined)[];
    const both = (...what: unknown[]): void => {
      first?.(...what);
      second?.(...what);
    };
    return first || second ? [[name, first && second ? both : (first ?? second)] as const] : [];
  });
  const rules = one.rules ?? other.rules;
  return { ...Object.fromEntries(hearing), ...(rules === undefined ? {} : { rules }) };
}

/**
 * A run that is made up as it goes, every step checked. What is done to the world is kept as a recording would have
 * it, so that a history replays exactly this; nothing else is kept, so that many thousands can be run.
 */
export class Runner {
  /** What was done since the start, or since this runner was forked. */
  readonly actions: Action[] = [];
  private readonly onlookers: Onlookers;

  private constructor(
    readonly world: World,
    readonly ghosts: readonly Ghost[],
    { tell = null, rules = rulesWith(world.setup.bugs), struck, begins, stepped, sends, takes, finishes }: Ears,
  ) {
    const watches = watchesOf(world, ghosts);
    this.onlookers = {
      tell,
      rules,
      ...(struck === undefined ? {} : { struck }),
      ...(begins === undefined ? {} : { begins }),
      ...(takes === undefined ? {} : { takes }),
      ...(finishes === undefined ? {} : { finishes }),
      audit: auditBy(
        (group) => ghosts[group]!,
        () => {},
      ),
      watch(_, machine, input) {
        stepped?.(world, machine, input);
        world.violation ??= check(watches[machine.group]!, machine, input);
      },
      sends(_, machine, message) {
        sends?.(world, machine, message);
        world.violation ??= checkSending(watches[machine.group]!, machine, message);
      },
    };
  }

  static start(setup: Setup, ears: Ears = {}): Runner {
    const runner = new Runner(createWorld(setup), newGhosts(setup.groups), ears);
    for (const machine of runner.world.machines)
      if (machine !== undefined) runner.onlookers.watch?.(runner.world, machine, null);
    return runner;
  }

  fork(): Runner {
    return new Runner(copyWorld(this.world), this.ghosts.map(copyGhost), {});
  }

  /** A property broke, or a limit was reached. */
  get over(): boolean {
    return this.world.violation !== null || this.world.stopped !== null;
  }

  /** Everything up to that time; then the clock stands there. */
  runTo(time: Micros): void {
    const { world, onlookers } = this;
    const happen = (): void => executeFound(world, onlookers);
    while (nextEventAt(world) <= time) this.attempt(happen);
    if (!this.over) moveClock(world, time);
  }

  private attempt(happen: () => void): void {
    try {
      happen();
    } catch (error) {
      giveUp(this.world, error);
    }
  }

  /** Does something now. False if it was impossible: then it is not kept, as if nobody had tried. */
  act(act: Act): boolean {
    const { world } = this;
    if (this.over) return false;
    const pending = nextEventAt(world) === world.now;
    const action: Action = pending ? { at: world.now, order: world.eventsAtNow, act } : { at: world.now, act };
    if (whyNot(world, act) !== null) return false;
    this.attempt(() => applyAct(world, act, this.onlookers));
    this.actions.push(action);
    return true;
  }

  /** Does what a recording says, as its history would. Acts that are impossible when their time comes are left out. */
  replay(actions: readonly Action[]): void {
    const { world, onlookers } = this;
    const happen = (): void => executeFound(world, onlookers);
    for (const { at, order, act } of actions) {
      const isBefore = (): boolean => {
        const next = nextEventAt(world);
        const done = world.now === at ? world.eventsAtNow : 0;
        return next < at || (next === at && (order === undefined || done < order));
      };
      while (isBefore()) this.attempt(happen);
      if (this.over) return;
      moveClock(world, at);
      this.act(act);
    }
  }
}
