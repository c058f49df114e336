import type { Micros } from "../base/units.ts";
import { whyNot } from "../world/act.ts";
import type { Act, Action } from "../world/acts.ts";
import type { Fact } from "../world/facts.ts";
import { hashWorld } from "../world/hash.ts";
import type { Setup } from "../world/state/setup.ts";
import type { World } from "../world/types.ts";
import { moveClock, nextEventAt } from "../world/world.ts";
import {
  emptyIndex,
  indexAction,
  indexStep,
  indexUpTo,
  indexViolation,
  type Mark,
  type MarkKind,
  type RunIndex,
  thinIndex,
} from "./marks.ts";
import {
  copyMoment,
  executeBy,
  executeOne,
  lastCheckpoint,
  type Moment,
  nextAt,
  type Observer,
  onlookersFor,
  startMoment,
  unobserved,
  weightOf,
} from "./moment.ts";
import { removeBranch } from "./removing.ts";
import { eventsAPart, finish, type Work } from "./work.ts";

/** A place in a run: after `event` events and actions; `at` may lie after the last of them. */
export interface Place {
  readonly at: Micros;
  readonly event: number;
}

/** One line of events: the actions that make it, and what has been found out about it so far. */
export interface Branch {
  id: number;
  /** The branch that it left, -1 for the first, and where. */
  parent: number;
  from: Place;
  actions: Action[];
  /** How far it has been run. */
  end: Place;
  /** How far it is known to reach: a saved run may not have been run again yet. >= end.at. */
  reach: Micros;
  /** "" until somebody names it. */
  label: string;
  readonly index: RunIndex;
  /** Ascending; the first is the start. */
  checkpoints: Moment[];
  /** Events between checkpoints; doubles when there are too many, or they are too heavy. */
  spacing: number;
  /** Of all checkpoints that it has made, in bytes, roughly. */
  weight: number;
}

/** A branch that comes from a file. */
export interface BranchRecord {
  readonly label: string;
  /** Id of the branch that it left, and when. */
  readonly parent: number;
  readonly from: Micros;
  /** From the start of the run on. */
  readonly actions: readonly Action[];
  readonly end: Micros;
}

const checkpointSpacing = 1024;
const checkpointsMost = 1024;
const weightMost = 120_000_000;
/** Facts that are kept besides those that were asked for. */
const factsCached = 40_000;

/**
 * A recording and every moment of it. Holds one moment; `seek` restores the nearest checkpoint and executes again
 * from there. Acting in the past starts a branch; the old future stays.
 */
export class History {
  readonly setup: Setup;
  readonly branches: Branch[] = [];
  private branch: Branch;
  private moment: Moment;
  private cache: {
    readonly branch: number;
    readonly from: number;
    readonly to: number;
    readonly facts: readonly Fact[];
  } | null = null;

  /** `reach`: how far the recording goes, in microseconds. `checked`: false to see what the checks cost. */
  constructor(setup: Setup, actions: readonly Action[] = [], reach: Micros = 0, checked = true) {
    this.setup = setup;
    this.moment = startMoment(setup, checked);
    const checkpoints = [copyMoment(this.moment)];
    this.branch = newBranch({
      id: 0,
      parent: -1,
      from: { at: 0, event: 0 },
      actions: [...actions],
      reach,
      checkpoints,
    });
    this.branches.push(this.branch);
  }

  get world(): World {
    return this.moment.world;
  }
  /** ghosts[group]: what the checker remembers. */
  get ghosts(): Moment["ghosts"] {
    return this.moment.ghosts;
  }
  get current(): Branch {
    return this.branch;
  }
  get place(): Place {
    return placeOf(this.moment);
  }
  /** How many of the branch's actions have taken effect. */
  get cursor(): number {
    return this.moment.cursor;
  }
  /** How many events and acts of the present instant have happened, where more are to come in it; undefined after all. */
  get order(): number | undefined {
    const { world } = this.moment;
    return this.nextAt() === world.now ? world.eventsAtNow : undefined;
  }
  hash(): string {
    return hashWorld(this.moment.world);
  }

  /** When something next happens on this branch, Infinity if never. */
  nextAt(): number {
    return nextAt(this.moment, this.branch.actions);
  }

  // ---- forward ----

  /**
   * Runs forward to time `to`, at most `events` events, and lets the rest of the time pass. True when it got there
   * (or the world has stopped), false when the budget ended first.
   */
  advance(to: Micros, events = Number.POSITIVE_INFINITY): boolean {
    const { moment, branch } = this;
    const last = moment.world.events + events;
    const observer = indexing(branch);
    const onlookers = onlookersFor(moment, observer);
    let arrived = true;
    while (arrived && this.executeBy(to, onlookers, observer))
      arrived = moment.world.events < last || nextAt(moment, branch.actions) > to;
    if (arrived && !this.halted()) moveClock(moment.world, to);
    this.extendEnd();
    return arrived;
  }

  /** Executes the next event or action. False if there is none. */
  stepForward(): boolean {
    if (this.nextAt() === Number.POSITIVE_INFINITY) return false;
    this.executeNow();
    return true;
  }

  /** The next event or action, of which there is one. */
  private executeNow(): void {
    const observer = indexing(this.branch);
    this.executeBy(Number.POSITIVE_INFINITY, onlookersFor(this.moment, observer), observer);
    this.extendEnd();
  }

  /** The next event or action, if it comes at `to` or before. Who calls it extends the branch's end when it is done. */
  private executeBy(to: number, onlookers: ReturnType<typeof onlookersFor>, observer: Observer): boolean {
    const { moment, branch } = this;
    const { world } = moment;
    const exploring = world.events >= branch.end.event;
    if (!executeBy(to, moment, branch.actions, onlookers, exploring ? observer : unobserved)) return false;
    if (exploring) this.note();
    return true;
  }

  /** What was found out by going where nobody has been. */
  private note(): void {
    const { moment, branch } = this;
    if (moment.world.violation !== null) indexViolation(branch.index, moment);
    const { checkpoints, spacing } = branch;
    if (moment.world.events - checkpoints[checkpoints.length - 1]!.world.events < spacing) return;
    this.keepCheckpoint();
    thinIndex(branch.index);
  }

  private halted(): boolean {
    return this.world.violation !== null || this.world.stopped !== null;
  }

  private extendEnd(): void {
    const { at, event } = this.place;
    const { branch } = this;
    if (event > branch.end.event || at > branch.end.at) {
      branch.end = { at: Math.max(at, branch.end.at), event: Math.max(event, branch.end.event) };
      branch.reach = Math.max(branch.reach, branch.end.at);
    }
  }

  private keepCheckpoint(): void {
    const { branch } = this;
    branch.checkpoints.push(copyMoment(this.moment));
    branch.weight += weightOf(this.moment);
    if (branch.checkpoints.length <= checkpointsMost && branch.weight <= weightMost) return;
    branch.checkpoints = branch.checkpoints.filter((_, i) => i % 2 === 0);
    branch.weight = branch.checkpoints.reduce((sum, moment) => sum + weightOf(moment), 0);
    branch.spacing *= 2;
  }

  /** As `advance` without a budget, in parts. */
  *advancing(to: Micros): Work {
    const from = this.world.now;
    while (!this.advance(to, eventsAPart)) yield { done: this.world.now - from, of: to - from };
  }

  // ---- anywhere ----

  /** To time `to`, after every event of that instant. Forward of the end it runs on. */
  *seeking(to: Micros): Work {
    const before = ({ world }: Moment): boolean => world.now < to;
    if (to < this.world.now || this.couldLeap(before)) this.restore(before);
    yield* this.advancing(to);
  }
  seek(to: Micros): void {
    finish(this.seeking(to));
  }

  /** To time `to`, after exactly `order` events and acts of that instant (`Action.order`), or all if there are fewer. */
  *seekingWithin(to: Micros, order: number): Work {
    yield* this.seeking(to - 1);
    const { moment, branch } = this;
    const done = (): number => (moment.world.now === to ? moment.world.eventsAtNow : 0);
    while (nextAt(moment, branch.actions) === to && done() < order) this.stepForward();
    if (!this.halted()) moveClock(moment.world, to);
    this.extendEnd();
  }
  seekWithin(to: Micros, order: number): void {
    finish(this.seekingWithin(to, order));
  }

  /** To the place right after `event` events. */
  *visiting(event: number): Work {
    const before = ({ world }: Moment): boolean => world.events <= event;
    const passed = event < this.world.events || (event === this.world.events && !this.atEventTime());
    if (passed || this.couldLeap(before)) this.restore(before);
    const from = this.world.events;
    while (this.world.events < event && this.stepForward())
      if ((this.world.events - from) % eventsAPart === 0) yield { done: this.world.events - from, of: event - from };
  }
  visit(event: number): void {
    finish(this.visiting(event));
  }

  /** Undoes the last event or action. False at the start. */
  *steppingBack(): Work<boolean> {
    if (this.world.events === 0) {
      const moved = this.world.now > 0;
      this.restore(() => false);
      return moved;
    }
    yield* this.visiting(this.world.events - 1);
    return true;
  }
  stepBack(): boolean {
    return finish(this.steppingBack());
  }

  /** To the next or previous mark of that kind, running on beyond the end for at most `within`. False if there is none. */
  *jumping(kind: MarkKind, direction: 1 | -1, within: Micros): Work<boolean> {
    const event =
      this.findMark(kind, direction)?.event ?? (direction === 1 ? yield* this.exploring(kind, within) : null);
    if (event === null) return false;
    yield* this.visiting(event);
    return true;
  }
  jump(kind: MarkKind, direction: 1 | -1, within: Micros): boolean {
    return finish(this.jumping(kind, direction, within));
  }

  /** How to come back to this very place, as if nothing that is done from now on had been. Only to be used before anybody acts. */
  returnPoint(): () => void {
    const { branch, cache, branches } = this;
    const moment = copyMoment(this.moment);
    const { end, reach, spacing, index } = branch;
    const [count, known] = [branches.length, indexUpTo(index)];
    return () => {
      branches.length = count;
      this.branch = branch;
      this.moment = moment;
      this.cache = cache;
      Object.assign(index, known);
      const checkpoints = branch.checkpoints.filter(({ world }) => world.events <= end.event);
      Object.assign(branch, { end, reach, checkpoints, spacing: Math.max(spacing, branch.spacing) });
    };
  }

  private findMark(kind: MarkKind, direction: 1 | -1): Mark | undefined {
    const { marks, rare } = this.branch.index;
    const { event, at } = this.place;
    const among = kind === "commit" ? marks : rare;
    const behind = (mark: Mark): boolean => mark.event < event || (mark.event === event && mark.at < at);
    const fits = (mark: Mark): boolean => mark.kind === kind && (direction === 1 ? mark.event > event : behind(mark));
    return direction === 1 ? among.find(fits) : among.findLast(fits);
  }

  /** Looks ahead on a copy, so that a search that finds nothing leaves the run as it was. The event of the mark, or null. */
  private *exploring(kind: MarkKind, within: Micros): Work<number | null> {
    const { index, end, actions, checkpoints } = this.branch;
    const found: RunIndex = { ...emptyIndex(), terms: index.terms.slice(-1) };
    const ahead = copyMoment(checkpoints.at(-1)!);
    const observer = indexing({ index: found, end });
    const onlookers = onlookersFor(ahead, observer);
    const until = end.at + within;
    for (let at = nextAt(ahead, actions); at <= until; at = nextAt(ahead, actions)) {
      executeOne(ahead, actions, onlookers, ahead.world.events >= end.event ? observer : unobserved);
      indexViolation(found, ahead);
      const mark = found.marks.find((each) => each.kind === kind);
      Object.assign(found, { marks: [], rare: [] });
      if (mark !== undefined) return mark.event;
      if (ahead.world.events % eventsAPart === 0) yield { done: Math.max(0, at - end.at), of: within };
    }
    return null;
  }

  /** True if a checkpoint ahead of the present place fits. */
  private couldLeap(fits: (checkpoint: Moment) => boolean): boolean {
    return lastCheckpoint(this.branch.checkpoints, fits).world.events > this.world.events;
  }

  private restore(fits: (checkpoint: Moment) => boolean): void {
    this.moment = copyMoment(lastCheckpoint(this.branch.checkpoints, fits));
  }

  private atEventTime(): boolean {
    return this.world.eventsAtNow > 0 || this.world.now === 0;
  }

  // ---- acting and branching ----

  /**
   * Does something now and records it. In the past this starts a branch, which becomes the current one. Returns why
   * it was impossible (then nothing is recorded), or null.
   */
  act(act: Act): { readonly refused: string | null; readonly branched: boolean } {
    const stopped = this.halted() ? "the run has ended" : null;
    const refused = stopped ?? whyNot(this.world, act);
    if (refused !== null) return { refused, branched: false };
    const branched = this.inPast();
    if (branched) this.leave();
    const { world } = this.moment;
    const pending = nextEventAt(world) === world.now;
    const action: Action = pending ? { at: world.now, order: world.eventsAtNow, act } : { at: world.now, act };
    this.branch.actions.push(action);
    this.executeNow();
    return { refused: null, branched };
  }

  /** True if anything of this branch lies after the present place. */
  inPast(): boolean {
    const { event, at } = this.place;
    const { end, reach, actions } = this.branch;
    return event < end.event || at < reach || this.moment.cursor < actions.length;
  }

  private leave(actions = this.branch.actions.slice(0, this.moment.cursor), label = ""): void {
    const { branch: old, place } = this;
    const checkpoints = old.checkpoints.filter(({ world }) => world.events <= place.event && world.now <= place.at);
    const id = this.branches.length;
    const branch = newBranch({ id, parent: old.id, from: place, actions, checkpoints, label });
    branch.spacing = old.spacing;
    Object.assign(branch.index, indexUpTo(old.index, place.event));
    this.branches.push(branch);
    this.branch = branch;
  }

  /**
   * Begins a branch that reaches as far as this one and has other acts: `actions`, which are this one's before the time
   * `from`, or before `order` events and acts of that instant are over. Leaves it right there.
   */
  *rewriting(actions: readonly Action[], from: Micros, label: string, order?: number): Work {
    const { reach } = this.branch;
    if (order !== undefined) yield* this.seekingWithin(from, order);
    else if (from > 0) yield* this.seeking(from - 1);
    else this.restore(() => false);
    this.leave([...actions], label);
    this.branch.reach = Math.max(reach, actions.at(-1)?.at ?? 0);
  }

  /** Goes over to another branch, to its start: the caller seeks. */
  switchTo(id: number): void {
    const branch = this.branches[id];
    if (branch === undefined || branch === this.branch) return;
    this.branch = branch;
    this.restore(() => false);
  }

  /** Adds a branch that was saved. It is run when somebody goes there. */
  addBranch({ label, parent, from, actions, end: reach }: BranchRecord): void {
    const origin = this.branches[parent] ?? this.branches[0]!;
    const checkpoints = origin.checkpoints.slice(0, 1);
    const place = { at: from, event: 0 };
    const end = { at: 0, event: 0 };
    const known = { id: this.branches.length, parent: origin.id, from: place, actions: [...actions], checkpoints };
    this.branches.push(newBranch({ ...known, label, reach, end }));
  }

  /** Forgets a branch for good: neither the first nor the present one (`removeBranch`). */
  remove(id: number): void {
    if (id === this.branch.id) return;
    removeBranch(this.branches, id);
    this.cache = null;
  }

  // ---- why ----

  /**
   * Everything that happened in events first … last, both included, with reasons. Found by executing that stretch
   * again from the nearest checkpoint, so it costs nothing until somebody asks.
   */
  *tracing(first: number, last: number): Work<readonly Fact[]> {
    const { cache } = this;
    const known = cache !== null && cache.branch === this.branch.id && first >= cache.from && last <= cache.to;
    const { facts } = known ? cache : yield* this.trace(first, last);
    return facts.filter(({ event }) => event >= first && event <= last);
  }
  facts(first: number, last: number): readonly Fact[] {
    return finish(this.tracing(first, last));
  }

  /** A copy of the last checkpoint before that event of the present branch. */
  before(event: number): Moment {
    return copyMoment(lastCheckpoint(this.branch.checkpoints, ({ world }) => world.events < event));
  }

  private *trace(first: number, last: number): Work<NonNullable<History["cache"]>> {
    const { actions, end, id } = this.branch;
    const moment = this.before(first);
    const { world } = moment;
    const facts: Fact[] = [];
    let from = world.events + 1;
    const observer: Observer = { fact: (fact) => facts.push(fact), stepped: null, acted: null };
    const onlookers = onlookersFor(moment, observer);
    // Not beyond what has been explored: an act may still change that.
    const to = Math.min(last, end.event);
    while (world.events < to) {
      executeOne(moment, actions, onlookers, observer);
      if (world.events % eventsAPart === 0) yield { done: world.events - from, of: to - from };
      if (facts.length <= factsCached || world.events >= first) continue;
      facts.length = 0;
      from = world.events + 1;
    }
    this.cache = { branch: id, from, to, facts };
    return this.cache;
  }
}

const placeOf = ({ world }: Moment): Place => ({ at: world.now, event: world.events });

/** Fills the index, but only where nobody has been before; of steps only what the checker's memory shows. */
function indexing(branch: Pick<Branch, "index" | "end">): Observer {
  return {
    fact: null,
    stepped(moment, machine) {
      if (moment.checked && moment.world.events > branch.end.event) indexStep(branch.index, moment, machine);
    },
    acted(moment, action) {
      if (moment.world.events > branch.end.event) indexAction(branch.index, moment, action);
    },
    refused(moment, action, why) {
      const { events: event } = moment.world;
      if (event > branch.end.event) branch.index.refused.push({ action, event, why });
    },
  };
}

/** A branch about which nothing has been found out beyond where it starts. */
function newBranch(
  known: Pick<Branch, "id" | "parent" | "from" | "actions" | "checkpoints"> & Partial<Branch>,
): Branch {
  const unexplored = { end: known.from, reach: known.from.at, label: "", spacing: checkpointSpacing, weight: 0 };
  return { ...unexplored, index: emptyIndex(), ...known };
}
