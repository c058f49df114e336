import type { World } from "../world/types.ts";
import type { Branch, History } from "./history.ts";
import { executeOne, type Moment, type Observer, onlookersFor } from "./moment.ts";
import { eventsAPart, type Work } from "./work.ts";

/** Who looks on while a branch is executed once more. */
export interface Onlooker extends Observer {
  /** After every event and act. */
  readonly after?: (moment: Moment) => void;
  /** What was seen after that event is not of the present branch: to be forgotten. */
  readonly forget: (event: number) => void;
}

/**
 * The present branch of a history, executed once more for somebody who wants to see all of it: from the start when it is
 * asked for first, going on from there the next time. What a new branch shares with the one before is not executed again.
 */
export class Rerun {
  private branch: Branch | null = null;
  private moment: Moment | null = null;

  /** `start`: an event before which nobody wants to see anything. */
  constructor(
    private readonly history: History,
    private readonly start = 0,
  ) {}

  /** It has got somewhere on the present branch. */
  get isHere(): boolean {
    return this.branch === this.history.current;
  }

  /** After how many events it is. */
  get reached(): number {
    return this.moment?.world.events ?? 0;
  }

  /** Everything up to the end of the present branch, as far as it has been run, or until it is enough. Where it is then. */
  *known(onlooker: Onlooker, enough: (world: World, moment: Moment) => boolean = () => false): Work<Moment> {
    const { current } = this.history;
    if (!this.isHere || this.moment === null) this.begin(current, onlooker);
    const moment = this.moment!;
    const from = moment.world.events;
    const onlookers = onlookersFor(moment, onlooker);
    while (moment.world.events < current.end.event && !enough(moment.world, moment)) {
      executeOne(moment, current.actions, onlookers, onlooker);
      onlooker.after?.(moment);
      const done = moment.world.events - from;
      if (done % eventsAPart === 0) yield { done, of: current.end.event - from };
    }
    return moment;
  }

  private begin(branch: Branch, { after, forget }: Onlooker): void {
    const before = this.branch;
    const shared =
      before === null
        ? 0
        : branch.parent === before.id
          ? branch.from.event
          : before.parent === branch.id
            ? before.from.event
            : 0;
    const reached = Math.min(shared, this.reached);
    this.branch = branch;
    this.moment = this.history.before(Math.max(reached, this.start) + 1);
    forget(this.moment.world.events);
    after?.(this.moment);
  }
}
