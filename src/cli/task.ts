import type { Outcome } from "../experiment/experiment.ts";
import { type ExperimentJson, readExperiment, settingsOf } from "../experiment/format.ts";
import { Units } from "../experiment/units.ts";
import { type FuzzPart, type FuzzWish, fuzzed } from "./fuzzed.ts";

/** What a pool of threads does, and its data: a thread has it from its start on, and then takes pieces of numbers. */
export type Task =
  | { readonly kind: "experiment"; readonly experiment: ExperimentJson }
  | { readonly kind: "fuzz"; readonly wish: FuzzWish; readonly seed: number };
interface Answers {
  readonly experiment: readonly Outcome[];
  readonly fuzz: FuzzPart;
}
export type Answer<Kind extends Task["kind"]> = Answers[Kind];

/** Does pieces of the task. The experiment has been read before, and is sound. */
export function opened(task: Task): (piece: readonly number[]) => Answers[Task["kind"]] {
  if (task.kind === "fuzz")
    return (piece) =>
      fuzzed(
        piece.map((n) => task.seed + n),
        task.wish,
      );
  const read = readExperiment(task.experiment);
  const settings = read.ok ? settingsOf(read.value) : read;
  if (!read.ok || !settings.ok) throw new Error("the experiment was not read before");
  const units = new Units(read.value, settings.value);
  return (piece) => piece.map((unit) => units.run(unit));
}
