import { draw, inRange } from "../base/random.ts";
import type { Micros, ServerId } from "../base/units.ts";
import { copyMoment, executeBy, type Moment, type Observer, onlookersFor, startMoment } from "../history/moment.ts";
import type { Condition } from "../scenario/condition/condition.ts";
import { leads, needsFacts, runs } from "../scenario/condition/holds.ts";
import type { Act, Action } from "../world/acts.ts";
import type { Fact } from "../world/facts.ts";
import type { Machine } from "../world/state/machine.ts";
import type { Setup } from "../world/state/setup.ts";
import { moveClock } from "../world/world.ts";
import { type Deed, type Experiment, type Outcome, type Setting, stopped, type Whom } from "./experiment.ts";
import { highestTerm, holdsIn } from "./measures/conditions.ts";
import type { Gauge, Watched } from "./measures/measure.ts";

/** What an experiment draws from a seed beside what the run itself draws. */
const waitStream = 900;

/** So much longer than it is measured a run may take until it is. */
const preparing: Micros = 10_000_000;

/** One run of an experiment: what came of it, and the run as an ordinary recording would have it. */
export interface Tried {
  readonly outcome: Outcome;
  readonly setup: Setup;
  readonly actions: readonly Action[];
}

/** The place from which all runs of a setting go on; made once. */
export interface Start {
  readonly moment: Moment;
  readonly actions: readonly Action[];
}

/** Where a setting's runs part: null if that is at their start. */
export function startOf({ recording, from }: Setting): Start | null {
  if (from === null) return null;
  const moment = startMoment(recording.setup);
  const actions = recording.actions.filter(({ at }) => at <= from);
  const onlookers = onlookersFor(moment, silent);
  while (executeBy(from, moment, actions, onlookers, silent));
  stand(moment, from);
  return { moment, actions };
}

const silent: Observer = { fact: null, stepped: null, acted: null };

/** At a time up to which everything has happened. A run that has ended stays where it is. */
function stand({ world }: Moment, at: Micros): void {
  if (world.violation === null && world.stopped === null) moveClock(world, at);
}

/** Does one run. The same experiment, setting and seed give the same outcome anywhere. */
export function tryOnce(
  { measure }: Pick<Experiment, "measure">,
  setting: Setting,
  place: number,
  seed: number,
  start: Start | null,
): Tried {
  const { deeds, giveUp } = setting;
  const trial = new Trial(setting, seed, start, measure.conditions);
  const deadline = trial.world.now + giveUp + preparing;
  for (const [at, deed] of deeds.entries()) {
    if (trial.does(deed, at, seed, deadline)) continue;
    return trial.ended(place, seed, { begun: trial.world.now, terms: highestTerm(trial), value: null });
  }
  trial.begun = trial.world.now;
  const terms = highestTerm(trial);
  const gauge = measure.begin(trial);
  trial.gauge = gauge;
  const over = trial.goOn(trial.begun + giveUp, gauge.over);
  return trial.ended(place, seed, { begun: trial.begun, terms, value: gauge.value(over) });
}

const directed = (act: Act, server: ServerId): Act =>
  ("servers" in act ? { ...act, servers: [server] } : { ...act, server }) as Act;

class Trial implements Watched {
  begun: Micros = 0;
  gauge: Gauge | null = null;
  readonly facts: Fact[] = [];
  private readonly moment: Moment;
  private readonly actions: Action[];
  private readonly setup: Setup;
  private readonly observer: Observer;
  private readonly onlookers: ReturnType<typeof onlookersFor>;

  constructor(
    { recording: { setup, actions }, deeds }: Setting,
    seed: number,
    start: Start | null,
    conditions: readonly Condition[],
  ) {
    this.setup = start === null ? { ...setup, seed } : setup;
    this.moment = start === null ? startMoment(this.setup) : copyMoment(start.moment);
    this.actions = (start ?? { actions }).actions.slice();
    const judged = [...conditions, ...deeds.flatMap(({ once }) => (once === null ? [] : [once.condition]))];
    this.observer = {
      fact: judged.some(needsFacts) ? (fact) => this.facts.push(fact) : null,
      stepped: (_, machine) => this.gauge?.stepped?.(machine),
      acted: null,
    };
    this.onlookers = onlookersFor(this.moment, this.observer);
    if (start !== null) this.act({ do: "reseed", seed });
  }

  get world() {
    return this.moment.world;
  }

  /** To the first event at or after this place at which it holds; false, and at that time, if it never does. */
  goOn(until: Micros, holds: () => boolean): boolean {
    while (!holds()) {
      this.facts.length = 0;
      if (executeBy(until, this.moment, this.actions, this.onlookers, this.observer)) continue;
      stand(this.moment, until);
      return false;
    }
    return true;
  }

  /** Now, as if somebody had done it by hand. */
  private act(act: Act): void {
    const { world, cursor } = this.moment;
    const action = { at: world.now, order: world.eventsAtNow, act };
    this.actions.splice(cursor, 0, action);
    executeBy(world.now, this.moment, this.actions, this.onlookers, this.observer);
  }

  /** False: it could not be done in time. */
  does({ once, wait: [least, most], act, whom }: Deed, place: number, seed: number, deadline: Micros): boolean {
    if (once !== null && !this.goOn(deadline, () => holdsIn(once.condition, this))) return false;
    const wait = inRange(draw(seed, waitStream, place), least, most);
    this.goOn(this.world.now + wait, () => false);
    if (!this.goOn(deadline, () => this.isThere(whom))) return false;
    if (act !== null) this.act(whom === null ? act : directed(act, this.serverOf(whom)!));
    return true;
  }

  private isThere = (whom: Whom | null): boolean => whom === null || this.serverOf(whom) !== null;

  private serverOf(whom: Whom): ServerId | null {
    const running = this.world.machines.filter((machine) => machine?.group === 1 && runs(machine));
    const leader = running.filter(leads).toSorted((a, b) => b.raft.term - a.raft.term)[0];
    if (whom === "leader") return leader?.id ?? null;
    return leader === undefined ? null : (running.find((machine: Machine) => machine !== leader)?.id ?? null);
  }

  ended(setting: number, seed: number, was: { begun: Micros; terms: number; value: number | null }): Tried {
    const { world, actions, setup } = this;
    const broke = world.violation?.property ?? (world.stopped === null ? null : `${stopped}${world.stopped}`);
    const { begun, terms, value } = was;
    const outcome = { setting, seed, value, at: world.now, begun, terms: highestTerm(this) - terms, broke };
    return { outcome, setup, actions: actions.slice(0, this.moment.cursor) };
  }
}
