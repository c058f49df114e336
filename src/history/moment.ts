import { lastWhere } from "../base/last-where.ts";
import type { Micros } from "../base/units.ts";
import { auditBy } from "../check/audit.ts";
import { copyGhost, type Ghost, newGhosts } from "../check/ghost.ts";
import { giveUp } from "../check/give-up.ts";
import { check, checkSending, watchesOf } from "../check/watch.ts";
import { rulesWith } from "../raft/rules/broken.ts";
import { applyAct } from "../world/act.ts";
import type { Action } from "../world/acts.ts";
import { entriesOf } from "../world/burden.ts";
import type { Fact, Happening } from "../world/facts.ts";
import type { Onlookers } from "../world/machine.ts";
import type { Machine } from "../world/state/machine.ts";
import type { Setup } from "../world/state/setup.ts";
import type { Violation } from "../world/state/state.ts";
import type { World } from "../world/types.ts";
import {
  type Coming,
  copyWorld,
  createWorld,
  executeFound,
  foundEvent,
  moveClock,
  nextEventAt,
} from "../world/world.ts";
import { Outcomes } from "./outcomes.ts";

/** The world at one place of a run, with all that is needed to go on from there. */
export interface Moment {
  readonly world: World;
  /** ghosts[group]: what the checker remembers of it. */
  readonly ghosts: readonly Ghost[];
  /** How many of the branch's actions have taken effect. */
  cursor: number;
  /** False: nothing is checked, to see what the checks cost. */
  readonly checked: boolean;
}

/** Looks on while a moment runs. `before` is called while the ghost still remembers the server's state before its step. */
export interface Observer {
  readonly fact: ((fact: Fact) => void) | null;
  readonly stepped: ((moment: Moment, machine: Machine) => void) | null;
  /** Only acts that were possible when their time came. */
  readonly acted: ((moment: Moment, action: Action) => void) | null;
  /** The others, and why they were not. Left out: nobody looks. */
  readonly refused?: (moment: Moment, action: Action, why: string) => void;
  /** What is not promised and does not hold, whenever it does not. Left out: nobody looks. */
  readonly unpromised?: (broken: Violation) => void;
}
export const unobserved: Observer = { fact: null, stepped: null, acted: null };

export function startMoment(setup: Setup, checked = true): Moment {
  const moment: Moment = { world: createWorld(setup), ghosts: newGhosts(setup.groups), cursor: 0, checked };
  const { watch } = onlookersFor(moment, unobserved);
  for (const machine of moment.world.machines) if (machine !== undefined) watch?.(moment.world, machine, null);
  return moment;
}

/** The last of a branch's checkpoints that fits (so must all before it), or its start. It stays as it is: to go on from there, copy it. */
export const lastCheckpoint = (checkpoints: readonly Moment[], fits: (checkpoint: Moment) => boolean): Moment =>
  checkpoints[Math.max(0, lastWhere(checkpoints, fits))]!;

export const copyMoment = ({ world, ghosts, cursor, checked }: Moment): Moment => ({
  world: copyWorld(world),
  ghosts: ghosts.map(copyGhost),
  cursor,
  checked,
});

/** Bytes for a place in a list, a record, a message with all that is its own. */
const placeBytes = 8;
const recordBytes = 150;
const messageBytes = 700;

/** What a copy of a moment holds that is its own, or that it alone keeps alive; roughly, in bytes. */
export function weightOf({ world, ghosts }: Moment): number {
  const { machines, packets, clients, appointments } = world;
  // Logs, and lists to which is only added, are shared with all copies.
  let places = clients.operations.list.chunks.length;
  let records = clients.open.length + appointments.length;
  let messages = packets.length;
  for (const packet of packets) places += entriesOf(packet);
  for (const machine of machines) {
    if (machine === undefined) continue;
    const { raft, disk, pledges, reads, inbox, unheard } = machine;
    places += pledges.length + reads.length + unheard.length;
    records += 10 + disk.pending.length + disk.unnoticed.length + raft.ownPromises.length + raft.writes.length;
    places += raft.reads.early.length + raft.reads.unconfirmed.length;
    messages += inbox.length + raft.outbox.length + raft.afterWrite.length;
  }
  for (const { seen, clients: asked } of ghosts) {
    places += 20 * seen.length;
    records += asked.effects.size + asked.floors.size;
  }
  return places * placeBytes + records * recordBytes + messages * messageBytes;
}

type Writable<Value> = { -readonly [Name in keyof Value]: Value[Name] };

/** Those of the engine, and who wants to know that an event or an act is over. */
type Attended = Onlookers & { readonly settled?: () => void };

export function onlookersFor(moment: Moment, observer: Observer): Attended {
  const { fact } = observer;
  const { world, ghosts, checked } = moment;
  const watches = watchesOf(world, ghosts, observer.unpromised);
  const say =
    fact &&
    ((happening: Happening) => {
      // By hand: it is done for everything that is told, and `Object.assign` takes much longer.
      const told = happening as Writable<Fact>;
      told.at = world.now;
      told.event = world.events;
      fact(told);
    });
  const outcomes = say && checked ? new Outcomes(world, ghosts, say) : null;
  const tell =
    say &&
    ((happening: Happening) => {
      say(happening);
      outcomes?.heard(happening);
    });
  const violated = (found: Violation): void =>
    tell?.({ kind: "violated", ...found, ...(world.outside === null ? {} : { outside: world.outside }) });
  const note = (found: Violation | null): void => {
    if (found === null) return;
    world.violation = found;
    violated(found);
  };
  return {
    tell,
    settled: () => outcomes?.settled(),
    rules: rulesWith(world.setup.bugs),
    audit: checked ? auditBy((group) => ghosts[group]!, violated) : null,
    struck: (act) => observer.acted?.(moment, { at: world.now, act }),
    watch(_world, machine, input) {
      // Only an end of a step is a place of the run: a restart is part of an act.
      if (input !== null) observer.stepped?.(moment, machine);
      if (world.violation === null && checked) note(check(watches[machine.group]!, machine, input));
    },
    sends(_world, machine, message) {
      if (world.violation === null && checked) note(checkSending(watches[machine.group]!, machine, message));
    },
  };
}

/** When the next thing happens: an event or the next recorded action. Infinity if nothing ever does. */
export function nextAt(moment: Moment, actions: readonly Action[]): number {
  return Math.min(nextEventAt(moment.world), actionAt(moment, actions));
}

/** A world that has stopped takes no more actions. */
function actionAt({ world, cursor }: Moment, actions: readonly Action[]): number {
  if (world.violation !== null || world.stopped !== null) return Number.POSITIVE_INFINITY;
  return actions[cursor]?.at ?? Number.POSITIVE_INFINITY;
}

/** Executes exactly one event or action, the earliest. `nextAt` must be finite. */
export function executeOne(moment: Moment, actions: readonly Action[], onlookers: Attended, observer: Observer): void {
  executeBy(Number.POSITIVE_INFINITY, moment, actions, onlookers, observer);
}

/** What comes next: an event of the world, or an action; null if nothing ever does. Found by one look at the world. */
export function comingIn(moment: Moment, actions: readonly Action[]): Coming | { readonly by: "action" } | null {
  const eventAt = nextEventAt(moment.world);
  const at = actionAt(moment, actions);
  if (Math.min(eventAt, at) === Number.POSITIVE_INFINITY) return null;
  return actionComes(moment, actions, at, eventAt) ? byAction : foundEvent(moment.world);
}
const byAction = { by: "action" } as const;

/** Executes what `comingIn` has just found; nobody may have touched the world since. */
export function executeComing(
  { by }: Pick<NonNullable<ReturnType<typeof comingIn>>, "by">,
  moment: Moment,
  actions: readonly Action[],
  onlookers: Attended,
  observer: Observer,
): void {
  execute(by === "action", moment, actions, onlookers, observer);
}

/** The earliest event or action, if it comes at `to` or before; false if it does not. */
export function executeBy(
  to: Micros,
  moment: Moment,
  actions: readonly Action[],
  onlookers: Attended,
  observer: Observer,
): boolean {
  const { world } = moment;
  const eventAt = nextEventAt(world);
  const at = actionAt(moment, actions);
  if (eventAt > to && at > to) return false;
  execute(actionComes(moment, actions, at, eventAt), moment, actions, onlookers, observer);
  return true;
}

function execute(
  isAction: boolean,
  moment: Moment,
  actions: readonly Action[],
  onlookers: Attended,
  observer: Observer,
): void {
  try {
    if (isAction) act(moment, actions, onlookers, observer);
    else executeFound(moment.world, onlookers);
    onlookers.settled?.();
  } catch (error) {
    giveUp(moment.world, error);
  }
}

function act(moment: Moment, actions: readonly Action[], onlookers: Attended, observer: Observer): void {
  const { world } = moment;
  const action = actions[moment.cursor]!;
  moment.cursor++;
  moveClock(world, action.at);
  const refused = applyAct(world, action.act, onlookers);
  if (refused === null) observer.acted?.(moment, action);
  else observer.refused?.(moment, action, refused);
}

/** Actions come after every event of their instant, or after exactly as many as they say (`Action.order`). */
export const actionIsNext = (moment: Moment, actions: readonly Action[]): boolean =>
  actionComes(moment, actions, actionAt(moment, actions), nextEventAt(moment.world));

function actionComes(moment: Moment, actions: readonly Action[], at: number, event: number): boolean {
  if (at !== event) return at < event;
  const { order } = actions[moment.cursor]!;
  const done = moment.world.now === at ? moment.world.eventsAtNow : 0;
  return order !== undefined && done >= order;
}
