import type { Micros } from "../../base/units.ts";
import type { History } from "../../history/history.ts";
import {
  copyMoment,
  executeOne,
  lastCheckpoint,
  nextAt,
  type Observer,
  onlookersFor,
  unobserved,
} from "../../history/moment.ts";
import { eventsAPart, type Work } from "../../history/work.ts";
import type { Fact } from "../../world/facts.ts";
import type { Machine } from "../../world/state/machine.ts";
import type { World } from "../../world/types.ts";
import type { Range } from "./exporter.ts";

/** Who hears of a stretch of a run; the world is to be looked at and not kept. */
export interface Listener {
  /** Nothing of the stretch has happened yet. */
  readonly begin?: (world: World) => void;
  readonly fact?: (fact: Fact, world: World) => void;
  /** That server has taken one input. */
  readonly stepped?: (machine: Machine, world: World) => void;
  /** An event or an act is over. */
  readonly after?: (world: World) => void;
  /** It has heard enough. */
  readonly full?: () => boolean;
}

export interface Walked {
  /** Where it ended. */
  readonly world: World;
  /** Up to where everything was heard: the end of the stretch, or of the run, or where the listener had enough. */
  readonly to: Micros;
  readonly whole: boolean;
}

/** Executes a stretch of the present branch once more, as far as it has been run, for somebody who writes it down. */
export function* walk(run: History, { from, to }: Range, listener: Listener): Work<Walked> {
  const { actions, end } = run.current;
  const moment = copyMoment(lastCheckpoint(run.current.checkpoints, ({ world }) => world.now < from));
  const { world } = moment;
  const ends = Math.min(to, end.at);
  const more = (last: Micros): boolean => world.events < end.event && nextAt(moment, actions) <= last;
  const quiet = onlookersFor(moment, unobserved);
  while (more(Math.min(from - 1, to))) {
    executeOne(moment, actions, quiet, unobserved);
    if (world.events % eventsAPart === 0) yield { done: 0, of: Math.max(1, ends - from) };
  }
  listener.begin?.(world);
  const { fact, stepped } = listener;
  const observer: Observer = {
    ...unobserved,
    fact: fact === undefined ? null : (each) => fact(each, world),
    stepped: stepped === undefined ? null : (_moment, machine) => stepped(machine, world),
  };
  const onlookers = onlookersFor(moment, observer);
  let full = false;
  while (!full && more(to)) {
    executeOne(moment, actions, onlookers, observer);
    listener.after?.(world);
    full = listener.full?.() ?? false;
    if (world.events % eventsAPart === 0) yield { done: Math.max(0, world.now - from), of: Math.max(1, ends - from) };
  }
  const whole = !(full && more(to));
  return { world, to: whole ? ends : world.now, whole };
}
