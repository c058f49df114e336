import { Metrics, outcomes } from "../../history/metrics/metrics.ts";
import { type MetricKey, metrics, sampleName } from "../../history/metrics/names.ts";
import type { LevelName, SumName } from "../../history/metrics/server.ts";
import { endName } from "../../scenario/names.ts";
import type { Exporter } from "./exporter.ts";
import { Lines } from "./lines.ts";

/** More rows are not written: each tells of more time then. */
const rowsMost = 2000;

const gauges = ["term", "last", "commit", "base", "lag", "writes"] as const satisfies readonly (LevelName &
  MetricKey)[];
const counters = [
  "elections",
  "won",
  "commits",
  "entries",
  "sent",
  "bytes",
  "received",
  "lost",
] as const satisfies readonly (SumName & MetricKey)[];

/** A row for each bin of time: counters count from the beginning of the run to its end, gauges are those at its end. */
export const csvMetrics: Exporter = {
  name: "csv-metrics",
  title: "Metrics over time as a table",
  purpose: "Every metric of every server along time, for a spreadsheet or a script.",
  group: "people",
  ending: ".metrics.csv",
  type: "text/csv",
  *write(run, { from, to }) {
    const index = new Metrics(run);
    yield* index.known(to);
    const { grid, groups } = index;
    const first = Math.min(grid.count - 1, Math.max(0, Math.floor(from / grid.step)));
    const each = Math.max(1, Math.ceil((grid.count - first) / rowsMost));
    const columns = groups.flatMap((group) => {
      const of = groups.length > 1 ? `group="${group.group}",` : "";
      const named = (key: MetricKey, label: string): string => `${sampleName(metrics[key])}{${of}${label}}`;
      const servers = group.servers.flatMap(({ server, levels, sums }) => [
        ...gauges.map((key) => ({
          name: named(key, `server="${endName(server)}"`),
          values: levels[key].last,
          adds: false,
        })),
        ...counters.map((key) => ({
          name: named(key, `server="${endName(server)}"`),
          values: sums[key].values,
          adds: true,
        })),
      ]);
      const operations = outcomes.map((outcome) => ({
        name: named("operations", `outcome="${outcome}"`),
        values: group.operations[outcome].values,
        adds: true,
      }));
      return [...servers, ...operations];
    });
    const lines = new Lines();
    lines.add(["time_us", ...columns.map(({ name }) => `"${name.replaceAll('"', '""')}"`)].join(","));
    const totals = columns.map(() => 0);
    for (let bin = 0; bin < grid.count; bin++) {
      for (const [place, { values, adds }] of columns.entries()) if (adds) totals[place]! += values[bin]!;
      const last = bin === grid.count - 1;
      if (bin < first || (!last && (bin - first + 1) % each !== 0)) continue;
      const at = last ? index.now : (bin + 1) * grid.step;
      const cells = columns.map(({ values, adds }, place) => (adds ? totals[place]! : values[bin]!));
      lines.add([at, ...cells.map((value) => (Number.isNaN(value) ? "" : value))].join(","));
    }
    return { text: lines.text(), cut: "" };
  },
};
