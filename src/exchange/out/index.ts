import { csv, csvOperations } from "./csv.ts";
import { csvMetrics } from "./csv-metrics.ts";
import { elle } from "./elle.ts";
import { etcdTrace } from "./etcd-trace.ts";
import type { Exporter } from "./exporter.ts";
import { itf } from "./itf.ts";
import { jepsen } from "./jepsen.ts";
import { mermaid } from "./mermaid.ts";
import { openmetrics } from "./openmetrics.ts";
import { otlp } from "./otlp.ts";
import { perfetto } from "./perfetto.ts";
import { porcupine } from "./porcupine.ts";
import { shiviz } from "./shiviz.ts";
import { svgAnimated } from "./svg-animated.ts";
import { text } from "./text.ts";
import { tla } from "./tla.ts";

/** Every format that a run goes out in, in the order in which they are offered. */
export const exporters: readonly Exporter[] = [
  // Pictures and traces.
  mermaid,
  svgAnimated,
  perfetto,
  shiviz,
  otlp,
  // What checkers read.
  jepsen,
  elle,
  porcupine,
  itf,
  tla,
  etcdTrace,
  // Tables, numbers and words.
  csv,
  csvOperations,
  csvMetrics,
  openmetrics,
  text,
];
