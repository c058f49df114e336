import type { GroupId, Micros, ServerId } from "../../base/units.ts";
import type { MetricKey } from "../../history/metrics/names.ts";
import type { Being } from "../../history/traffic/traffic.ts";
import type { AlarmWords } from "../../why/alarm.ts";
import type { Position } from "./frame.ts";

export interface MetricsAsk {
  readonly from: Micros;
  readonly to: Micros;
  /** Nothing that comes later is told of. */
  readonly until: Micros;
  readonly group: GroupId;
  /** Pixels for that stretch, at most 600: no bin is narrower. */
  readonly width: number;
}

/** A stretch of the present branch, counted in bins of equal length. Bounded in size, however long it is. */
export interface Metrics {
  readonly branch: number;
  readonly group: GroupId;
  /** How far the branch is known. */
  readonly end: Position;
  /** The first bin begins here, at or before what was asked for, the next one `step` later; what lies beyond the end is not there. */
  readonly from: Micros;
  readonly step: Micros;
  readonly bins: number;
  /** Bins that stand together where a rate is told: wide enough for one. */
  readonly column: number;
  readonly servers: readonly ServerMetrics[];
  /** What a monitoring system calls each, and what it is. */
  readonly names: Readonly<Record<MetricKey, { readonly name: string; readonly help: string }>>;
  /** Of each column, in microseconds; -1: nothing was committed in it. Of all servers together. */
  readonly p50: readonly number[];
  readonly p99: readonly number[];
  /** Latencies are those of every so many entries: of all, where it is 1. */
  readonly sampled: number;
  readonly operations: Readonly<Record<"ok" | "failed" | "unknown", readonly number[]>>;
  readonly open: Levels;
  /** Those of the whole run that were over by `until`, and what they were about; and how many more there were. */
  readonly alarms: readonly (AlarmWords & { readonly from: Micros; readonly to: Micros })[];
  readonly alarmsLeftOut: number;
  /** As it is at the present place, which is after the beginning of the stretch; null: elsewhere. */
  readonly present: Present | null;
}

/** By bin: the least and the greatest, and what it was at the end. -1: there was no such thing. */
export interface Levels {
  readonly least: readonly number[];
  readonly most: readonly number[];
  readonly last: readonly number[];
}

export type LevelName = "term" | "last" | "commit" | "base" | "lag" | "writes";
export type SumName = "elections" | "won" | "commits" | "sent" | "bytes" | "lost";

export interface ServerMetrics {
  readonly server: ServerId;
  /** From the last change before the stretch on; each lasts to the next. A leader of less than a bin has one. */
  readonly spans: readonly (Pick<Being, "term" | "role" | "status"> & { readonly at: Micros })[];
  readonly levels: Readonly<Record<LevelName, Levels>>;
  readonly sums: Readonly<Record<SumName, readonly number[]>>;
  /** What had been counted when the stretch began. */
  readonly before: Readonly<Record<SumName, number>>;
  /** As `p50`, of what this server committed. */
  readonly p50: readonly number[];
}

/** What no bin tells to the moment. By server, in the order of `Metrics.servers`; -1: there is none. */
export interface Present {
  readonly position: Position;
  readonly lag: readonly number[];
  readonly writes: readonly number[];
  /** Elections that were started, up to here. */
  readonly elections: readonly number[];
  readonly open: number;
}
