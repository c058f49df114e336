import { lastWhere } from "../base/last-where.ts";
import type { GroupId, ServerId } from "../base/units.ts";
import type { Decision } from "../raft/decisions.ts";
import type { Branch, History } from "./history.ts";
import { executeOne, type Moment, type Observer, onlookersFor } from "./moment.ts";
import { eventsAPart, type Work } from "./work.ts";

/** How often something had happened by some event, in that event, and where it happens next to it. */
export interface Firing {
  /** Up to that event, itself included. */
  readonly count: number;
  /** The last event before it; 0: none. */
  readonly earlier: number;
  /** The first event after it that is known; 0: none. */
  readonly later: number;
}

/**
 * When a server took which kind of decision, over the whole of a branch as far as it has been run: found by executing it
 * once more when somebody asks, and going on from there the next time. `name`: what a decision counts as.
 */
export class Firings<Name extends string> {
  private branch: Branch | null = null;
  private moment: Moment | null = null;
  /** Events, ascending, by server, group and name; an event twice where it happened twice. */
  private readonly events = new Map<string, number[]>();

  constructor(
    private readonly history: History,
    private readonly name: (decision: Decision) => Name,
  ) {}

  /** Everything up to the end of the present branch, as far as it has been run. */
  *known(): Work {
    const { current } = this.history;
    if (this.branch !== current || this.moment === null) this.begin(current);
    const moment = this.moment!;
    const from = moment.world.events;
    const observer: Observer = {
      fact: (fact) => fact.kind === "decided" && this.note(fact),
      stepped: null,
      acted: null,
    };
    const onlookers = onlookersFor(moment, observer);
    while (moment.world.events < current.end.event) {
      executeOne(moment, current.actions, onlookers, observer);
      const done = moment.world.events - from;
      if (done % eventsAPart === 0) yield { done, of: current.end.event - from };
    }
  }

  /** What the new branch shares with the one before is kept. */
  private begin(branch: Branch): void {
    const before = this.branch;
    const shared =
      before === null
        ? 0
        : branch.parent === before.id
          ? branch.from.event
          : before.parent === branch.id
            ? before.from.event
            : 0;
    const reached = Math.min(shared, this.moment?.world.events ?? 0);
    this.branch = branch;
    this.moment = this.history.before(reached + 1);
    const kept = this.moment.world.events;
    for (const events of this.events.values()) events.length = lastWhere(events, (event) => event <= kept) + 1;
  }

  private note({ event, decision, group = 1 }: { event: number; decision: Decision; group?: GroupId }): void {
    const key = keyOf(decision.server, group, this.name(decision));
    const events = this.events.get(key);
    if (events === undefined) this.events.set(key, [event]);
    else events.push(event);
  }

  of(server: ServerId, group: GroupId, name: Name, event: number): Firing {
    const events = this.events.get(keyOf(server, group, name)) ?? [];
    const count = lastWhere(events, (each) => each <= event) + 1;
    return { count, earlier: events[lastWhere(events, (each) => each < event)] ?? 0, later: events[count] ?? 0 };
  }
}

const keyOf = (server: ServerId, group: GroupId, name: string): string => `${server}.${group}.${name}`;
