import type { Micros } from "../base/units.ts";
import type { History } from "../history/history.ts";
import type { Alarm } from "../history/metrics/alarms.ts";
import type { Levels as LevelBins } from "../history/metrics/bins.ts";
import { quantile } from "../history/metrics/latencies.ts";
import { type GroupSeries, Metrics as Index, outcomes } from "../history/metrics/metrics.ts";
import { type MetricKey, metrics, sampleName } from "../history/metrics/names.ts";
import type { ServerSeries } from "../history/metrics/server.ts";
import { roles, statuses } from "../history/traffic/traffic.ts";
import type { Work } from "../history/work.ts";
import { alarmWords } from "../why/alarm.ts";
import { replicaOf } from "../world/replicas.ts";
import type { LevelName, Levels, Metrics, MetricsAsk, Present, ServerMetrics, SumName } from "./protocol/metrics.ts";

/** More are not told. */
const binsMost = 600;
const alarmsMost = 50;
/** So many columns at most: more would not be read as a rate. */
const columnsMost = 48;
/** Branches that are known. */
const indexesKept = 3;

const levelNames = ["term", "last", "commit", "base", "lag", "writes"] as const satisfies readonly LevelName[];
const sumNames = ["elections", "won", "commits", "sent", "bytes", "lost"] as const satisfies readonly SumName[];

/** The metrics of one history: a branch that was asked about is known the next time. */
export class MetricsReader {
  private indexes: Index[] = [];

  constructor(readonly history: History) {}

  *of(ask: MetricsAsk): Work<Metrics> {
    const index = this.indexes.find(({ isHere }) => isHere) ?? new Index(this.history);
    this.indexes = [index, ...this.indexes.filter((each) => each !== index)].slice(0, indexesKept);
    yield* index.known();
    const view = new Reading(index, ask).view();
    return { ...view, present: yield* this.present(index, view) };
  }

  /** Gauges are the world's, and counts are those of the bins before and of the events since. */
  private *present(index: Index, { from, group, servers }: Omit<Metrics, "present">): Work<Present | null> {
    const { history } = this;
    const { place, world } = history;
    const { grid, events } = index;
    const bin = Math.floor(place.at / grid.step);
    if (place.at < from || bin >= grid.count) return null;
    const before = bin === 0 ? 0 : events.last[bin - 1]!;
    const facts = place.event > before ? yield* history.tracing(before + 1, place.event) : [];
    const series = index.groups[group - 1]!;
    const leader = series.servers
      .map(({ server }) => replicaOf(world, server, group)!)
      .filter(({ status, raft }) => status === "up" && raft.role === "leader")
      .reduce<ReturnType<typeof replicaOf>>(
        (best, each) => (each.raft.term > (best?.raft.term ?? 0) ? each : best),
        undefined,
      );
    const lagOf = (server: number): number => {
      const progress = server === leader?.id ? undefined : leader?.raft.progress[server];
      return progress === undefined ? -1 : Math.max(0, leader!.raft.log.last - progress.match);
    };
    const started = (server: number): number =>
      facts.filter(
        (fact) =>
          fact.kind === "decided" &&
          fact.decision.kind === "electionStarted" &&
          fact.decision.server === server &&
          (fact.group ?? 1) === group,
      ).length;
    return {
      position: place,
      lag: servers.map(({ server }) => lagOf(server)),
      writes: servers.map(({ server }) => replicaOf(world, server, group)!.disk.pending.length),
      elections: series.servers.map(({ server, sums }) => sumUpTo(sums.elections.values, bin) + started(server)),
      open: world.clients.open.filter((each) => each.group === group && each.operation.op !== "session").length,
    };
  }
}

/** A stretch of what an index knows, as a page draws it. */
class Reading {
  private readonly series: GroupSeries;
  /** Bins of the index that make one here. */
  private readonly each: number;
  private readonly first: number;
  private readonly bins: number;
  private readonly column: number;

  constructor(
    private readonly index: Index,
    private readonly ask: MetricsAsk,
  ) {
    const { grid, groups } = index;
    this.series = groups[ask.group - 1] ?? groups[0]!;
    const size = Math.max(1, ask.to - ask.from);
    this.each = Math.max(1, Math.ceil(size / Math.max(1, Math.min(ask.width, binsMost)) / grid.step));
    const wanted = Math.ceil(size / (this.each * grid.step));
    this.column = Math.max(1, Math.ceil(wanted / columnsMost));
    // Columns stay where they are while the stretch moves.
    const whole = this.each * this.column;
    this.first = Math.floor(ask.from / grid.step / whole) * whole;
    const last = Math.min(grid.count, Math.floor(Math.min(ask.to, ask.until) / grid.step) + 1);
    this.bins = Math.max(0, Math.ceil((last - this.first) / this.each));
  }

  view(): Omit<Metrics, "present"> {
    const { index, series, ask, bins, column } = this;
    const { current } = index.history;
    const alarms = series.alarms.found.filter(({ to }) => to <= ask.until);
    return {
      ...{ branch: current.id, group: series.group, end: current.end, from: this.at(0), step: this.step, bins, column },
      servers: series.servers.map((each) => this.server(each)),
      names,
      ...{ p50: this.quantiles(500), p99: this.quantiles(990), sampled: series.latencies.every },
      operations: byName(outcomes, (outcome) => this.sums(series.operations[outcome].values)),
      open: this.levels(series.open),
      alarms: alarms.slice(-alarmsMost).map(told),
      alarmsLeftOut: Math.max(0, alarms.length - alarmsMost) + series.alarms.leftOut,
    };
  }

  private get step(): Micros {
    return this.each * this.index.grid.step;
  }

  private at(bin: number): Micros {
    return this.first * this.index.grid.step + bin * this.step;
  }

  private server(series: ServerSeries): ServerMetrics {
    const { server, levels, sums } = series;
    return {
      server,
      spans: this.spans(series),
      levels: byName(levelNames, (name) => this.levels(levels[name])),
      sums: byName(sumNames, (name) => this.sums(sums[name].values)),
      before: byName(sumNames, (name) => sumUpTo(sums[name].values, this.first)),
      p50: this.quantiles(500, server),
    };
  }

  private sums(values: Float64Array): number[] {
    const all: number[] = [];
    for (let bin = 0; bin < this.bins; bin++) {
      let sum = 0;
      for (let i = this.begin(bin); i < this.begin(bin + 1); i++) sum += values[i]!;
      all.push(sum);
    }
    return all;
  }

  private levels({ least, most, last }: LevelBins): Levels {
    const found = { least: [] as number[], most: [] as number[], last: [] as number[] };
    for (let bin = 0; bin < this.bins; bin++) {
      let [low, high] = [Number.POSITIVE_INFINITY, -1];
      for (let i = this.begin(bin); i < this.begin(bin + 1); i++) {
        if (least[i]! < low) low = least[i]!;
        if (most[i]! > high) high = most[i]!;
      }
      found.least.push(high < 0 ? -1 : low);
      found.most.push(high);
      found.last.push(orNone(last[this.begin(bin + 1) - 1]!));
    }
    return found;
  }

  /** Where a bin begins, among the index's. */
  private begin(bin: number): number {
    return Math.min(this.index.grid.count, this.first + bin * this.each);
  }

  private quantiles(thousandths: number, server = 0): number[] {
    const all: number[] = [];
    for (let bin = 0; bin < this.bins; bin += this.column) {
      const took = this.series.latencies.within(this.at(bin), this.at(bin + this.column), server);
      all.push(
        orNone(
          quantile(
            took.sort((a, b) => a - b),
            thousandths,
          ),
        ),
      );
    }
    return all;
  }

  /** What the server was at the end of each bin; and who led within one was a leader there. */
  private spans({ levels }: ServerSeries): ServerMetrics["spans"] {
    const spans: ServerMetrics["spans"][number][] = [];
    for (let bin = 0; bin < this.bins; bin++) {
      const end = this.begin(bin + 1) - 1;
      let led = 0;
      for (let i = this.begin(bin); i <= end; i++) led = Math.max(led, levels.led.most[i]!);
      const [role, status] = [roles[levels.role.last[end]!]!, statuses[levels.status.last[end]!]!];
      const span =
        led > 0 && levels.led.last[end] === 0
          ? ({ at: this.at(bin), term: led, role: "leader", status: "up" } as const)
          : { at: this.at(bin), term: levels.term.last[end]!, role, status };
      const before = spans.at(-1);
      if (before?.term !== span.term || before.role !== span.role || before.status !== span.status) spans.push(span);
    }
    return spans;
  }
}

const told = (alarm: Alarm): Metrics["alarms"][number] => ({ ...alarmWords(alarm), from: alarm.from, to: alarm.to });
const orNone = (value: number): number => (Number.isNaN(value) ? -1 : value);
function sumUpTo(values: Float64Array, bins: number): number {
  let sum = 0;
  for (let i = 0; i < bins; i++) sum += values[i]!;
  return sum;
}
const byName = <Name extends string, T>(names: readonly Name[], of: (name: Name) => T): Record<Name, T> =>
  Object.fromEntries(names.map((name) => [name, of(name)])) as Record<Name, T>;

const names: Metrics["names"] = byName(Object.keys(metrics) as MetricKey[], (key) => ({
  name: sampleName(metrics[key]),
  help: metrics[key].help,
}));
