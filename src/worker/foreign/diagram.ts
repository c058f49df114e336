import type { Micros, ServerId } from "../../base/units.ts";
import type { ToldRun } from "../../exchange/in/told.ts";
import {
  type Bundle,
  type Diagram,
  type DiagramAsk,
  type Flight,
  type Lane,
  lostSight,
  outOfNowhere,
  received,
  type Sign,
  type SignKind,
  type Span,
} from "../protocol/diagram.ts";
import type { MessageKind } from "../protocol/message.ts";
import type { Mark } from "../protocol/run.ts";
import { kindOf } from "./frame.ts";
import { after, type Known, nothingKnown } from "./known.ts";
import type { Past } from "./past.ts";

const flightsMost = 1800;
const bundlesMost = 1800;
const signsMost = 1200;
/** Pixels of a bundle's column at least, and of what stands for the end that nobody tells of. */
const columnLeast = 5;
const stub = 14;

/** What a told run's diagram is drawn from; found once. */
export class ToldDiagrams {
  /** By server: what it was, from each change on. */
  private readonly spans: readonly (readonly Span[])[];
  private readonly signs: readonly Sign[];
  private readonly kinds: readonly MessageKind[];
  private readonly kindNumbers: ReadonlyMap<MessageKind, number>;

  constructor(
    private readonly past: Past,
    marks: readonly Mark[],
  ) {
    const { run } = past;
    this.spans = spansOf(run);
    this.signs = signsOf(run, marks);
    this.kinds = [...new Set(run.messages.map(kindOf))];
    this.kindNumbers = new Map(this.kinds.map((kind, number) => [kind, number]));
  }

  of({ from, to, width, disks }: DiagramAsk): Diagram {
    const { past } = this;
    const pixel = Math.max(1, to - from) / Math.max(1, width);
    const flights = this.flights(from, to, pixel * stub);
    const dense = flights.length > flightsMost;
    return {
      ...{ branch: 0, group: 1, disks, from, to },
      end: { at: past.atOf(past.length), event: past.length },
      kinds: this.kinds,
      lanes: this.spans.map((spans, i): Lane => ({ server: i + 1, spans: within(spans, from, to, pixel) })),
      messages: dense ? [] : flights,
      bundles: dense ? this.bundles(flights, from, to, width) : [],
      total: flights.length,
      signs: thinned(
        this.signs.filter(({ at }) => at >= from && at <= to),
        pixel,
      ),
      acts: [],
      troubles: [],
      leftOut: 0,
    };
  }

  private flights(from: Micros, to: Micros, stubLength: Micros): readonly Flight[] {
    const { past } = this;
    const found: Flight[] = [];
    past.run.messages.forEach((message, id) => {
      const { sentIn, receivedIn, term, entryCount, yes } = message;
      const received_ = receivedIn === null ? null : past.atOf(receivedIn + 1);
      const sent = sentIn === null ? null : past.atOf(sentIn + 1);
      const sentAt = sent ?? received_! - stubLength;
      const endAt = received_ ?? sentAt + stubLength;
      if (sentAt > to || endAt < from) return;
      const fate = sent === null ? outOfNowhere : received_ === null ? lostSight : received;
      found.push([
        ...([sentAt, endAt, (sentIn ?? receivedIn!) + 1, (receivedIn ?? sentIn!) + 1] as const),
        ...([message.from, message.to, id + 1, 0, this.kindNumbers.get(kindOf(message))!, fate] as const),
        ...([yes === null ? 0 : yes ? 2 : 1, term ?? 0, entryCount, 0] as const),
      ]);
    });
    return found;
  }

  /** One for each link and column of pixels; columns are as fine as there is room for. */
  private bundles(flights: readonly Flight[], from: Micros, to: Micros, width: number): readonly Bundle[] {
    const links = new Set(flights.map((flight) => flight[4] * 256 + flight[5])).size;
    const column = Math.max(columnLeast, (links / bundlesMost) * width) * (Math.max(1, to - from) / Math.max(1, width));
    const bundles = new Map<string, { -readonly [Key in keyof Bundle]: Bundle[Key] }>();
    for (const flight of flights) {
      const [sentAt, endAt, sentIn, , source, target, , , kind, , , term] = flight;
      const reply = this.kinds[kind]!.endsWith("Reply");
      const name = `${Math.floor((sentAt - from) / column)} ${source} ${target} ${reply}`;
      const bundle = bundles.get(name);
      if (bundle === undefined) {
        const own = { first: sentAt, last: sentAt, sentAt, endAt: endAt! - sentAt, count: 1, lost: 0 };
        bundles.set(name, { from: source, to: target, ...own, reply, term, event: sentIn });
        continue;
      }
      bundle.first = Math.min(bundle.first, sentAt);
      bundle.last = Math.max(bundle.last, sentAt);
      bundle.count += 1;
      bundle.endAt += endAt! - sentAt;
      bundle.term = Math.max(bundle.term, term);
    }
    for (const bundle of bundles.values()) {
      bundle.sentAt = (bundle.first + bundle.last) / 2;
      bundle.endAt = bundle.sentAt + bundle.endAt / bundle.count;
    }
    return [...bundles.values()];
  }
}

function spansOf({ servers, events }: ToldRun): readonly (readonly Span[])[] {
  const untold: Span = { at: 0, term: 0, role: "follower", status: "up", writing: false, untold: true };
  const spans: Span[][] = servers.map(() => [untold]);
  const known = servers.map((): { role: Span["role"] | null; term: number | null; status: Span["status"] } => ({
    role: null,
    term: null,
    status: "up",
  }));
  for (const { at, server, says } of events) {
    const own = known[server - 1];
    if (own === undefined || (says.role === undefined && says.term === undefined && says.status === undefined))
      continue;
    if (says.role !== undefined) own.role = says.role;
    if (says.term !== undefined) own.term = says.term;
    if (says.status !== undefined) own.status = says.status;
    const { role, term, status } = own;
    const shared = { at, term: term ?? 0, role: role ?? "follower", status, writing: false } as const;
    spans[server - 1]!.push(role === null && term === null ? { ...shared, untold: true } : shared);
  }
  return spans;
}

/** From the last change before the stretch on; what lasts for less than a pixel is told together with what is beside it. */
function within(spans: readonly Span[], from: Micros, to: Micros, pixel: number): readonly Span[] {
  const start = Math.max(
    0,
    spans.findLastIndex(({ at }) => at <= from),
  );
  const told: Span[] = [];
  for (const span of spans.slice(start)) {
    if (span.at > to) break;
    const before = told.at(-1);
    if (before === undefined || before.at <= from || span.at - before.at >= pixel) told.push(span);
    else told[told.length - 1] = { ...span, at: before.at, many: (before.many ?? 1) + 1 };
  }
  return told;
}

function signsOf({ servers, events, messages }: ToldRun, marks: readonly Mark[]): readonly Sign[] {
  const signs: Sign[] = [];
  const known = servers.map((): Known => nothingKnown);
  let commit = 0;
  events.forEach(({ at, server, says, sends }, place) => {
    const add = (kind: SignKind, other: ServerId, value: number): void =>
      void signs.push({ at, event: place + 1, kind, server, other, value, count: 1 });
    const was = known[server - 1];
    if (was === undefined) return;
    const now = after(was, says);
    known[server - 1] = now;
    if (now.status === "down" && was.status !== "down") add("crash", 0, 0);
    if (now.status === "up" && was.status === "down") add("restart", 0, 0);
    if (now.role === "leader" && was.role !== "leader") add("elected", 0, now.term ?? 0);
    if (now.role === "preCandidate" && was.role !== "preCandidate") add("campaign", 0, 0);
    if (now.role === "candidate" && now.term !== null && (was.role !== "candidate" || was.term !== now.term))
      add("campaign", 0, now.term);
    if (says.base !== undefined && says.base !== null && says.base > 0) add("snapshot", 0, says.base);
    if (says.commit !== undefined && says.commit !== null && says.commit > commit) {
      commit = says.commit;
      add("commits", 0, commit);
    }
    for (const id of sends) {
      const { kind, yes, to } = messages[id]!;
      if (yes === null || (kind !== "requestVoteReply" && kind !== "preVoteReply")) continue;
      add(yes ? "votes" : "refuses", to, kind === "preVoteReply" ? 0 : 1);
    }
  });
  for (const { at, event, kind, server } of marks)
    if (kind === "violation" && server > 0) signs.push({ at, event, kind, server, other: 0, value: 0, count: 1 });
  return signs.sort((a, b) => a.event - b.event);
}

/** Where there are too many, those of one kind on one server within some pixels are one. */
function thinned(signs: readonly Sign[], pixel: number): readonly Sign[] {
  if (signs.length <= signsMost) return signs;
  const sorts = new Set(signs.map(({ kind, server }) => `${kind} ${server}`)).size;
  const width = (signs.at(-1)!.at - signs[0]!.at + 1) / pixel;
  const length = Math.max(1, (sorts / signsMost) * width) * pixel;
  const latest = new Map<string, number>();
  const found: Sign[] = [];
  for (const sign of signs) {
    const name = `${sign.kind} ${sign.server}`;
    const place = latest.get(name);
    const before = place === undefined ? undefined : found[place];
    if (place !== undefined && before !== undefined && sign.at - before.at < length)
      found[place] = { ...before, count: before.count + 1 };
    else {
      latest.set(name, found.length);
      found.push(sign);
    }
  }
  return found;
}
