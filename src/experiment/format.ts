import * as v from "valibot";
import { failure, type Result, success } from "../base/result.ts";
import { actionSchema } from "../scenario/acts.ts";
import { boundsProblem } from "../scenario/bounds.ts";
import { problemOf, readRecording, writeRecording } from "../scenario/format.ts";
import { exactly, leaf, line, listOf, messageOf, milliRange, millis, oneOf, prose, whole } from "../scenario/leaves.ts";
import { limits as files } from "../scenario/limits.ts";
import type { InputProblem, Recording } from "../scenario/recording.ts";
import { readText } from "../scenario/text.ts";
import { formatVersion } from "../scenario/version.ts";
import type { Action } from "../world/acts.ts";
import type { Deed, Experiment, Factor, Setting, Whom } from "./experiment.ts";
import { limits } from "./limits.ts";
import { conditionSchema } from "./measures/conditions.ts";
import { measureSchema } from "./measures/index.ts";
import { labelOf, withField } from "./vary.ts";

/** The file `*.experiment.json`. What is read from outside is checked piece by piece, as recordings are. */

const version = 1;

const isRecord = (input: unknown): input is Readonly<Record<string, unknown>> =>
  typeof input === "object" && input !== null && !Array.isArray(input);

const runSchema = leaf("a run: the fields of a recording", (input) => (isRecord(input) ? input : undefined));

const factorSchema = v.pipe(
  exactly({
    title: line(1, files.line),
    set: v.pipe(
      line(1, files.line),
      v.regex(/^(?:run\.|happens\[|fromMs$|giveUpMs$)/, "expected a field of run or happens, fromMs or giveUpMs"),
    ),
    to: listOf(v.unknown(), limits.values),
    labels: v.exactOptional(listOf(line(1, files.word), limits.values)),
  }),
  v.check(({ to }) => to.length > 0, "expected at least one value in to"),
  v.check(({ to, labels }) => labels === undefined || labels.length === to.length, "expected a label for each value"),
  v.transform(({ title, set, to, labels }): Factor => ({ title, set, to, labels: labels ?? to.map(labelOf(set)) })),
);

const whoms = ["leader", "follower"] as const satisfies readonly Whom[];

/** An act as a recording has it, but for its time; its server may be one that is known later. */
const deedSchema: v.GenericSchema<unknown, Deed> = v.pipe(
  leaf('an act, such as { "once": "leader", "do": "crash", "server": "leader" }', (input) =>
    isRecord(input) ? input : undefined,
  ),
  v.rawTransform<Readonly<Record<string, unknown>>, Deed>(({ dataset, addIssue, NEVER }) => {
    const json = dataset.value;
    const { once, waitMs, ...act } = json;
    const whom = whomIn(act);
    const asked = once === undefined ? null : v.safeParse(conditionSchema, once);
    const wait = v.safeParse(milliRange(0, files.delayMs), waitMs ?? [0, 0]);
    const done = Object.keys(act).length === 0 ? null : v.safeParse(actionSchema, { ...named(act), atMs: 0 });
    for (const [field, issues] of [
      ["once", asked?.issues],
      ["waitMs", wait.issues],
      ["do", done?.issues],
    ] as const) {
      const [issue] = issues ?? [];
      if (issue === undefined) continue;
      const { path: [into] = [] } = issue;
      const key = field === "do" && into !== undefined ? String(into.key) : field;
      addIssue({
        message: messageOf(issue),
        path: [{ type: "object", origin: "value", input: json, key, value: json[key] }],
      });
      return NEVER;
    }
    return {
      once: asked === null ? null : (asked.output as NonNullable<Deed["once"]>),
      wait: wait.output as Deed["wait"],
      act: done === null ? null : (done.output as Action).act,
      whom,
      json,
    };
  }),
);

/** Whom an act is for, where that is known later: `"server": "leader"` or `"servers": ["leader"]`. */
function whomIn({ server, servers }: Readonly<Record<string, unknown>>): Whom | null {
  const said = Array.isArray(servers) && servers.length === 1 ? (servers[0] as unknown) : server;
  return whoms.find((each) => each === said) ?? null;
}

/** The act with a name in that place. */
function named(act: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  if (whomIn(act) === null) return act;
  return act["servers"] === undefined ? { ...act, server: "S1" } : { ...act, servers: ["S1"] };
}

const fileSchema = exactly({
  format: oneOf(["driftwood-experiment"]),
  version: whole(version, version),
  title: line(1, files.line),
  notes: v.exactOptional(prose(files.notes)),
  source: v.exactOptional(line(0, files.line)),
  run: runSchema,
  fromMs: v.exactOptional(millis(0, files.runMs)),
  vary: v.exactOptional(listOf(factorSchema, 2)),
  happens: v.exactOptional(listOf(deedSchema, limits.deeds)),
  measure: measureSchema,
  runs: v.exactOptional(whole(1, limits.runs)),
  firstSeed: v.exactOptional(whole(0, 2 ** 31)),
  giveUpMs: v.exactOptional(millis(1, limits.giveUpMs)),
});
type FileJson = v.InferOutput<typeof fileSchema>;

/** Reads a file. A problem names the first field that is wrong, where it stands, and what was expected there. */
export function parseExperiment(text: string): Result<Experiment, InputProblem> {
  const read = readText(text);
  if (!read.ok) return read;
  const { json, placeOf } = read.value;
  const experiment = readExperiment(json);
  if (experiment.ok) return experiment;
  const { field, within } = experiment.problem;
  return failure({ ...experiment.problem, place: placeOf(field, within) });
}

/** As `parseExperiment`, from parsed JSON that nobody has looked at. */
export function readExperiment(json: unknown): Result<Experiment, InputProblem> {
  const bounds = boundsProblem(json);
  if (bounds !== null) return failure(bounds);
  const file = v.safeParse(fileSchema, json, { abortEarly: true });
  if (!file.success) return failure(problemOf(file.issues[0]));
  const experiment = build(file.output);
  const settings = settingsOf(experiment);
  return settings.ok ? success(experiment) : settings;
}

function build(file: FileJson): Experiment {
  return {
    title: file.title,
    notes: file.notes ?? "",
    source: file.source ?? "",
    run: file.run,
    vary: file.vary ?? [],
    deeds: file.happens ?? [],
    measure: file.measure,
    runs: file.runs ?? 100,
    firstSeed: file.firstSeed ?? 1,
    giveUp: file.giveUpMs ?? 10_000_000,
    from: file.fromMs ?? null,
  };
}

/** The file as JSON-safe data; `readExperiment` gives the same experiment again. */
export function writeExperiment({ title, notes, source, run, vary, deeds, measure, ...rest }: Experiment) {
  const { runs, firstSeed, giveUp, from } = rest;
  return {
    format: "driftwood-experiment",
    version,
    title,
    notes,
    ...(source === "" ? {} : { source }),
    run,
    ...(from === null ? {} : { fromMs: from / 1000 }),
    ...(vary.length === 0 ? {} : { vary: vary.map(({ title, set, to, labels }) => ({ title, set, to, labels })) }),
    ...(deeds.length === 0 ? {} : { happens: deeds.map(({ json }) => json) }),
    measure: measure.json,
    runs,
    firstSeed,
    giveUpMs: giveUp / 1000,
  };
}
export type ExperimentJson = ReturnType<typeof writeExperiment>;

/** A recording as the run of an experiment: what is only shown of it is left out. */
export function runOf(recording: Recording): Experiment["run"] {
  const {
    format: _,
    version: __,
    view: ___,
    bookmarks: ____,
    ...run
  } = writeRecording({
    ...recording,
    branches: [],
    branch: 0,
  });
  return run;
}

/** Every value of the first factor with every value of the second, in their order. */
export function settingsOf(experiment: Experiment): Result<readonly Setting[], InputProblem> {
  const { vary: _, ...whole } = writeExperiment(experiment);
  const [first, second] = experiment.vary;
  const places = (first?.to ?? [null]).flatMap((_, a) =>
    second === undefined ? [first === undefined ? [] : [a]] : second.to.map((__, b) => [a, b]),
  );
  const settings: Setting[] = [];
  for (const values of places) {
    const read = settingAt(whole, experiment.vary, values);
    if (!read.ok) return read;
    settings.push(read.value);
  }
  return success(settings);
}

function settingAt(whole: unknown, vary: Experiment["vary"], values: readonly number[]): Result<Setting, InputProblem> {
  let json = whole;
  for (const [at, { set, to }] of vary.entries()) {
    json = withField(json, set, to[values[at]!]);
    if (json === null) return failure({ field: `vary[${at}].set`, message: `there is no field "${set}"` });
  }
  const label = vary.map(({ labels }, at) => labels[values[at]!]!).join(", ");
  const wrong = ({ field, message }: InputProblem, where: string) =>
    vary.length === 0
      ? failure({ field: field === "" ? where : `${where}${where === "" ? "" : "."}${field}`, message })
      : failure({ field: "vary", message: `with ${label}: ${where}${where === "" ? "" : "."}${field} ${message}` });
  const file = v.safeParse(fileSchema, json, { abortEarly: true });
  if (!file.success) return wrong(problemOf(file.issues[0]), "");
  const { run, deeds, giveUp, from } = build(file.output);
  const recording = readRecording({ format: "driftwood", version: formatVersion, ...run });
  return recording.ok
    ? success({ values, label, recording: recording.value, deeds, giveUp, from })
    : wrong(recording.problem, "run");
}
