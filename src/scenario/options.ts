import * as v from "valibot";
import type { Micros } from "../base/units.ts";
import { type ProfileName, profiles, type RaftOptions } from "../raft/options.ts";
import { exactly, leaf, milliRange, millis, oneOf, truth } from "./leaves.ts";
import type { OptionJson, OptionKind, OptionRow } from "./option-kinds.ts";
import { type OptionName, optionNames, optionRows, optionsDiffering, reloadOf } from "./option-rows.ts";

/** Options read and written, by their rows. */

export const profileNames = Object.keys(profiles) as readonly ProfileName[];

/** Takes anything that a file may have there. */
function schemaOf({ kind, keys }: OptionRow): v.GenericSchema<unknown, Partial<RaftOptions>> {
  const [key, other] = keys as readonly [keyof RaftOptions, keyof RaftOptions];
  const set = <Value>() => v.transform((value: Value): Partial<RaftOptions> => ({ [key]: value }));
  switch (kind.is) {
    case "range":
      return v.pipe(
        milliRange(kind.least, kind.most),
        v.transform((both: readonly [Micros, Micros]) => ({ [key]: both[0], [other]: both[1] })),
      );
    case "time":
      return v.pipe(millis(kind.least, kind.most), set<Micros>());
    case "limit":
      return v.pipe(limited(kind), set<number>());
    case "flag":
      return v.pipe(truth, set<boolean>());
    case "choice":
      return v.pipe(oneOf(kind.words.map(([word]) => word)), set<string>());
  }
}

const limited = ({ least, most, noneIs }: Extract<OptionKind, { readonly is: "limit" }>) =>
  leaf(`a whole number from ${least} to ${most}, or null for no limit`, (input) =>
    input === null ? noneIs : readWhole(input, least, most),
  );
const readWhole = (input: unknown, least: number, most: number): number | undefined =>
  typeof input === "number" && Number.isInteger(input) && input >= least && input <= most ? input + 0 : undefined;

/** `problem`: why an option may not be there. */
const optionsBut = (problem: (name: string, row: OptionRow) => string | null) =>
  exactly(
    Object.fromEntries(
      Object.entries<OptionRow>(optionRows).map(([name, row]) => {
        const wrong = problem(name, row);
        return [name, v.exactOptional(wrong === null ? schemaOf(row) : refused(wrong))] as const;
      }),
    ),
    "option",
  );
const refused = (problem: string) => leaf<Partial<RaftOptions>>(problem, () => undefined);

const notAlone = (name: string, row: OptionRow): string | null => {
  const { shared } = reloadOf(row);
  return shared === undefined ? null : `no ${name} for one server alone: ${shared}`;
};
const fixed = (name: string, row: OptionRow): string | null => {
  const { takes, why } = reloadOf(row);
  return takes === "never" ? `no other ${name} in a run: ${why}` : null;
};

/** "options" in a file: each that is there becomes the part of the engine's options that it sets. */
export const optionsSchema = optionsBut(() => null);
/** "options" of one server: as those of the run, but for the ones that all servers must share. */
export const serverOptionsSchema = optionsBut(notAlone);
/** "options" that change while the run goes on, for all servers or for one. */
export const reloadSchema = optionsBut(fixed);
export const serverReloadSchema = optionsBut((name, row) => fixed(name, row) ?? notAlone(name, row));

/** What the parts of such options come to. */
export const partsOf = (parts: v.InferOutput<typeof serverOptionsSchema>): Partial<RaftOptions> =>
  Object.assign({}, ...Object.values(parts));

/** The options that somebody has for itself, over `base`, as a file has them. */
export function writeOwnOptions(own: Partial<RaftOptions>, base: RaftOptions): OptionsJson {
  const named = optionNames.filter((name) => optionRows[name].keys.some((key) => own[key] !== undefined));
  return Object.fromEntries(named.map((name) => [name, optionRows[name].write({ ...base, ...own })]));
}

/** On top of a profile's; throws what only a bug can make of options that were checked before. */
export const readOptions = (json: unknown, base: RaftOptions): RaftOptions =>
  withParts(v.parse(optionsSchema, json), base);

/** The parts are the table's own making: nothing of a file is merged. */
export const withParts = (parts: v.InferOutput<typeof optionsSchema>, base: RaftOptions): RaftOptions =>
  Object.assign({ ...base }, ...Object.values(parts));

/** A value for every option. */
export type OptionValues = Readonly<Record<OptionName, OptionJson>>;
export type OptionsJson = { readonly [Name in OptionName]?: OptionJson };

/** All options as a file has them. */
export const writeAllOptions = (options: RaftOptions): OptionValues =>
  Object.fromEntries(optionNames.map((name) => [name, optionRows[name].write(options)])) as Record<
    OptionName,
    OptionJson
  >;

/** Only those that differ. */
export function writeOptions(options: RaftOptions, base: RaftOptions): OptionsJson {
  const all = writeAllOptions(options);
  return Object.fromEntries(optionsDiffering(options, base).map((name) => [name, all[name]]));
}
