import type { Micros } from "../../base/units.ts";
import type { Action } from "../../world/acts.ts";
import type { Fact } from "../../world/facts.ts";
import type { Onlookers } from "../../world/machine.ts";
import { slotOf } from "../../world/replicas.ts";
import type { Coming } from "../../world/world.ts";
import { comingIn, copyMoment, executeComing, type Moment, type Observer, onlookersFor } from "../moment.ts";
import { eventsAPart, type Work } from "../work.ts";
import {
  appointmentKey,
  aspectKey,
  clientKey,
  type Key,
  linkKey,
  loadKey,
  messageKey,
  nemesisKey,
  requestKey,
  Watch,
  writeKey,
} from "./aspects.ts";
import { isTold, setIn, usedIn } from "./used.ts";

/** What sets an event off: somebody outside (an act), what was under way, or what somebody had arranged. */
export type Trigger = "act" | "message" | "timer" | "disk" | "client" | "fault";

/** One event: what it told, what set it off, and whose state it used. */
export class EventRow {
  constructor(
    readonly event: number,
    readonly at: Micros,
    readonly trigger: Trigger,
    readonly facts: readonly Fact[],
    /** Slots of the replicas that took a step in it, or were changed from outside; 0: the clients. */
    readonly steps: readonly number[],
    private readonly off: readonly Key[],
  ) {}

  /** What set it off; empty: an act. */
  get offBy(): readonly Key[] {
    return this.trigger === "client" ? clientsOwn(this.facts) : this.off;
  }

  /** What else it used. Worked out when somebody asks: of most events nobody does. */
  get used(): readonly Key[] {
    const { offBy } = this;
    return [...new Set(this.facts.flatMap(usedIn))].filter((key) => !offBy.includes(key));
  }
}

/** Some events after a checkpoint, executed once more with everybody listening. Grows at its end only. */
export class Stretch {
  readonly from: number;
  readonly rows: EventRow[] = [];
  /** For each key the events that set it, ascending. */
  private readonly setters = new Map<Key, number[]>();
  private readonly moment: Moment;
  private readonly watch: Watch;
  private readonly onlookers: Onlookers;
  private readonly observer: Observer;
  private facts: Fact[] = [];
  /** Few: a list is looked through faster than a set is made. */
  private steps: number[] = [];

  constructor(checkpoint: Moment) {
    this.moment = copyMoment(checkpoint);
    this.from = this.moment.world.events;
    this.watch = new Watch(this.moment.world);
    this.observer = {
      fact: (fact) => this.facts.push(fact),
      stepped: (_, { id, group }) => addTo(this.steps, slotOf(id, group)),
      acted: null,
    };
    this.onlookers = onlookersFor(this.moment, this.observer);
  }

  get to(): number {
    return this.moment.world.events;
  }

  row(event: number): EventRow | undefined {
    return this.rows[event - this.from - 1];
  }

  /** Up to that event, which must be known to exist. */
  *reaching(event: number, actions: readonly Action[]): Work {
    while (this.to < event && this.execute(actions)) {
      if (this.to % eventsAPart === 0) yield { done: this.to - this.from, of: event - this.from };
    }
  }

  /** False: nothing comes any more. */
  private execute(actions: readonly Action[]): boolean {
    const { moment } = this;
    const coming = comingIn(moment, actions);
    if (coming === null) return false;
    const facts: Fact[] = [];
    const steps: number[] = [];
    this.facts = facts;
    this.steps = steps;
    const off = coming.by === "action" ? ofAnAct : this.offBy(coming);
    executeComing(coming, moment, actions, this.onlookers, this.observer);
    const { events: event, now: at } = moment.world;
    this.collect(event, coming.by);
    this.rows.push(new EventRow(event, at, off.trigger, facts, steps, off.keys));
    return true;
  }

  private offBy(coming: Coming): { readonly trigger: Trigger; readonly keys: readonly Key[] } {
    switch (coming.by) {
      case "packet": {
        const { ref, lost } = coming.packet;
        const message = messageKey(ref);
        return { trigger: "message", keys: lost === "cut" ? [message, linkKey(ref.from, ref.to)] : [message] };
      }
      case "disk":
        return { trigger: "disk", keys: [writeKey(coming.sequence)] };
      case "appointment":
        return { trigger: "fault", keys: [appointmentKey(coming.sequence)] };
      case "nemesis":
        return { trigger: "fault", keys: [nemesisKey(coming.id)] };
      case "client":
        return { trigger: "client", keys: [] };
      default: {
        const { id, group, raft } = coming.machine;
        const beats = coming.by === "heartbeatTimeout" && raft.role === "leader";
        return { trigger: "timer", keys: [aspectKey(slotOf(id, group), beats ? "beat" : "timer")] };
      }
    }
  }

  /** Takes note of what the event has set. Messages and requests are looked for in what was told. */
  private collect(event: number, by: Coming["by"] | "action"): void {
    const { facts, steps, moment, watch } = this;
    const set = (key: Key): void => this.note(key, event);
    const outside = by === "action" || by === "appointment" || by === "nemesis" || facts.some(isCrash);
    watch.changed(moment.world, steps, outside, set);
    for (const fact of facts) {
      const actor = actorIn(fact);
      if (actor !== null) addTo(steps, actor);
      if (fact.kind !== "acted") continue;
      if (fact.act.do === "nemesis") set(nemesisKey(fact.act.id));
      if (fact.by !== undefined) set(nemesisKey(fact.by));
    }
    if (by === "client") addTo(steps, 0);
    for (const slot of steps) set(slot === 0 ? clientKey : aspectKey(slot, "step"));
  }

  private note(key: Key, event: number): void {
    const known = this.setters.get(key);
    if (known === undefined) this.setters.set(key, [event]);
    else if (known.at(-1) !== event) known.push(event);
  }

  /** The last event before that one, in this stretch, that set the key; 0: none did. */
  setterOf(key: Key, before: number): number {
    if (!isTold(key)) return this.setters.get(key)?.findLast((event) => event < before) ?? 0;
    for (let at = Math.min(before - 1, this.to); at > this.from; at--)
      if (this.row(at)!.facts.some((fact) => setIn(fact).includes(key))) return at;
    return 0;
  }
}

const ofAnAct: { readonly trigger: Trigger; readonly keys: readonly Key[] } = { trigger: "act", keys: [] };

function addTo(list: number[], one: number): void {
  if (!list.includes(one)) list.push(one);
}

/** At a write, or for lack of room. */
const isCrash = ({ kind }: Fact): boolean => kind === "crashed";

/** The slot of whoever did, or underwent, what a fact tells; 0: the clients; null: it says nothing of anybody. */
export function actorIn(fact: Fact): number | null {
  switch (fact.kind) {
    case "diskWritten":
    case "crashed":
    case "restarted":
    case "stateApplied":
    case "compacted":
    case "diskTrouble":
    case "held":
      return slotOf(fact.server, fact.group ?? 1);
    case "received":
      return fact.payload.type === "ClientReply" ? 0 : slotOf(fact.payload.to, fact.group ?? 1);
    case "lost":
      return fact.payload.type === "ClientReply" ? 0 : null;
    case "sent":
      return fact.payload.type === "ClientRequest" ? 0 : null;
    default:
      return fact.kind.startsWith("request") ? 0 : null;
  }
}

/** What clients do by themselves comes of a request of theirs, or of the load. */
function clientsOwn(facts: readonly Fact[]): readonly Key[] {
  const asked = facts.flatMap((fact) => (fact.kind === "requestAsked" ? [fact.request] : []));
  const earlier = facts.flatMap((fact) => {
    if (fact.kind === "requestRepeated" || fact.kind === "requestGivenUp") return [fact.request];
    return fact.kind === "sent" && fact.payload.type === "ClientRequest" ? [fact.payload.request] : [];
  });
  const keys = earlier.filter((request) => !asked.includes(request)).map(requestKey);
  return [...new Set(asked.length === 0 ? keys : [loadKey, ...keys])];
}
