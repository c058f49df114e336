import type { GroupId, Micros, ServerId, Term } from "../base/units.ts";
import type { Act, Action } from "../world/acts.ts";
import { type Enabled, enabledActs } from "../world/enabled.ts";
import { shapeOf } from "../world/hash.ts";
import type { World } from "../world/types.ts";
import { nextEventAt } from "../world/world.ts";
import type { History } from "./history.ts";
import { copyMoment, executeOne, type Moment, onlookersFor, unobserved } from "./moment.ts";
import type { Work } from "./work.ts";

/** What may come of a moment that has not come of it yet. */
export type OutlookEnd =
  | { readonly kind: "leads"; readonly server: ServerId; readonly term: Term }
  | { readonly kind: "commits"; readonly index: number }
  | { readonly kind: "violates"; readonly property: string };

export interface OutlookRow {
  readonly end: OutlookEnd;
  /** In so many of all orders. */
  readonly orders: number;
  /** A shortest one of these in words: what happens, one after the other. */
  readonly texts: readonly string[];
  /** The same as what is recorded from the moment on, and when it has come. */
  readonly actions: readonly Action[];
  readonly at: Micros;
}
export interface Outlook {
  /** All orders of so many steps were looked at; fewer than asked for where there would be too many states. */
  readonly steps: number;
  readonly orders: number;
  /** Of these nothing new has come. */
  readonly nothing: number;
  readonly states: number;
  /** The most frequent first. */
  readonly rows: readonly OutlookRow[];
}

/** A write that is done may lead to the next; so many at most. */
const writesInARow = 20;

interface OutlookAsk {
  readonly group: GroupId;
  readonly steps: number;
  readonly statesMost: number;
  /** So many timers fire in an order at most. */
  readonly timersMost: number;
  /** What is about to be done, in words. */
  readonly textOf: (world: World, act: Act) => string;
}

/** One state, and all orders that lead to it. */
interface State {
  readonly moment: Moment;
  readonly texts: readonly string[];
  readonly actions: readonly Action[];
  /** Timers that have fired. */
  readonly timers: number;
  readonly orders: number;
  /** By what has come on the way, in how many of the orders. */
  readonly seen: ReadonlyMap<string, number>;
}

/**
 * Everything that can come of the present moment in at most `steps` steps: any message under way arrives, or any timer
 * fires (`timersMost`), and disks finish at once. States that differ only in clocks are one. Stops where `statesMost` are known.
 */
export function* outlookOf(
  history: History,
  { group, steps, statesMost, timersMost, textOf }: OutlookAsk,
): Work<Outlook> {
  const { world, ghosts, cursor, current } = history;
  const past = current.actions.slice(0, cursor);
  const first = inHand({ world, ghosts, cursor, checked: true }, past);
  const known = new Map<string, Omit<OutlookRow, "orders">>();
  const isNew = newIn(first.moment.world, group);
  let level: readonly State[] = [first];
  let ended: State[] = [];
  let states = 1;
  let depth = 0;
  while (depth < steps && level.length > 0 && states < statesMost) {
    const next = new Map<string, State>();
    const over: State[] = [];
    let left = level.length;
    for (const state of level) {
      const choices = stepsOf(state.moment.world, group, state.timers < timersMost);
      if (choices.length === 0) over.push(state);
      for (const { act, kind } of choices) {
        const { moment, actions } = after(state, act, past);
        const texts = [...state.texts, textOf(state.moment.world, act)];
        const seen = new Map(state.seen);
        for (const end of isNew(moment.world)) {
          const name = JSON.stringify(end);
          seen.set(name, state.orders);
          if (!known.has(name)) known.set(name, { end, texts, actions, at: moment.world.now });
        }
        const timers = state.timers + (kind === "timer" ? 1 : 0);
        const shape = `${shapeOf(moment.world)} ${Math.min(timers, timersMost)}`;
        const same = next.get(shape);
        next.set(
          shape,
          same === undefined
            ? { moment, texts, actions, timers, orders: state.orders, seen }
            : joined(same, state.orders, seen),
        );
      }
      left -= 1;
      yield { done: states + next.size, of: Math.min(statesMost, states + next.size + left) };
      if (states + next.size >= statesMost && depth > 0) break;
    }
    // What was not looked at whole is not counted.
    if (left > 0) break;
    ended = [...ended, ...over];
    level = [...next.values()];
    states += next.size;
    depth += 1;
  }
  return summed([...ended, ...level], known, { steps: depth, states });
}

/** The moment with its network in hand, and what had to be done for that. */
function inHand(moment: Moment, past: readonly Action[]): State {
  const start: State = { moment: copyMoment(moment), texts: [], actions: [], timers: 0, orders: 1, seen: new Map() };
  if (moment.world.mode === "manual") return start;
  return { ...start, ...after(start, { do: "network", mode: "manual" }, past) };
}

/** What may happen next by itself: no fault, and nothing that a client asks for. */
function stepsOf(world: World, group: GroupId, timers: boolean): readonly Enabled[] {
  if (world.violation !== null || world.stopped !== null) return [];
  return enabledActs(world).filter(
    ({ kind, act }) =>
      kind === "deliver" || (timers && kind === "timer" && (!("group" in act) || (act.group ?? group) === group)),
  );
}

function after(
  { moment: before, actions }: State,
  act: Act,
  past: readonly Action[],
): Pick<State, "moment" | "actions"> {
  const moment = copyMoment(before);
  const { world } = moment;
  const pending = nextEventAt(world) === world.now;
  const action: Action = pending ? { at: world.now, order: world.eventsAtNow, act } : { at: world.now, act };
  const all = [...actions, action];
  const line = [...past, ...all];
  const onlookers = onlookersFor(moment, unobserved);
  while (moment.cursor < line.length && world.violation === null) executeOne(moment, line, onlookers, unobserved);
  for (let writes = 0; writes < writesInARow; writes++) {
    if (world.violation !== null || world.stopped !== null || !isWriting(world)) break;
    executeOne(moment, line, onlookers, unobserved);
  }
  return { moment, actions: all };
}

const isWriting = (world: World): boolean =>
  Number.isFinite(nextEventAt(world)) &&
  world.machines.some((machine) => machine !== undefined && machine.disk.pending.length > 0);

function joined(one: State, orders: number, seen: ReadonlyMap<string, number>): State {
  const all = new Map(one.seen);
  for (const [name, count] of seen) all.set(name, (all.get(name) ?? 0) + count);
  return { ...one, orders: one.orders + orders, seen: all };
}

/** What a world has that the first one had not. */
function newIn(first: World, group: GroupId): (world: World) => readonly OutlookEnd[] {
  const own = ({ machines }: World) =>
    machines.filter((machine) => machine?.group === group && machine.status !== "down");
  const leads = (world: World): readonly OutlookEnd[] =>
    own(world)
      .filter(({ raft }) => raft.role === "leader")
      .map(({ id, raft }) => ({ kind: "leads", server: id, term: raft.term }));
  const commit = (world: World): number => Math.max(0, ...own(world).map(({ raft }) => raft.commitIndex));
  const led = new Set(leads(first).map((end) => JSON.stringify(end)));
  const committed = commit(first);
  return (world) => [
    ...leads(world).filter((end) => !led.has(JSON.stringify(end))),
    ...(commit(world) > committed ? [{ kind: "commits", index: commit(world) } as const] : []),
    ...(world.violation === null ? [] : [{ kind: "violates", property: world.violation.property } as const]),
  ];
}

function summed(
  ends: readonly State[],
  known: ReadonlyMap<string, Omit<OutlookRow, "orders">>,
  counts: Pick<Outlook, "steps" | "states">,
): Outlook {
  const total = (of: (state: State) => number): number => ends.reduce((sum, state) => sum + of(state), 0);
  const rows = [...known].map(([name, row]) => ({ ...row, orders: total(({ seen }) => seen.get(name) ?? 0) }));
  return {
    ...counts,
    orders: total(({ orders }) => orders),
    nothing: total(({ seen, orders }) => (seen.size === 0 ? orders : 0)),
    rows: rows.filter(({ orders }) => orders > 0).toSorted((a, b) => b.orders - a.orders),
  };
}
