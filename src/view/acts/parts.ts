import type { ServerId } from "../../base/units.ts";
import { limits } from "../../scenario/limits.ts";
import type { OptionKind, OptionRow } from "../../scenario/option-kinds.ts";
import { optionRows } from "../../scenario/option-rows.ts";
import type { FaultView } from "../../worker/protocol/faults.ts";
import type { Act } from "../../world/acts.ts";
import type { Scene } from "../kit/faults/scene.ts";
import { actOf, type FieldValues, isAsked, type Parameter, valueFrom } from "../kit/faults/values.ts";

/** What of an act can be changed: its fields, each as it stands, and the act that they make. */
export interface Parts {
  readonly parameters: Readonly<Record<string, Parameter>>;
  readonly values: FieldValues;
  /** Key and value of a client's command. */
  readonly words: Words;
  readonly made: (values: FieldValues, words: Words) => Made;
}
export type Words = Readonly<Record<string, string>>;
type Made = { readonly act: Act } | { readonly problem: string };
type Said = Readonly<Record<string, unknown>>;

/** An act as the fields see it: `said` in the acts' own units; `build` puts what was changed back. */
interface Shape {
  readonly parameters: Readonly<Record<string, Parameter>>;
  readonly said: Said;
  readonly words?: Words;
  readonly build: (said: Said, words: Words) => Act;
}

/** What no field can say is not asked for, and stays. */
export function partsOf(act: Act, faults: readonly FaultView[], scene: Scene): Parts {
  const { parameters: all, said, words = {}, build } = shapeOf(act, faults);
  const known = Object.entries(all).flatMap(([name, parameter]) => {
    const value = valueFrom(parameter, said[name], scene);
    return value === null || !isAsked(parameter, scene) ? [] : [{ name, parameter, value }];
  });
  const parameters = Object.fromEntries(known.map(({ name, parameter }) => [name, parameter]));
  return {
    parameters,
    values: Object.fromEntries(known.map(({ name, value }) => [name, value])),
    words,
    made(values, typed) {
      const made = actOf({ name: "crash", parameters }, values, scene);
      if ("problem" in made) return made;
      const { do: _, ...changed } = made.act;
      const kept = Object.entries(said).filter(([name]) => !(name in parameters));
      return { act: build({ ...Object.fromEntries(kept), ...changed }, typed) };
    },
  };
}

function shapeOf(act: Act, faults: readonly FaultView[]): Shape {
  const { do: name, ...said } = act;
  const plain = (parameters: Shape["parameters"]): Shape => ({
    parameters,
    said,
    build: (changed) => ({ do: name, ...changed }) as Act,
  });
  switch (act.do) {
    case "timeout":
    case "heartbeat":
    case "compact":
    case "forget":
      return plain({ server });
    case "timer":
      return plain({ server, left: time("Time left", 150) });
    case "transfer":
      return plain({ server: { is: "server", title: "Asked" }, to: { is: "server", title: "Shall lead" } });
    case "members":
      return plain({ server: { is: "server", title: "Proposed to" } });
    case "delay":
      return plain({ by: time("Later by", 100) });
    case "load":
      return plain(loadParameters);
    case "nemesis":
      return plain({ every: times("Every"), ...(act.for === undefined ? {} : { for: times("For") }) });
    case "disk":
      return diskShape(act);
    case "options":
      return optionsShape(act);
    case "request":
      return requestShape(act);
    case "network":
      return networkShape(act);
    case "deliver":
    case "drop":
    case "duplicate":
    case "calm":
      return plain({});
    case "reseed":
      return plain({ seed: count("Seed", "", 0, 2 ** 32 - 1) });
    default:
      return plain(faults.find((fault) => fault.name === name)?.parameters ?? {});
  }
}

const server: Parameter = { is: "server", title: "Server" };
const time = (title: string, initial: number): Parameter => ({
  is: "time",
  title,
  least: 0,
  most: limits.delayMs,
  initial,
});
const times = (title: string): Parameter => ({ is: "times", title, least: 0, most: limits.runMs, initial: [1, 1] });
const count = (title: string, unit: string, least: number, most: number): Parameter => ({
  is: "whole",
  title,
  unit,
  least,
  most,
  initial: least,
});
const chance = (title: string): Parameter => ({ is: "chance", title, initial: 0 });
const loadParameters: Shape["parameters"] = {
  perSecond: count("Requests a second", "", 0, limits.load),
  clients: { ...count("Clients", "", 1, limits.clients), optional: true },
  reads: { ...count("Reads", "%", 0, 100), optional: true },
  keys: { ...count("Keys", "", 1, limits.keys), optional: true },
};

type ActOf<Kind extends Act["do"]> = Extract<Act, { readonly do: Kind }>;
type Pair = readonly [number, number];

function diskShape(act: ActOf<"disk">): Shape {
  const { disk, server: of } = act;
  return {
    parameters: { writes: times("A write takes"), ...(of === undefined ? {} : { server }) },
    said: { writes: [disk.writeMin, disk.writeMax], ...(of === undefined ? {} : { server: of }) },
    build({ writes, ...rest }) {
      const [writeMin, writeMax] = writes as Pair;
      return { do: "disk", disk: { writeMin, writeMax }, ...rest };
    },
  };
}

/** A field for each option, by its kind; a limit that is none stays so. */
function optionsShape(act: ActOf<"options">): Shape {
  const { options, server: of } = act;
  const values: Said = options;
  const given = Object.values<OptionRow>(optionRows).flatMap(({ title, kind, keys }) => {
    const field = optionField(title, kind, values[keys[0]!]);
    return field === null || values[keys[0]!] === undefined ? [] : [{ keys, kind, field }];
  });
  const said = given.map(({ keys, kind }) => [
    keys[0]!,
    kind.is === "range" ? keys.map((key) => values[key]) : word(values[keys[0]!]),
  ]);
  const whose = of === undefined ? {} : { server: of };
  return {
    parameters: {
      ...(of === undefined ? {} : { server }),
      ...Object.fromEntries(given.map(({ keys, field }) => [keys[0]!, field])),
    },
    said: { ...whose, ...Object.fromEntries(said) },
    build({ server: to, ...changed }) {
      const after = given.flatMap(({ keys, kind }) => {
        const value = changed[keys[0]!];
        if (kind.is === "range") return keys.map((key, end) => [key, (value as Pair)[end]]);
        return [[keys[0]!, kind.is === "flag" ? value === "on" : value]];
      });
      const rest = { ...options, ...Object.fromEntries(after) };
      return { do: "options", options: rest, ...(to === undefined ? {} : { server: to as ServerId }) };
    },
  };
}
const word = (value: unknown): unknown => (typeof value === "boolean" ? (value ? "on" : "off") : value);

function optionField(title: string, kind: OptionKind, value: unknown): Parameter | null {
  switch (kind.is) {
    case "flag":
      return {
        is: "choice",
        title,
        words: [
          ["on", "on"],
          ["off", "off"],
        ],
        initial: "on",
      } as Parameter;
    case "choice":
      return { is: "choice", title, words: kind.words, initial: kind.words[0]![0] } as Parameter;
    case "time":
      return time(title, 1);
    case "range":
      return times(title);
    case "limit":
      return value === kind.noneIs ? null : count(title, kind.unit, kind.least, kind.most);
  }
}

/** A mode has no fields; links have what a message meets on them. */
function networkShape(act: ActOf<"network">): Shape {
  const { link, do: _, ...rest } = act;
  if (link === undefined) return { parameters: {}, said: {}, build: () => act };
  const { latencyMin, latencyMax, loss, duplicate, bandwidth } = link;
  return {
    parameters: { latency: times("Takes"), loss: chance("Lost"), duplicate: chance("Twice") },
    said: { latency: [latencyMin, latencyMax], loss, duplicate },
    build(said) {
      const [least, most] = said["latency"] as Pair;
      const [lost, twice] = [said["loss"] as number, said["duplicate"] as number];
      return {
        do: "network",
        ...rest,
        link: { latencyMin: least, latencyMax: most, loss: lost, duplicate: twice, bandwidth },
      };
    },
  };
}

/** What kind of command it is stays; its key, its value and whom it asks may be others. */
function requestShape(act: ActOf<"request">): Shape {
  const { operation } = act;
  const value = "value" in operation ? { value: operation.value } : {};
  return {
    parameters: act.server === undefined ? {} : { server: { is: "server", title: "To" } },
    said: act.server === undefined ? {} : { server: act.server },
    words: { key: operation.key, ...value },
    build: (said, words) => ({ ...act, ...said, operation: { ...operation, ...words } }),
  };
}
