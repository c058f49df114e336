import { failure, type Result } from "../base/result.ts";
import type { InputProblem } from "../scenario/recording.ts";
import { fieldsOf } from "../scenario/yaml/read.ts";
import { readTree } from "../scenario/yaml/tree.ts";
import type { Experiment } from "./experiment.ts";
import { readExperiment } from "./format.ts";

/**
 * An experiment's file written as YAML, with the same names. Its run may be one as servers are configured, `raft.yaml`:
 * it is taken for that where a name has a `_`. What varies is named as the file of a run has it all the same
 * (`run.options.electionTimeoutMs`).
 */
export function parseExperimentYaml(text: string): Result<Experiment, InputProblem> {
  const tree = readTree(text);
  if (!tree.ok) return tree;
  const { json, placeOf } = tree.value;
  const read = readParts(json);
  return read.ok ? read : failure({ ...read.problem, place: placeOf(read.problem.field) });
}

function readParts(json: unknown): Result<Experiment, InputProblem> {
  const run: unknown = typeof json === "object" && json !== null ? Reflect.get(json, "run") : undefined;
  if (!isConfiguration(run)) return readExperiment(json);
  const inRun = (field: string): string => (field === "" ? "run" : `run.${field}`);
  const made = fieldsOf(run);
  if (!made.ok) return failure({ ...made.problem, field: inRun(made.problem.field) });
  const read = readExperiment({ ...(json as object), run: made.value.fields });
  if (read.ok || !read.problem.field.startsWith("run.")) return read;
  return failure({ ...read.problem, field: inRun(made.value.inYaml(read.problem.field.slice(4))) });
}

/** The file's own names have no such letter. */
const isConfiguration = (value: unknown): boolean =>
  typeof value === "object" &&
  value !== null &&
  Object.entries(value).some(([name, inner]) => name.includes("_") || isConfiguration(inner));
