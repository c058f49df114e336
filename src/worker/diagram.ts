import { lastWhere } from "../base/last-where.ts";
import type { Micros } from "../base/units.ts";
import type { History } from "../history/history.ts";
import { linkEnds, nameOf, payloadTypes } from "../history/traffic/messages.ts";
import { beingOf, signKinds, Traffic, withoutDisk } from "../history/traffic/traffic.ts";
import type { Work } from "../history/work.ts";
import { serverIds } from "../world/network.ts";
import { slotOf } from "../world/replicas.ts";
import type { World } from "../world/types.ts";
import { activeFaults } from "./faults.ts";
import type { Bundle, Diagram, DiagramAsk, Flight, Lane, Sign, Span } from "./protocol/diagram.ts";
import { lost } from "./protocol/diagram.ts";
import { shortText } from "./timeline.ts";

/** More messages are told of in bundles, at most so many; more signs and spans of a lane together, by pixels. */
const flightsMost = 1800;
const bundlesMost = 1800;
const signsMost = 1200;
const besideMost = 120;
/** A stretch of fewer events is executed alone. */
const nearMost = 12_000;
/** Pixels of a bundle's column at least. */
const columnLeast = 5;

/** What lanes show by themselves. */
const onLanes: ReadonlySet<string> = new Set(["crash", "pause"]);

/** The diagrams of one history: what was found out for one is known for the next. */
export class Diagrams {
  private readonly whole: Traffic;
  /** What is known around the stretch that was asked for last; null where that was of the whole. */
  private near: Traffic | null = null;

  constructor(readonly history: History) {
    this.whole = new Traffic(history, wrongIn);
  }

  *of(ask: DiagramAsk): Work<Diagram> {
    return new Drawing(...(yield* this.around(ask))).of(ask);
  }

  /** A short stretch of a long run does not wait until all of that has been executed once more. */
  private *around({ from, to }: DiagramAsk): Work<readonly [Traffic, World]> {
    const { whole, near, history } = this;
    const { checkpoints, end } = history.current;
    const last = checkpoints.find(({ world }) => world.now > to)?.world.events ?? end.event;
    const isShort = (start: number): boolean => start > 0 && last - start < nearMost;
    if (!whole.isHere && near?.isHere && isShort(near.reached) && near.messages.knowsSince(from))
      return [near, yield* near.known(to)];
    const before = lastWhere(checkpoints, ({ world }) => world.now < from);
    for (let back = 1; !whole.isHere; back *= 2) {
      const start = checkpoints[before - back]?.world.events ?? 0;
      if (!isShort(start)) break;
      const tried = new Traffic(history, wrongIn, start);
      const world = yield* tried.known(to);
      if (!tried.messages.knowsSince(from)) continue;
      this.near = tried;
      return [tried, world];
    }
    this.near = null;
    return [whole, yield* whole.known()];
  }
}

const wrongIn = (world: World) => activeFaults(world).filter(({ name }) => !onLanes.has(name));

/** A stretch of what is known, as a page draws it. */
class Drawing {
  constructor(
    private readonly traffic: Traffic,
    private readonly world: World,
  ) {}

  of(ask: DiagramAsk): Diagram {
    const { traffic, world } = this;
    const { history } = traffic;
    const { group, from, to, disks } = ask;
    const { end } = history.current;
    const rows = traffic.messages.within(from, to, group);
    const arrivals = arrivalsIn(world);
    const dense = rows.length > flightsMost;
    const acts = traffic.acts.filter(({ at }) => at >= from && at <= to);
    const troubles = traffic.troubles.filter((each) => each.from <= to && (each.to ?? to) >= from);
    const told = Math.ceil(Math.max(1, acts.length / besideMost));
    return {
      ...{ branch: history.current.id, group, disks, end, from, to, total: rows.length, kinds: payloadTypes },
      lanes: serverIds(world).map((server) => this.lane(server, ask)),
      messages: dense ? [] : rows.map((row) => this.flight(row, arrivals)),
      bundles: dense ? this.bundles(rows, ask) : [],
      signs: this.signs(ask),
      acts: acts.filter((_, i) => i % told === 0).map(({ at, event, act }) => ({ at, event, label: shortText(act) })),
      troubles: troubles.slice(0, besideMost).map((each) => ({ from: each.from, to: each.to, words: each.words })),
      leftOut: acts.length - Math.ceil(acts.length / told) + Math.max(0, troubles.length - besideMost),
    };
  }

  /** A change that lasts for less than a pixel is told together with those beside it. */
  private lane(server: number, { from, to, group, width, disks }: DiagramAsk): Lane {
    const table = this.traffic.beingsOf(slotOf(server, group));
    const { at, code } = table.columns;
    const pixel = (to - from) / width;
    const spans: Writable<Span>[] = [];
    let before: Writable<Span> | undefined;
    let told = -1;
    const last = table.upTo("at", to);
    for (let row = Math.max(0, table.upTo("at", from) - 1); row < last; row++) {
      const now = disks ? code[row]! : withoutDisk(code[row]!);
      if (now === told) continue;
      told = now;
      if (before === undefined || before.at <= from || at[row]! - before.at >= pixel) {
        before = { at: at[row]!, ...beingOf(now) };
        spans.push(before);
      } else before = Object.assign(before, beingOf(now), { many: (before.many ?? 1) + 1 });
    }
    return { server, spans };
  }

  private flight(row: number, arrivals: ReadonlyMap<number, Micros>): Flight {
    const { columns } = this.traffic.messages.table;
    const of = (name: keyof typeof columns): number => columns[name][row]!;
    const [from, to] = linkEnds(of("link"));
    const [ordinal, copy] = [of("ordinal"), of("copy")];
    const known = of("endedIn") > 0 ? of("endAt") : (arrivals.get(nameOf({ from, to, ordinal, copy })) ?? null);
    return [
      ...([of("sentAt"), known, of("sentIn"), of("endedIn"), from, to, ordinal, copy] as const),
      ...([of("kind"), of("fate"), of("answer"), of("term"), of("entries"), of("way")] as const),
    ];
  }

  /** One for each link, way of speaking and column of pixels: the columns are as fine as there is room for. */
  private bundles(rows: readonly number[], { from, to, width }: DiagramAsk): readonly Bundle[] {
    const { sentAt, endAt, link, fate, term, kind, sentIn } = this.traffic.messages.table.columns;
    const { end } = this.traffic.history.current;
    const ways = new Set(rows.map((row) => link[row]! * 2 + (isReply[kind[row]!] ? 1 : 0)));
    const length = columnFor(ways.size / bundlesMost, width, columnLeast) * ((to - from) / width);
    const bundles = new Map<number, Writable<Bundle>>();
    for (const row of rows) {
      const reply = isReply[kind[row]!] === true;
      const name = (Math.floor((sentAt[row]! - from) / length) * 256 + link[row]!) * 2 + (reply ? 1 : 0);
      const sent = sentAt[row]!;
      let bundle = bundles.get(name);
      if (bundle === undefined) {
        const [source, target] = linkEnds(link[row]!);
        const own = { first: sent, last: sent, sentAt: sent, endAt: 0, count: 0, lost: 0, term: 0 };
        bundle = { from: source, to: target, reply, ...own, event: sentIn[row]! };
        bundles.set(name, bundle);
      }
      bundle.last = sent;
      bundle.count++;
      // The sum of all flights, until all are counted.
      bundle.endAt += Math.min(end.at, endAt[row]!) - sent;
      bundle.term = Math.max(bundle.term, term[row]!);
      if (fate[row] === lost) bundle.lost++;
    }
    for (const bundle of bundles.values()) {
      bundle.sentAt = (bundle.first + bundle.last) / 2;
      bundle.endAt = bundle.sentAt + bundle.endAt / bundle.count;
    }
    return [...bundles.values()];
  }

  /** Where there are too many, those of one kind on one server within some pixels are one. */
  private signs({ from, to, group, width }: DiagramAsk): readonly Sign[] {
    const { signs } = this.traffic;
    const { at, event, kind, server, other, value, group: groups } = signs.columns;
    const [first, last] = [signs.upTo("at", from - 1), signs.upTo("at", to)];
    const sorts = new Set<number>();
    for (let row = first; row < last; row++) sorts.add(kind[row]! * 16 + server[row]!);
    const length = last - first <= signsMost ? 0 : columnFor(sorts.size / signsMost, width, 1) * ((to - from) / width);
    const found: Writable<Sign>[] = [];
    /** By kind and server. */
    const latest = new Map<number, Writable<Sign>>();
    for (let row = first; row < last; row++) {
      if (groups[row] !== group) continue;
      const name = kind[row]! * 16 + server[row]!;
      const before = latest.get(name);
      if (before !== undefined && at[row]! - before.at < length) {
        before.count++;
        continue;
      }
      const own = { at: at[row]!, event: event[row]!, value: value[row]!, count: 1 };
      const sign = { ...own, kind: signKinds[kind[row]!]!, server: server[row]!, other: other[row]! };
      latest.set(name, sign);
      found.push(sign);
    }
    return found;
  }
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

/** Pixels for one of so many rows of columns, of which there may be one in all: `share` of the width for each. */
const columnFor = (share: number, width: number, least: number): number => Math.max(least, width * share);

const isReply: readonly boolean[] = payloadTypes.map((type) => type.endsWith("Reply"));

/** When what is under way will arrive, or vanish, if nothing else happens to it. */
function arrivalsIn({ packets }: World): ReadonlyMap<number, Micros> {
  return new Map(packets.flatMap(({ ref, dueAt }) => (dueAt === null ? [] : [[nameOf(ref), dueAt] as const])));
}
