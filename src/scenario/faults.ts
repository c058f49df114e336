import * as v from "valibot";
import type { NemesisAct } from "../world/acts.ts";
import { type FaultAct, type FaultName, faultNames, faultOf } from "../world/faults/index.ts";
import type { Parameter } from "../world/faults/parameters.ts";
import type { DirectedLink } from "../world/state/messages.ts";
import {
  anObject,
  complete,
  exactly,
  link,
  listOf,
  messageOf,
  milliRange,
  millis,
  oneOf,
  probability,
  server,
  whole,
} from "./leaves.ts";
import { limits } from "./limits.ts";
import { endName } from "./names.ts";

/** How faults stand in a file: made from what their table says of their parameters. */

type Json = Readonly<Record<string, unknown>>;

interface Field {
  /** What the parameter is called in a file: "forMs" for `for`, "driftPpm" for `drift`. */
  readonly field: string;
  readonly schema: v.GenericSchema<unknown, unknown>;
  readonly write: (value: never) => unknown;
}

const toMillis = (micros: number): number => micros / 1000;
const linkNames = ([from, to]: DirectedLink): readonly [string, string] => [endName(from), endName(to)];
const same = (value: unknown): unknown => value;

function fieldOf(name: string, parameter: Parameter): Field {
  switch (parameter.is) {
    case "server":
      return { field: name, schema: server, write: endName };
    case "servers":
      return {
        field: name,
        schema: listOf(server, limits.servers),
        write: (ids: readonly number[]) => ids.map(endName),
      };
    case "links": {
      const schema = listOf(link, 2 * limits.servers * limits.servers);
      return { field: name, schema, write: (links: readonly DirectedLink[]) => links.map(linkNames) };
    }
    case "groups": {
      const schema = listOf(listOf(server, limits.servers), limits.servers);
      return { field: name, schema, write: (sides: readonly number[][]) => sides.map((ids) => ids.map(endName)) };
    }
    case "time":
      return { field: `${name}Ms`, schema: millis(parameter.least, parameter.most), write: toMillis };
    case "times":
      return {
        field: `${name}Ms`,
        schema: milliRange(parameter.least, parameter.most),
        write: (times: readonly number[]) => times.map(toMillis),
      };
    case "chance":
      return { field: name, schema: probability, write: (ppm: number) => ppm / 1_000_000 };
    case "ppm":
      return { field: `${name}Ppm`, schema: whole(parameter.least, parameter.most), write: same };
    case "whole":
      return { field: name, schema: whole(parameter.least, parameter.most), write: same };
    case "raftGroup":
      return { field: name, schema: whole(1, limits.groups), write: same };
    case "choice":
      return { field: name, schema: oneOf(parameter.words.map(([word]) => word)), write: same };
  }
}

/** What a parameter is called in a file. */
export const fieldName = (name: string, parameter: Parameter): string => fieldOf(name, parameter).field;

const fieldsOf = (fault: FaultName): readonly (Field & { readonly name: string; readonly parameter: Parameter })[] =>
  Object.entries(faultOf(fault).parameters).map(([name, parameter]) => ({
    ...fieldOf(name, parameter),
    name,
    parameter,
  }));

type Entries = Record<string, v.GenericSchema<unknown, unknown>>;

/** An object with the fault's fields. `free`: all may be left out, and it has no end of its own. */
function entriesOf(fault: FaultName, free: boolean): Entries {
  const entries: Entries = {};
  for (const { field, schema, name, parameter } of fieldsOf(fault)) {
    if (free && name === "for") continue;
    entries[field] = free || parameter.optional ? (v.exactOptional(schema) as never) : schema;
  }
  return entries;
}

/** The fields by the names that they have in an act. */
function readFields(fault: FaultName, json: Json): Json {
  const present = fieldsOf(fault).filter(({ field }) => Object.hasOwn(json, field));
  return Object.fromEntries(present.map(({ name, field }) => [name, json[field]]));
}

function writeFields(fault: FaultName, values: Json): Json {
  const present = fieldsOf(fault).filter(({ name }) => values[name] !== undefined);
  return Object.fromEntries(present.map(({ name, field, write }) => [field, write(values[name] as never)]));
}

/** The form of a fault's act. The table says what fields it has; they are read one by one, so the act has its shape. */
export const faultForm = <Name extends FaultName>(name: Name) => ({
  schema: v.pipe(
    exactly(entriesOf(name, false)),
    v.rawTransform<Json, Extract<FaultAct, { readonly do: Name }>>(({ dataset, addIssue, NEVER }) => {
      const act = { do: name, ...readFields(name, dataset.value) } as Extract<FaultAct, { readonly do: Name }>;
      const problem = faultOf(name).wrong?.(act) ?? null;
      if (problem === null) return act;
      addIssue({ message: problem });
      return NEVER;
    }),
  ),
  write: ({ do: _, ...values }: FaultAct): Json => writeFields(name, values),
});

const nemesisEntries = {
  id: whole(1, limits.nemesis),
  fault: oneOf(faultNames),
  everyMs: milliRange(limits.nemesisMs, limits.runMs),
  forMs: v.exactOptional(milliRange(1, limits.runMs)),
  aim: v.exactOptional(oneOf(["leader"])),
};
const nemesisSchema = v.pipe(anObject, complete(nemesisEntries), v.looseObject(nemesisEntries));

/** Its own fields, and any of its fault's; those that are missing are left to chance. */
export const nemesisForm = {
  schema: v.pipe(
    nemesisSchema,
    v.rawTransform<v.InferOutput<typeof nemesisSchema>, NemesisAct>(({ dataset, addIssue, NEVER }) => {
      const { id, fault, everyMs, forMs, aim, ...rest } = dataset.value;
      const given = v.safeParse(exactly(entriesOf(fault, true)), rest);
      if (!given.success) {
        for (const issue of given.issues)
          addIssue({ message: messageOf(issue), ...(issue.path === undefined ? {} : { path: issue.path }) });
        return NEVER;
      }
      const span = forMs === undefined ? {} : { for: forMs };
      const aimed = aim === undefined ? {} : { aim };
      return { do: "nemesis", id, fault, every: everyMs, ...span, ...aimed, given: readFields(fault, given.output) };
    }),
  ),
  write: ({ id, fault, every, for: span, aim, given }: NemesisAct): Json => ({
    id,
    fault,
    everyMs: every.map(toMillis),
    ...(span === undefined ? {} : { forMs: span.map(toMillis) }),
    ...(aim === undefined ? {} : { aim }),
    ...writeFields(fault, given),
  }),
};
