import { type Micros, microsPerSecond } from "../../base/units.ts";
import { bucketEnds } from "../../history/metrics/latencies.ts";
import { type GroupSeries, Metrics, outcomes } from "../../history/metrics/metrics.ts";
import { type MetricKey, metrics } from "../../history/metrics/names.ts";
import type { LevelName, ServerSeries, SumName } from "../../history/metrics/server.ts";
import { roles, statuses } from "../../history/traffic/traffic.ts";
import { endName } from "../../scenario/names.ts";
import type { Exporter } from "./exporter.ts";
import { Lines } from "./lines.ts";

/**
 * OpenMetrics 1.0 text: what a monitoring system that asks the cluster at the end of the stretch is told; counters
 * count from the beginning of the run. A counter's family is declared without `_total`; there are no time stamps, for
 * virtual time is no date.
 */
export const openmetrics: Exporter = {
  name: "openmetrics",
  title: "Metrics, as OpenMetrics text",
  purpose: "What a monitoring system would be told at that moment: for Prometheus and what reads its formats.",
  group: "viewers",
  ending: ".om.txt",
  type: "application/openmetrics-text; version=1.0.0; charset=utf-8",
  *write(run, { to }) {
    const index = new Metrics(run);
    yield* index.known(to);
    return { text: openMetricsOf(index), cut: "" };
  },
};

type Labels = Readonly<Record<string, string>>;

/** The state of the cluster at the end of what the index knows. */
function openMetricsOf({ groups, now }: Metrics): string {
  const lines = new Lines();
  const labelled = groups.map((group) => ({ group, own: groups.length > 1 ? { group: String(group.group) } : {} }));
  const each = labelled.flatMap(({ group, own }) =>
    group.servers.map((series) => ({ series, labels: { ...own, server: endName(series.server) } })),
  );
  family(lines, "time");
  sample(lines, metrics.time.name, {}, now / microsPerSecond);
  for (const key of keys) {
    family(lines, key);
    for (const { series, labels } of each) tellServer(lines, key, series, labels);
    for (const { group, own } of labelled) tellGroup(lines, key, group, own);
  }
  lines.add("# EOF");
  return lines.text();
}

const keys = (Object.keys(metrics) as MetricKey[]).filter((key) => key !== "time");

function family(lines: Lines, key: MetricKey): void {
  const { name, type, help, unit }: (typeof metrics)[MetricKey] & { readonly unit?: string } = metrics[key];
  lines.add(`# TYPE ${name} ${type}`);
  if (unit !== undefined) lines.add(`# UNIT ${name} ${unit}`);
  lines.add(`# HELP ${name} ${help}`);
}

function sample(lines: Lines, name: string, labels: Labels, value: number): void {
  const written = Object.entries(labels).map(([label, text]) => `${label}="${text}"`);
  lines.add(`${name}${written.length === 0 ? "" : `{${written.join(",")}}`} ${numberText(value)}`);
}

/** As the format wants it: no exponent that a reader might not know. Values are counts, or micros in seconds. */
const numberText = (value: number): string =>
  Number.isInteger(value) ? String(value) : value.toFixed(6).replace(/0+$/, "");

const levelOf: Readonly<Partial<Record<MetricKey, LevelName>>> = {
  term: "term",
  last: "last",
  commit: "commit",
  base: "base",
  lag: "lag",
  writes: "writes",
};
const sumOf: Readonly<Partial<Record<MetricKey, SumName>>> = {
  elections: "elections",
  won: "won",
  commits: "commits",
  entries: "entries",
  sent: "sent",
  bytes: "bytes",
  received: "received",
};
const up = statuses.indexOf("up");
const down = statuses.indexOf("down");

function tellServer(
  lines: Lines,
  key: MetricKey,
  { levels, sums, lostBy, latency }: ServerSeries,
  labels: Labels,
): void {
  const { name } = metrics[key];
  const [level, sum] = [levelOf[key], sumOf[key]];
  const status = levels.status.value;
  if (level !== undefined) {
    const { value } = levels[level];
    if (!Number.isNaN(value)) sample(lines, name, labels, value);
  } else if (sum !== undefined) sample(lines, `${name}_total`, labels, sums[sum].total);
  else if (key === "up") sample(lines, name, labels, status === up ? 1 : 0);
  else if (key === "state")
    for (const [number, role] of roles.entries())
      sample(
        lines,
        name,
        { ...labels, [name]: roleNames[role] },
        status !== down && levels.role.value === number ? 1 : 0,
      );
  else if (key === "lost")
    for (const [reason, count] of Object.entries(lostBy)) sample(lines, `${name}_total`, { ...labels, reason }, count);
  else if (key === "latency") {
    let cumulative = 0;
    for (const [bucket, count] of latency.counts.entries()) {
      cumulative += count;
      sample(lines, `${name}_bucket`, { ...labels, le: endText(bucketEnds[bucket]) }, cumulative);
    }
    sample(lines, `${name}_count`, labels, latency.count);
    sample(lines, `${name}_sum`, labels, latency.sum / microsPerSecond);
  }
}

/** As Prometheus writes names. */
const roleNames: Readonly<Record<(typeof roles)[number], string>> = {
  follower: "follower",
  preCandidate: "pre_candidate",
  candidate: "candidate",
  leader: "leader",
};

/** Of a bucket: "0.0025", "1.0", "+Inf". */
function endText(end: Micros | undefined): string {
  if (end === undefined) return "+Inf";
  const value = end / microsPerSecond;
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

function tellGroup(lines: Lines, key: MetricKey, { operations, open, leaderless }: GroupSeries, labels: Labels): void {
  const { name } = metrics[key];
  if (key === "leaderless") sample(lines, `${name}_total`, labels, leaderless / microsPerSecond);
  else if (key === "open") sample(lines, name, labels, open.value);
  else if (key === "operations")
    for (const outcome of outcomes) sample(lines, `${name}_total`, { ...labels, outcome }, operations[outcome].total);
}
