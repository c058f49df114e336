import type { GroupId } from "../base/units.ts";
import { type Branch, History } from "../history/history.ts";
import { actionIsNext, executeOne, type Moment, nextAt, type Observer, onlookersFor } from "../history/moment.ts";
import { eventsAPart, type Work } from "../history/work.ts";
import type { Condition } from "../scenario/condition/condition.ts";
import { holds, type Looked } from "../scenario/condition/holds.ts";
import { parseCondition } from "../scenario/condition/parse.ts";
import type { Recording } from "../scenario/recording.ts";
import type { Fact } from "../world/facts.ts";
import type { Tick } from "./protocol/lesson.ts";
import { showing } from "./shown.ts";

interface Judged {
  readonly condition: Condition | null;
  held: boolean;
  tick: Tick | null;
}
/** A copy of the run, as far as it was judged on this branch. */
interface Ahead {
  readonly branch: Branch;
  readonly moment: Moment;
  begun: boolean;
}

/**
 * Judges conditions after every event of a run since a step of a lesson began: as the recording that begins it does, or where the
 * user's first act comes, if that is earlier. A condition that holds there has to cease first; one that has come true stays so,
 * whatever the run does. It runs beside the run that is shown, and only what was not judged before.
 */
export class Ticks {
  private readonly judged: readonly Judged[];
  private readonly group: GroupId;
  /** How many events there are before the step begins; null: not counted yet. */
  private start: number | null = null;
  private ahead: Ahead | null = null;
  private readonly facts: Fact[] = [];

  constructor(
    readonly history: History,
    private readonly begins: Recording,
    conditions: readonly string[],
  ) {
    this.group = begins.view?.group ?? 1;
    this.judged = conditions.map((text) => {
      const read = parseCondition(text);
      return { condition: read.ok ? read.value : null, held: false, tick: null };
    });
  }

  /** Each condition's tick, up to the present moment. */
  *upToNow(): Work<readonly (Tick | null)[]> {
    const { place, current } = this.history;
    if (this.judged.some(({ tick }) => tick === null)) {
      this.start ??= yield* this.counted();
      if (this.ahead?.branch !== current)
        this.ahead = { branch: current, moment: this.history.before(1), begun: false };
      yield* this.judging(this.ahead, this.start, place.event);
    }
    return this.judged.map(({ tick }) => tick);
  }

  private *counted(): Work<number> {
    const { setup, actions, view } = this.begins;
    const own = new History(setup, actions);
    yield* showing(own, view);
    return own.place.event;
  }

  private *judging(ahead: Ahead, start: number, last: number): Work {
    const { moment } = ahead;
    const { actions } = ahead.branch;
    const ownFrom = firstOther(this.begins.actions, actions);
    const observer: Observer = { fact: (fact) => this.facts.push(fact), stepped: null, acted: null };
    const onlookers = onlookersFor(moment, observer);
    const from = moment.world.events;
    for (;;) {
      const isOwn = moment.cursor >= ownFrom && moment.cursor < actions.length && actionIsNext(moment, actions);
      if (!ahead.begun && (moment.world.events >= start || isOwn)) {
        ahead.begun = true;
        this.look(moment, true);
      }
      if (moment.world.events >= last || nextAt(moment, actions) === Number.POSITIVE_INFINITY) return;
      executeOne(moment, actions, onlookers, observer);
      if (ahead.begun) this.look(moment, false);
      this.facts.length = 0;
      if (moment.world.events % eventsAPart === 0) yield { done: moment.world.events - from, of: last - from };
    }
  }

  private look({ world }: Moment, first: boolean): void {
    const looked: Looked = { world, group: this.group, facts: first ? [] : this.facts };
    for (const each of this.judged) {
      if (each.condition === null || each.tick !== null) continue;
      const now = holds(each.condition, looked);
      if (now && !each.held && !first) each.tick = { at: world.now, event: world.events };
      each.held = now;
    }
  }
}

/** The first of the acts that is not the recording's own. */
function firstOther(own: Recording["actions"], taken: Recording["actions"]): number {
  const first = taken.findIndex((action, place) => JSON.stringify(action) !== JSON.stringify(own[place]));
  return first < 0 ? taken.length : first;
}
