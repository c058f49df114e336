import * as v from "valibot";
import type { Condition } from "../../scenario/condition/condition.ts";
import { messageOf } from "../../scenario/leaves.ts";
import { didYouMean } from "../../scenario/nearest.ts";
import { availability, disorder, latency, throughput } from "./clients.ts";
import { catchUp, commitLatency, commitRate, messagesPerCommit } from "./cluster.ts";
import { chance, elections, time } from "./conditions.ts";
import type { Gauge, MeasureKind, Unit, Watched } from "./measure.ts";

/** Everything that can be measured, by its name in a file. */
const kinds = {
  time,
  chance,
  elections,
  commitLatency,
  latency,
  throughput,
  commitRate,
  availability,
  messagesPerCommit,
  catchUp,
  disorder,
} as const;
export type MeasureName = keyof typeof kinds;
const measureNames = Object.keys(kinds) as readonly MeasureName[];

/** What an experiment measures. */
export interface Measure {
  readonly what: MeasureName;
  /** "time until: leader" */
  readonly title: string;
  readonly unit: Unit;
  readonly conditions: readonly Condition[];
  readonly begin: (watched: Watched) => Gauge;
  /** As the file has it. */
  readonly json: Readonly<Record<string, unknown>>;
}

function measureOf<Own>(what: MeasureName, kind: MeasureKind<Own>, own: Own, json: Measure["json"]): Measure {
  return {
    what,
    title: kind.title(own),
    unit: kind.unit,
    conditions: kind.conditions(own),
    begin: (watched) => kind.begin(own, watched),
    json,
  };
}

/** `{ "what": "time", "until": "leader" }`. */
export const measureSchema: v.GenericSchema<unknown, Measure> = v.pipe(
  v.unknown(),
  v.rawTransform<unknown, Measure>(({ dataset, addIssue, NEVER }) => {
    const json = dataset.value;
    const { what, ...fields }: Readonly<Record<string, unknown>> =
      typeof json === "object" && json !== null && !Array.isArray(json) ? { ...json } : {};
    const name = measureNames.find((each) => each === what);
    if (name === undefined) {
      const meant = typeof what === "string" ? didYouMean(what, measureNames) : "";
      addIssue({ message: `expected an object whose "what" is one of ${measureNames.join(", ")}${meant}` });
      return NEVER;
    }
    const kind: MeasureKind<unknown> = kinds[name] as MeasureKind<unknown>;
    const own = v.safeParse(kind.schema, fields);
    if (own.success) return measureOf(name, kind, own.output, { what: name, ...fields });
    for (const issue of own.issues)
      addIssue({ message: messageOf(issue), ...(issue.path === undefined ? {} : { path: issue.path }) });
    return NEVER;
  }),
);
