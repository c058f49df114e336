import type { Experiment, Outcome, Setting } from "./experiment.ts";
import { type Start, startOf, type Tried, tryOnce } from "./trial.ts";

/**
 * The runs of an experiment in a row, counted from 0: one of each setting, then the next of each, so that all
 * settings grow together.
 */
export class Units {
  private readonly starts = new Map<number, Start | null>();

  constructor(
    readonly experiment: Experiment,
    readonly settings: readonly Setting[],
  ) {}

  get count(): number {
    return this.settings.length * this.experiment.runs;
  }

  run(unit: number): Outcome {
    return this.tried(unit % this.settings.length, this.experiment.firstSeed + Math.floor(unit / this.settings.length))
      .outcome;
  }

  /** With what it was made of, so that it can be opened. */
  tried(setting: number, seed: number): Tried {
    const own = this.settings[setting]!;
    let start = this.starts.get(setting);
    if (start === undefined) {
      start = startOf(own);
      this.starts.set(setting, start);
    }
    return tryOnce(this.experiment, own, setting, seed, start);
  }
}
