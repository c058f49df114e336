import type { Micros } from "../../base/units.ts";
import type { ToldRun } from "../../exchange/in/told.ts";
import type { Work } from "../../history/work.ts";
import { after, type Known, nothingKnown } from "./known.ts";

/** Events between two moments that are kept: a place is reached from the one before it. */
const keptEvery = 256;
/** Messages of which the last receipt is kept together. */
const block = 512;
/** What belongs together where a run begins. */
const blockLength: Micros = 1_000_000;

/** A told run as a past in which one can go anywhere: what is known after so many of its events, and what is on its way. */
export class Past {
  private last: { readonly event: number; readonly servers: readonly Known[] };

  private constructor(
    readonly run: ToldRun,
    /** At place i what is known after `keptEvery * i` events. */
    private readonly kept: readonly (readonly Known[])[],
    /** Messages of which both ends are told, in the order of their sending; and of each block of them the last receipt. */
    private readonly flights: readonly number[],
    private readonly lastReceipt: readonly number[],
    /** By event: what it sends and nobody receives. */
    private readonly unheard: ReadonlyMap<number, readonly number[]>,
  ) {
    this.last = { event: 0, servers: this.kept[0]! };
  }

  static *of(run: ToldRun): Work<Past> {
    let servers: readonly Known[] = run.servers.map(() => nothingKnown);
    const kept = [servers];
    for (let place = 0; place < run.events.length; place += 1) {
      servers = next(run, servers, place);
      if ((place + 1) % keptEvery !== 0) continue;
      kept.push(servers);
      yield { done: place, of: run.events.length };
    }
    const { flights, unheard } = sortedMessages(run);
    const lastReceipt = Array.from({ length: Math.ceil(flights.length / block) }, (_, i) =>
      flights.slice(i * block, (i + 1) * block).reduce((most, id) => Math.max(most, run.messages[id]!.receivedIn!), 0),
    );
    return new Past(run, kept, flights, lastReceipt, unheard);
  }

  get length(): number {
    return this.run.events.length;
  }

  /** When the event of that number, counted from 1, happened; 0 before the first. */
  atOf(event: number): Micros {
    return event <= 0 ? 0 : (this.run.events[Math.min(event, this.length) - 1]?.at ?? 0);
  }

  /** How many events have happened by then. */
  upTo(at: Micros): number {
    let [low, high] = [0, this.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.run.events[middle]!.at <= at) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /**
   * After how many events there is something to see: the first leader is told of; else all that is told in the first
   * second; of a run without times the first event.
   */
  opening(): number {
    const { events, times } = this.run;
    const leads = events.findIndex(({ says }) => says.role === "leader" || (says.leader ?? 0) > 0);
    if (leads >= 0) return leads + 1;
    return times === "clock" ? this.upTo(blockLength) : Math.min(1, this.length);
  }

  /** What is known of each server after that many events. */
  knownAfter(event: number): readonly Known[] {
    const start = Math.floor(event / keptEvery);
    const goesOn = this.last.event <= event && this.last.event >= start * keptEvery;
    let { event: at, servers } = goesOn ? this.last : { event: start * keptEvery, servers: this.kept[start]! };
    for (; at < event; at += 1) servers = next(this.run, servers, at);
    this.last = { event, servers };
    return servers;
  }

  /** Messages that are sent after so many events, and received later: places in `ToldRun.messages`, the oldest first. */
  underWay(event: number): readonly number[] {
    const { messages } = this.run;
    const found: number[] = [];
    for (let each = 0; each < this.lastReceipt.length; each += 1) {
      if (this.lastReceipt[each]! < event) continue;
      for (const id of this.flights.slice(each * block, (each + 1) * block)) {
        const { sentIn, receivedIn } = messages[id]!;
        if (sentIn! >= event) return found;
        if (receivedIn! >= event) found.push(id);
      }
    }
    return found;
  }

  /** What the last of so many events has sent and nobody tells of again. */
  untoldAfter(event: number): readonly number[] {
    return this.unheard.get(event - 1) ?? [];
  }
}

function next(run: ToldRun, servers: readonly Known[], place: number): readonly Known[] {
  const { server, says } = run.events[place]!;
  const before = servers[server - 1];
  if (before === undefined) return servers;
  const known = after(before, says);
  return known === before ? servers : servers.with(server - 1, known);
}

function sortedMessages({ messages }: ToldRun) {
  const flights: number[] = [];
  const unheard = new Map<number, number[]>();
  messages.forEach(({ sentIn, receivedIn }, id) => {
    if (sentIn !== null && receivedIn !== null) flights.push(id);
    else if (sentIn !== null) unheard.set(sentIn, [...(unheard.get(sentIn) ?? []), id]);
  });
  flights.sort((a, b) => messages[a]!.sentIn! - messages[b]!.sentIn! || a - b);
  return { flights, unheard };
}
