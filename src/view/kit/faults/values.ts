import type { ServerId } from "../../../base/units.ts";
import { toMicros } from "../../../store/run-settings.ts";
import type { FaultView } from "../../../worker/protocol/faults.ts";
import type { DirectedLink } from "../../../world/state/messages.ts";
import type { Scene } from "./scene.ts";

/** What stands in the fields of a fault's form. Times in milliseconds, chances in percent: as people say them. */
export type FieldValue =
  | { readonly is: "server"; readonly server: ServerId }
  | { readonly is: "servers"; readonly servers: readonly ServerId[] }
  | { readonly is: "links"; readonly which: LinkChoice; readonly from: ServerId; readonly to: ServerId }
  | { readonly is: "groups"; readonly groups: readonly (readonly ServerId[])[] }
  /** null: left out. */
  | { readonly is: "number"; readonly number: number | null }
  | { readonly is: "pair"; readonly pair: readonly [number, number] }
  /** null: left out. */
  | { readonly is: "word"; readonly word: string | null };
/** `all`: every link between servers. `of`: every link of the server `from`. */
export type LinkChoice = "all" | "both" | "one" | "of";
export type FieldValues = Readonly<Record<string, FieldValue>>;
export type Parameter = FaultView["parameters"][string];

/** Whether there is anything to say in it. */
export const isAsked = (parameter: Parameter, { raftGroups }: Scene): boolean =>
  parameter.is !== "raftGroup" || raftGroups > 1;

/**
 * Sensible first values: on what is selected, and for as long as the fault's own table says. What may be left out is,
 * but for its length and its links; where one of several has to be there, the first is.
 */
export function firstValues(fault: Pick<FaultView, "parameters" | "needsOne">, scene: Scene): FieldValues {
  const { parameters, needsOne } = fault;
  const names = Object.keys(parameters);
  const spare = names.filter((name) => {
    const { is, optional } = parameters[name]!;
    return name !== "for" && optional && (is !== "raftGroup" || scene.raftGroups === 1);
  });
  const left = new Set(needsOne ? spare.slice(1) : spare);
  return Object.fromEntries(
    names.map((name) => {
      const value = firstValue(parameters[name]!, scene);
      return [name, left.has(name) ? leftOut(value) : value];
    }),
  );
}

function leftOut(value: FieldValue): FieldValue {
  if (value.is === "number") return { is: "number", number: null };
  return value.is === "word" ? { is: "word", word: null } : value;
}

/** `first` with the times, numbers and words that were chosen the last time; whom it meets comes from what is selected now. */
export function recalled(first: FieldValues, chosen: FieldValues | undefined): FieldValues {
  const kept = Object.entries(first).map(([name, value]): [string, FieldValue] => {
    const before = chosen?.[name];
    const isTarget = value.is === "server" || value.is === "servers" || value.is === "links" || value.is === "groups";
    return [name, before === undefined || before.is !== value.is || isTarget ? value : before];
  });
  return Object.fromEntries(kept);
}

export function firstValue(parameter: Parameter, scene: Scene): FieldValue {
  const { servers, server, link, groups } = scene;
  switch (parameter.is) {
    case "server":
      return { is: "server", server };
    case "servers":
      return { is: "servers", servers: [server] };
    case "links": {
      const [from, to] = link ?? [server, servers.find((id) => id !== server) ?? server];
      return { is: "links", which: link === null ? (parameter.optional ? "all" : "of") : "both", from, to };
    }
    case "groups":
      return { is: "groups", groups };
    case "raftGroup":
      return { is: "number", number: scene.raftGroup };
    case "time":
    case "whole":
      return { is: "number", number: parameter.initial };
    case "ppm":
      return { is: "number", number: parameter.initial / 10_000 };
    case "chance":
      return { is: "number", number: parameter.initial * 100 };
    case "times":
      return { is: "pair", pair: parameter.initial };
    case "choice":
      return { is: "word", word: parameter.initial };
  }
}

/** The act that the form asks for, or why it is none yet. */
export type Made = { readonly act: { readonly do: string } } | { readonly problem: string };

export function actOf(
  { name, parameters }: Pick<FaultView, "name" | "parameters">,
  values: FieldValues,
  scene: Scene,
): Made {
  const act: Record<string, unknown> = { do: name };
  for (const [field, parameter] of Object.entries(parameters)) {
    const value = values[field];
    if (value === undefined) continue;
    const problem = problemOf(parameter, value);
    if (problem !== null) return { problem };
    const made = fieldOf(parameter, value, scene);
    if (made !== undefined) act[field] = made;
  }
  return { act: act as { readonly do: string } };
}

/** What a nemesis is given of the fault's parameters: those that have a value here, all links one by one. */
export function givenOf(
  { name, parameters }: Pick<FaultView, "name" | "parameters">,
  values: FieldValues,
  scene: Scene,
): { readonly given: Readonly<Record<string, unknown>> } | { readonly problem: string } {
  const made = actOf({ name, parameters }, values, scene);
  if ("problem" in made) return made;
  const given = Object.fromEntries(Object.entries(made.act).filter(([field]) => field !== "do"));
  const everywhere = Object.entries(values).filter(([, value]) => value.is === "links" && value.which === "all");
  return { given: { ...given, ...Object.fromEntries(everywhere.map(([field]) => [field, everyLink(scene)])) } };
}

const everyLink = ({ servers }: Scene): DirectedLink[] =>
  servers.flatMap((from) => servers.flatMap((to): DirectedLink[] => (from === to ? [] : [[from, to]])));

/**
 * What stands in the field for what an act has there (undefined: it was left out): the inverse of `actOf`. Null where no
 * field can say it.
 */
export function valueFrom(parameter: Parameter, given: unknown, scene: Scene): FieldValue | null {
  const value = given === undefined ? nothingIn(parameter, scene) : readValue(parameter, given, scene);
  const said = value === null ? null : fieldOf(parameter, value, scene);
  return value !== null && sameSaid(said, given) ? value : null;
}

/** Links are a set. */
const sameSaid = (a: unknown, b: unknown): boolean => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
const sorted = (said: unknown): unknown => (Array.isArray(said) ? said.map((one) => JSON.stringify(one)).sort() : said);

function nothingIn(parameter: Parameter, scene: Scene): FieldValue {
  const first = firstValue(parameter, scene);
  return first.is === "links" ? { ...first, which: "all" } : leftOut(first);
}

function readValue(parameter: Parameter, given: unknown, scene: Scene): FieldValue | null {
  switch (parameter.is) {
    case "server":
      return { is: "server", server: given as ServerId };
    case "servers":
      return someOf(given as readonly ServerId[]);
    case "links":
      return linksFrom(given as readonly DirectedLink[], scene);
    case "groups":
      return groupsFrom(given as readonly (readonly ServerId[])[], scene);
    case "raftGroup":
    case "whole":
      return { is: "number", number: given as number };
    case "time":
      return { is: "number", number: (given as number) / 1000 };
    case "ppm":
    case "chance":
      return { is: "number", number: (given as number) / 10_000 };
    case "times": {
      const [least, most] = given as readonly [number, number];
      return { is: "pair", pair: [least / 1000, most / 1000] };
    }
    case "choice":
      return { is: "word", word: given as string };
  }
}

const someOf = (servers: readonly ServerId[]): FieldValue | null =>
  servers.length > 0 ? { is: "servers", servers } : null;

/** Its field has so many sides, and everybody is on one of them. */
const sidesMost = 3;
const groupsFrom = (groups: readonly (readonly ServerId[])[], { servers }: Scene): FieldValue | null =>
  groups.length <= sidesMost && servers.every((id) => groups.some((group) => group.includes(id)))
    ? { is: "groups", groups }
    : null;

/** The choice that stands for exactly these links, seen from either end of the first. */
function linksFrom(links: readonly DirectedLink[], scene: Scene): FieldValue | null {
  const [[from, to] = [0, 0]] = links;
  const choices = (["one", "both", "of"] as const).flatMap((which) => [
    { is: "links", which, from, to } as const,
    { is: "links", which, from: to, to: from } as const,
  ]);
  return choices.find((choice) => sameSaid(linksOf(choice, scene), links)) ?? null;
}

function fieldOf(parameter: Parameter, value: FieldValue, scene: Scene): unknown {
  switch (value.is) {
    case "server":
      return value.server;
    case "servers":
      return value.servers;
    case "links":
      return linksOf(value, scene);
    case "groups":
      return value.groups.filter((group) => group.length > 0);
    case "pair":
      return value.pair.map(toMicros);
    case "word":
      return value.word ?? undefined;
    case "number":
      if (value.number === null) return undefined;
      if (parameter.is === "time") return toMicros(value.number);
      if (parameter.is === "whole" || parameter.is === "raftGroup") return value.number;
      return Math.round(value.number * 10_000);
  }
}

/** undefined: all of them, which nobody has to list. */
function linksOf(
  { which, from, to }: Extract<FieldValue, { is: "links" }>,
  { servers }: Scene,
): DirectedLink[] | undefined {
  switch (which) {
    case "all":
      return undefined;
    case "one":
      return [[from, to]];
    case "both":
      return [
        [from, to],
        [to, from],
      ];
    case "of":
      return servers
        .filter((id) => id !== from)
        .flatMap((id): DirectedLink[] => [
          [from, id],
          [id, from],
        ]);
  }
}

function problemOf(parameter: Parameter, value: FieldValue): string | null {
  const named = (problem: string): string => `${parameter.title}: ${problem}`;
  if (value.is === "servers" && value.servers.length === 0) return named("choose at least one");
  if (value.is === "links" && value.which !== "all" && value.which !== "of" && value.from === value.to)
    return named("a link joins two servers");
  if (value.is === "groups" && value.groups.filter((group) => group.length > 0).length < 2)
    return named("there is only one group");
  if (value.is === "pair") return pairProblem(parameter, value.pair, named);
  if (value.is === "number") return numberProblem(parameter, value.number, named);
  return null;
}

function pairProblem(
  parameter: Parameter,
  [least, most]: readonly [number, number],
  named: (text: string) => string,
): string | null {
  if (least > most) return named("the first time may not be longer than the second");
  return numberProblem(parameter, least, named) ?? numberProblem(parameter, most, named);
}

function numberProblem(parameter: Parameter, number: number | null, named: (text: string) => string): string | null {
  if (number === null) return parameter.optional ? null : named("a number is missing");
  const [least, most] = boundsOf(parameter);
  if (!Number.isFinite(number) || number < least || number > most) return named(`from ${least} to ${most}`);
  return parameter.is === "whole" && !Number.isInteger(number) ? named("a whole number") : null;
}

/** In the form's units. */
export function boundsOf(parameter: Parameter): readonly [number, number] {
  if (parameter.is === "chance") return [0, 100];
  if (parameter.is === "ppm") return [parameter.least / 10_000, parameter.most / 10_000];
  return "least" in parameter
    ? [parameter.least, parameter.most]
    : [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
}
