import type { Micros, ServerId } from "../../base/units.ts";
import type { LevelName, Metrics, ServerMetrics, SumName } from "../../worker/protocol/metrics.ts";
import { formatSpan } from "../kit/words/time.ts";
import {
  binAt,
  columnAt,
  columnPoints,
  countUpTo,
  greatest,
  hasRates,
  type Line,
  levelPoints,
  rateIn,
  ratePoints,
  totals,
} from "./lines.ts";

/** What a figure is read of: a moment, of one server or (0) of all. */
export interface Reading {
  readonly at: Micros;
  readonly server: ServerId;
}
export interface Chart {
  readonly key: string;
  readonly title: string;
  readonly metric: keyof Metrics["names"];
  readonly kind: "lines" | "roles" | "counts";
  /** What is counted, where it comes in counts. */
  readonly counts?: SumName;
  lines(metrics: Metrics, each: boolean): readonly Line[];
  figure(metrics: Metrics, reading: Reading): string;
  /** Its axis reaches so far at least; 1. */
  readonly least?: number;
  /** Of its axis. */
  readonly top: (value: number) => string;
  /** What its lines are, where there are several kinds. */
  readonly legend?: string;
}

const plain = (value: number): string =>
  value >= 1_000_000 ? `${value / 1_000_000}M` : value >= 10_000 ? `${value / 1000}k` : String(value);
const bytesText = (value: number): string =>
  value >= 1_000_000
    ? `${short(value / 1_000_000)} MB`
    : value >= 1000
      ? `${short(value / 1000)} kB`
      : `${Math.round(value)} B`;
const short = (value: number): string =>
  value >= 10 ? String(Math.round(value)) : String(Math.round(value * 10) / 10);
const perSecond = (value: number | null): string =>
  value === null ? "" : `${value >= 10 ? Math.round(value) : short(value)} /s`;
const counted = (value: number, one: string, many: string): string => `${value} ${value === 1 ? one : many}`;

const rowOf = ({ servers }: Metrics, server: ServerId): number => servers.findIndex((each) => each.server === server);

/** Of the present, exact; of any other moment, at the end of its bin. -1: none. */
function level(metrics: Metrics, name: LevelName, { at, server }: Reading): number {
  const { present } = metrics;
  const bin = Math.min(metrics.bins - 1, at >= metrics.end.at ? metrics.bins - 1 : binAt(metrics, at));
  const own = (each: ServerMetrics, row: number): number =>
    (name === "lag" || name === "writes") && present?.position.at === at
      ? present[name][row]!
      : (each.levels[name].last[bin] ?? -1);
  if (server !== 0) return own(metrics.servers[rowOf(metrics, server)]!, rowOf(metrics, server));
  return Math.max(...metrics.servers.map(own));
}

const sumsOf = (metrics: Metrics, name: SumName, server: ServerId): readonly number[] =>
  server === 0 ? totals(metrics, name) : metrics.servers[rowOf(metrics, server)]!.sums[name];

const levels =
  (...names: readonly LevelName[]) =>
  (metrics: Metrics, each: boolean): Line[] =>
    each
      ? metrics.servers.map(({ server, levels: own }) => ({
          server,
          tone: "main",
          points: levelPoints(metrics, own[names[0]!]),
        }))
      : names.map((name, place) => ({
          server: 0,
          tone: place === 0 ? "main" : "second",
          points: levelPoints(metrics, greatest(metrics, name)),
        }));

const rates =
  (name: SumName, bad?: SumName) =>
  (metrics: Metrics, each: boolean): Line[] => {
    if (!hasRates(metrics)) return [];
    if (each)
      return metrics.servers.map(({ server, sums }) => ({
        server,
        tone: "main",
        points: ratePoints(metrics, sums[name]),
      }));
    const whole: Line = { server: 0, tone: "main", points: ratePoints(metrics, totals(metrics, name)) };
    return bad === undefined
      ? [whole]
      : [whole, { server: 0, tone: "bad", points: ratePoints(metrics, totals(metrics, bad)) }];
  };

/** A rate, or where there is too little time for one, how many there have been. */
const rateFigure =
  (name: SumName, unit: (value: number) => string = plain) =>
  (metrics: Metrics, { at, server }: Reading): string => {
    if (!hasRates(metrics)) return unit(countUpTo(metrics, name, at, server));
    const rate = rateIn(metrics, sumsOf(metrics, name, server), columnAt(metrics, at));
    if (rate === null) return "";
    return unit === plain ? perSecond(rate) : `${unit(rate)}/s`;
  };

function roleFigure(metrics: Metrics, { at, server }: Reading): string {
  const of = ({ spans }: ServerMetrics) => spans.findLast((span) => span.at <= at);
  if (server !== 0) {
    const span = of(metrics.servers[rowOf(metrics, server)]!);
    return span === undefined ? "" : span.status === "up" ? roleWords[span.role] : span.status;
  }
  const leaders = metrics.servers.filter((each) => {
    const span = of(each);
    return span?.role === "leader" && span.status === "up";
  });
  if (leaders.length === 0) return "no leader";
  return `${leaders.map((each) => `S${each.server}`).join(", ")} ${leaders.length === 1 ? "leads" : "lead"}`;
}
const roleWords = {
  follower: "follower",
  preCandidate: "asks first",
  candidate: "candidate",
  leader: "leads",
} as const;

function electionsFigure(metrics: Metrics, { at, server }: Reading): string {
  const { present } = metrics;
  if (present?.position.at !== at) return String(countUpTo(metrics, "elections", at, server));
  const row = rowOf(metrics, server);
  return String(row < 0 ? present.elections.reduce((sum, count) => sum + count, 0) : present.elections[row]);
}

function latencyFigure(metrics: Metrics, { at, server }: Reading): string {
  const column = columnAt(metrics, at);
  const own = server === 0 ? metrics.p50 : metrics.servers[rowOf(metrics, server)]!.p50;
  const took = own[column] ?? -1;
  return took < 0 ? "none" : formatSpan(took);
}

/** In the order of the page. */
export const charts: readonly Chart[] = [
  {
    ...{ key: "term", title: "Term", metric: "term", kind: "lines", top: plain },
    lines: levels("term"),
    figure: (metrics, reading) => String(Math.max(0, level(metrics, "term", reading))),
  },
  {
    ...{ key: "role", title: "Role", metric: "state", kind: "roles", top: plain },
    lines: () => [],
    figure: roleFigure,
  },
  {
    ...{ key: "elections", title: "Elections", metric: "elections", kind: "counts", counts: "elections", top: plain },
    lines: () => [],
    figure: electionsFigure,
  },
  {
    ...{
      key: "messages",
      title: "Messages",
      metric: "sent",
      kind: "lines",
      counts: "sent",
      top: plain,
      legend: "lost",
    },
    lines: rates("sent", "lost"),
    figure: rateFigure("sent"),
  },
  {
    ...{ key: "commits", title: "Commits", metric: "commits", kind: "lines", counts: "commits", top: plain },
    lines: rates("commits"),
    figure: rateFigure("commits"),
  },
  {
    ...{ key: "latency", title: "Commit latency", metric: "latency", kind: "lines", legend: "p50, p99", least: 10_000 },
    top: (micros) => formatSpan(micros).replace(".0 ", " "),
    lines: (metrics, each) =>
      each
        ? metrics.servers.map(({ server, p50 }) => ({ server, tone: "main", points: columnPoints(metrics, p50) }))
        : [
            { server: 0, tone: "main", points: columnPoints(metrics, metrics.p50) },
            { server: 0, tone: "second", points: columnPoints(metrics, metrics.p99) },
          ],
    figure: latencyFigure,
  },
  {
    ...{ key: "log", title: "Log", metric: "last", kind: "lines", top: plain, legend: "committed, snapshot" },
    lines: levels("last", "commit", "base"),
    figure: (metrics, reading) => counted(Math.max(0, level(metrics, "last", reading)), "entry", "entries"),
  },
  {
    ...{ key: "lag", title: "Replication lag", metric: "lag", kind: "lines", top: plain },
    lines: levels("lag"),
    figure: (metrics, reading) => {
      const lag = level(metrics, "lag", reading);
      return lag < 0 ? (reading.server === 0 ? "no leader" : "none") : counted(lag, "entry", "entries");
    },
  },
  {
    ...{ key: "bytes", title: "Bytes sent", metric: "bytes", kind: "lines", counts: "bytes", top: bytesText },
    lines: rates("bytes"),
    figure: rateFigure("bytes", bytesText),
  },
  {
    ...{ key: "writes", title: "Disk queue", metric: "writes", kind: "lines", top: plain },
    lines: levels("writes"),
    figure: (metrics, reading) => counted(Math.max(0, level(metrics, "writes", reading)), "write", "writes"),
  },
  {
    ...{ key: "operations", title: "Client operations", metric: "operations", kind: "lines", top: plain },
    legend: "failed or unknown",
    lines: (metrics) => {
      if (!hasRates(metrics)) return [];
      const { ok, failed, unknown } = metrics.operations;
      return [
        { server: 0, tone: "main", points: ratePoints(metrics, ok) },
        {
          server: 0,
          tone: "bad",
          points: ratePoints(
            metrics,
            failed.map((count, bin) => count + unknown[bin]!),
          ),
        },
      ];
    },
    figure: (metrics, { at }) => {
      const { ok } = metrics.operations;
      if (hasRates(metrics)) {
        const rate = rateIn(metrics, ok, columnAt(metrics, at));
        return rate === null ? "" : `${perSecond(rate)} ok`;
      }
      return metrics.present?.position.at === at ? `${metrics.present.open} open` : "";
    },
  },
];
