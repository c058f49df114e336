import type { Micros } from "../../base/units.ts";
import { linearizable } from "../../check/linearizability/linearizable.ts";
import { operationText, outcomeText } from "../../explain/messages.ts";
import { endName } from "../../scenario/names.ts";
import { operationsOf } from "../../world/operations.ts";
import type { ClientOperation } from "../../world/state/clients.ts";
import { callsAndEnds } from "./client-history.ts";
import type { Exporter, Range } from "./exporter.ts";
import { noteOf } from "./happenings.ts";
import { groupMark } from "./labels.ts";
import { seconds } from "./lines.ts";
import { type Life, Lives } from "./lives.ts";
import { walk } from "./walk.ts";

/**
 * The data of Porcupine's picture of a history (`visualizationData` in its visualization.go): a partition for each key,
 * the order that our search found, or the longest one, and beside it who led, who was down and what was done. Times in
 * nanoseconds.
 */
interface Annotation {
  readonly ClientId: number;
  readonly Tag: string;
  readonly Start: number;
  readonly End: number;
  readonly Description: string;
  readonly Details: string;
  readonly Annotation: true;
  readonly TextColor: string;
  readonly BackgroundColor: string;
}
interface Partition {
  readonly History: readonly Element[];
  readonly PartialLinearizations: readonly (readonly { readonly Index: number; readonly StateDescription: string }[])[];
  /** By place in the history: which of these is the longest that has it. */
  readonly Largest: Readonly<Record<string, number>>;
}
interface Element {
  readonly ClientId: number;
  readonly Start: number;
  readonly End: number;
  readonly Description: string;
}

const nanos = (at: Micros): number => at * 1000;
/** Operations that are looked at by the search, and annotations. */
const searchMost = 300_000;
const annotationsMost = 5000;

export const porcupine: Exporter = {
  name: "porcupine",
  title: "Porcupine picture",
  purpose:
    "The clients' history, an order that explains it, faults and leaders, as data for Porcupine's visualization.",
  group: "judges",
  ending: ".porcupine.json",
  type: "application/json",
  *write(run, range) {
    const beside: Annotation[] = [];
    const lives = new Lives();
    const { world, to } = yield* walk(run, range, {
      begin: (first) => lives.look(first, range.from),
      fact: (fact) => {
        const note = noteOf(fact);
        if (note?.server === 0 || fact.kind === "violated")
          beside.push(
            annotation(fact.kind === "violated" ? endName(fact.server) : "Acts", fact.at, fact.at, note!.text),
          );
      },
      after: (now) => lives.look(now),
    });
    const operations = operationsOf(world).filter(({ calledAt }) => calledAt >= range.from && calledAt <= to);
    const all = [...beside, ...lives.finish(to).flatMap((life) => lived(life, run.setup.groups > 1))];
    const Annotations = [...all.slice(0, annotationsMost), ...failures(operations)];
    const data = { Partitions: partitions(operations, { from: range.from, to }), Annotations };
    return { text: `${json(data)}\n`, cut: notes(range, all.length) };
  },
};

function notes({ from }: Range, annotations: number): string {
  const late = from === 0 ? [] : [`No order is given: what was called before ${seconds(from)} is left out.`];
  const many =
    annotations <= annotationsMost ? [] : [`Of ${annotations} annotations the first ${annotationsMost} are given.`];
  return [...late, ...many].join(" ");
}

/** An element or annotation a line. */
function json({
  Partitions,
  Annotations,
}: {
  Partitions: readonly Partition[];
  Annotations: readonly Annotation[];
}): string {
  const listed = (items: readonly unknown[]): string =>
    items.length === 0 ? "[]" : `[\n${items.map((item) => JSON.stringify(item)).join(",\n")}\n]`;
  const parts = Partitions.map(
    ({ History, PartialLinearizations, Largest }) =>
      `{"History":${listed(History)},\n"PartialLinearizations":${listed(PartialLinearizations)},\n"Largest":${JSON.stringify(Largest)}}`,
  );
  return `{"Partitions":[${parts.join(",\n")}],\n"Annotations":${listed(Annotations)}}`;
}

const colors = {
  leader: { TextColor: "#1e3a8a", BackgroundColor: "#dbeafe" },
  down: { TextColor: "#7f1d1d", BackgroundColor: "#fee2e2" },
  paused: { TextColor: "#713f12", BackgroundColor: "#fef3c7" },
  plain: { TextColor: "", BackgroundColor: "" },
} as const;

function annotation(
  Tag: string,
  start: Micros,
  end: Micros,
  Description: string,
  color: keyof typeof colors = "plain",
  Details = "",
): Annotation {
  const [Start, End] = [nanos(start), nanos(end)];
  return { ClientId: 0, Tag, Start, End, Description, Details, Annotation: true, ...colors[color] };
}

function lived({ server, group, term, role, status, from, to }: Life, named: boolean): readonly Annotation[] {
  const tag = `${endName(server)}${named ? ` ${groupMark(group).slice(0, -2)}` : ""}`;
  const details = `${seconds(from)} to ${seconds(to)}`;
  if (status !== "up") return [annotation(tag, from, to, status, status, details)];
  return role === "leader" ? [annotation(tag, from, to, `leader of term ${term}`, "leader", details)] : [];
}

/** What certainly was not executed is no part of a history, and beside it. */
function failures(operations: readonly ClientOperation[]): readonly Annotation[] {
  return operations
    .filter(({ outcome }) => outcome === "failed")
    .map(({ client, operation, calledAt, endedAt }) =>
      annotation(`C${client} not executed`, calledAt, endedAt ?? calledAt, operationText(operation)),
    );
}

/** Each key apart, which is the same: an order of all exists exactly if one of each does. */
function partitions(operations: readonly ClientOperation[], { from, to }: Range): readonly Partition[] {
  const processes = new Map(
    callsAndEnds(operations).map(({ operation, process }) => [operation.number, process] as const),
  );
  const counted = operations.filter(({ outcome }) => outcome !== "failed");
  const found = new Map(
    from === 0 ? linearizable(counted, searchMost).keys.map((each) => [each.key, each.order] as const) : [],
  );
  const keys = [...new Set(counted.map(({ operation }) => operation.key))].sort();
  return keys.map((key) => {
    const own = counted.filter(({ operation }) => operation.key === key);
    const places = new Map(own.map(({ number }, place) => [number, place] as const));
    const order = (found.get(key) ?? []).map(({ number, state }) => {
      return {
        Index: places.get(number)!,
        StateDescription: state === null ? `${key} has no value` : `${key} = ${state}`,
      };
    });
    return {
      History: own.map((operation) => element(operation, processes.get(operation.number)!, to)),
      PartialLinearizations: order.length === 0 ? [] : [order],
      Largest: Object.fromEntries(order.map(({ Index }) => [Index, 0] as const)),
    };
  });
}

/** Of unknown outcome: it may take effect until the end. */
function element(
  { operation, outcome, value, calledAt, endedAt }: ClientOperation,
  ClientId: number,
  to: Micros,
): Element {
  const answered = outcome === "ok" && endedAt !== null;
  const Description = answered ? outcomeText(operation, value) : `${operationText(operation)}: outcome unknown`;
  return { ClientId, Start: nanos(calledAt), End: nanos(answered ? endedAt : to), Description };
}
