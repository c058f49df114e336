import { lastWhere } from "../base/last-where.ts";
import type { GroupId, ServerId } from "../base/units.ts";
import type { Decision } from "../raft/decisions.ts";
import type { History } from "./history.ts";
import { unobserved } from "./moment.ts";
import { type Onlooker, Rerun } from "./rerun.ts";
import type { Work } from "./work.ts";

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
  private readonly rerun: Rerun;
  /** Events, ascending, by server, group and name; an event twice where it happened twice. */
  private readonly events = new Map<string, number[]>();

  constructor(
    history: History,
    private readonly name: (decision: Decision) => Name,
  ) {
    this.rerun = new Rerun(history);
  }

  /** Everything up to the end of the present branch, as far as it has been run. */
  *known(): Work {
    const onlooker: Onlooker = {
      ...unobserved,
      fact: (fact) => fact.kind === "decided" && this.note(fact),
      forget: (kept) => {
        for (const events of this.events.values()) events.length = lastWhere(events, (event) => event <= kept) + 1;
      },
    };
    yield* this.rerun.known(onlooker);
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
