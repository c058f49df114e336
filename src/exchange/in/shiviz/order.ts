import type { ClockEvent } from "./records.ts";

export interface Ordered {
  /** Each behind all that its clock knows of. */
  readonly events: readonly ClockEvent[];
  readonly refused: readonly { readonly event: ClockEvent; readonly why: string }[];
  /** Numbers of a host that no event has, and the event behind them. */
  readonly gaps: readonly { readonly event: ClockEvent; readonly missing: number }[];
  /** Events that know of one that only comes later by its own clock. */
  readonly circles: number;
}

/** Brings events into an order that their clocks allow; of several, the one of the lines. */
export function orderByClocks(events: readonly ClockEvent[], hostCount: number): Ordered {
  const refused: { event: ClockEvent; why: string }[] = [];
  const gaps: { event: ClockEvent; missing: number }[] = [];
  const lanes = lanesOf(events, hostCount).map((lane) => checked(lane, refused, gaps));
  const next = lanes.map(() => 0);
  /** What the next event of a host waits for: an event of another. */
  const waits: ({ host: number; own: number } | null)[] = lanes.map(() => null);
  const isPast = (host: number, own: number): boolean => {
    const head = lanes[host]?.[next[host] ?? 0];
    return head === undefined || head.event.own > own;
  };
  const waitOf = ({ event }: Ranked): { host: number; own: number } | null => {
    for (const [host, own] of event.clock) if (host !== event.host && !isPast(host, own)) return { host, own };
    return null;
  };
  const ordered: ClockEvent[] = [];
  let circles = 0;
  for (let left = lanes.reduce((sum, lane) => sum + lane.length, 0); left > 0; left--) {
    let free: Ranked | null = null;
    let first: Ranked | null = null;
    for (const [host, lane] of lanes.entries()) {
      const head = lane[next[host] ?? 0];
      if (head === undefined) continue;
      if (first === null || head.rank < first.rank) first = head;
      if (free !== null && free.rank < head.rank) continue;
      const waited = waits[host];
      if (waited && !isPast(waited.host, waited.own)) continue;
      const wait = waitOf(head);
      waits[host] = wait;
      if (wait === null) free = head;
    }
    if (free === null) circles += 1;
    const taken = (free ?? first) as Ranked;
    ordered.push(taken.event);
    next[taken.event.host] = (next[taken.event.host] ?? 0) + 1;
    waits[taken.event.host] = null;
  }
  return { events: ordered, refused, gaps, circles };
}

interface Ranked {
  readonly event: ClockEvent;
  /** Place among all that were read. */
  readonly rank: number;
}

function lanesOf(events: readonly ClockEvent[], hostCount: number): Ranked[][] {
  const lanes: Ranked[][] = Array.from({ length: hostCount }, () => []);
  for (const [rank, event] of events.entries()) lanes[event.host]?.push({ event, rank });
  for (const lane of lanes) lane.sort((one, other) => one.event.own - other.event.own || one.rank - other.rank);
  return lanes;
}

function checked(
  lane: readonly Ranked[],
  refused: { event: ClockEvent; why: string }[],
  gaps: { event: ClockEvent; missing: number }[],
): Ranked[] {
  const good: Ranked[] = [];
  let before: ClockEvent | null = null;
  for (const ranked of lane) {
    const { event } = ranked;
    const why = before === null ? null : contradiction(before, event);
    if (why !== null) {
      refused.push({ event, why });
      continue;
    }
    const missing: number = event.own - (before?.own ?? 0) - 1;
    if (missing > 0) gaps.push({ event, missing });
    good.push(ranked);
    before = event;
  }
  return good;
}

function contradiction(before: ClockEvent, event: ClockEvent): string | null {
  if (event.own === before.own) return `its host has another event ${event.own}`;
  for (const [host, known] of before.clock)
    if ((event.clock.get(host) ?? 0) < known) return "its clock is behind that of the event before it on its host";
  return null;
}
