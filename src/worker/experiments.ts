import { failure, type Result, success } from "../base/result.ts";
import type { Micros } from "../base/units.ts";
import { bandsOf, wordsOf } from "../experiment/bands.ts";
import type { Experiment } from "../experiment/experiment.ts";
import { parseExperiment, readExperiment, runOf, settingsOf, writeExperiment } from "../experiment/format.ts";
import { happensOf, sameOf } from "../experiment/happens.ts";
import { noExperiment, readyExperiments } from "../experiment/ready/index.ts";
import { rowOf } from "../experiment/results.ts";
import { Units } from "../experiment/units.ts";
import { formatRecording, parseRecording } from "../scenario/format.ts";
import { readPayload, writePayload } from "../scenario/link.ts";
import type { InputProblem } from "../scenario/recording.ts";
import { looksLikeYaml } from "../scenario/yaml/looks.ts";
import type { ExperimentSource, ExperimentView, FromExperiment, RunView, ToExperiment } from "./protocol/experiment.ts";

type Part = <Loaded>(load: () => Promise<Loaded>) => Promise<Loaded>;

/** What a thread of experiments does: it has one open, and runs of it. */
export class Bench {
  private units: Units | null = null;

  /** `part`: how the thread fetches code that it needs late. */
  constructor(private readonly part: Part) {}

  async answer(asked: ToExperiment): Promise<FromExperiment> {
    const { id } = asked;
    switch (asked.kind) {
      case "open": {
        const opened = await this.open(asked.source);
        return opened.ok
          ? { kind: "opened", id, view: opened.value }
          : { kind: "problem", id, problem: opened.problem };
      }
      case "run":
        return { kind: "ran", id, rows: asked.units.map((unit) => rowOf(this.opened.run(unit))) };
      case "show":
        return { kind: "shown", id, run: this.show(asked.setting, asked.seed) };
    }
  }

  private get opened(): Units {
    if (this.units === null) throw new Error("no experiment is open");
    return this.units;
  }

  private async open(source: ExperimentSource): Promise<Result<ExperimentView, InputProblem>> {
    const read = await readSource(source, this.part);
    if (!read.ok) return read;
    const settings = settingsOf(read.value);
    if (!settings.ok) return settings;
    this.units = new Units(read.value, settings.value);
    return success(await viewOf(this.units));
  }

  private show(setting: number, seed: number): RunView {
    const tried = this.opened.tried(setting, seed);
    const { setup, actions, outcome } = tried;
    const { experiment, settings } = this.opened;
    const { label, recording } = settings[setting]!;
    const title = `${experiment.title}${label === "" ? "" : `, ${label}`}, seed ${seed}`;
    const view = { at: outcome.at, select: "", speed: 0.05, play: false };
    const own = { ...recording, title, preset: "", setup, actions, bookmarks: [], view, end: outcome.at };
    const { begun, at } = outcome;
    const bands = bandsOf(tried);
    return { setting, seed, recording: formatRecording(own), begun, at, bands, words: wordsOf(bands, outcome) };
  }
}

async function readSource(source: ExperimentSource, part: Part): Promise<Result<Experiment, InputProblem>> {
  switch (source.from) {
    case "ready": {
      const ready = readyExperiments.find(({ id }) => id === source.id);
      return ready === undefined
        ? failure({ field: "experiment", message: noExperiment(source.id) })
        : readExperiment(ready.experiment);
    }
    case "text":
      return looksLikeYaml(source.text)
        ? (await part(() => import("../experiment/yaml.ts"))).parseExperimentYaml(source.text)
        : parseExperiment(source.text);
    case "link": {
      const read = await readPayload(source.payload);
      return read.ok ? readExperiment(read.value) : read;
    }
    case "run":
      return ofRun(source.text, source.at);
  }
}

/** What is asked of a run where nobody has said it yet. */
function ofRun(text: string, at: Micros | null): Result<Experiment, InputProblem> {
  const read = parseRecording(text);
  if (!read.ok) return read;
  const { title, setup } = read.value;
  const broken = setup.bugs.length > 0;
  const name = title === "" ? "This run" : title;
  return readExperiment({
    format: "driftwood-experiment",
    version: 1,
    title: at === null ? `${name}, again and again` : `${name}, from here`,
    notes:
      at === null
        ? "The same set-up and acts with other seeds. What usually happens?"
        : "Chance falls anew from this moment on. What may still come?",
    run: runOf(read.value),
    ...(at === null ? {} : { fromMs: at / 1000 }),
    measure: broken ? { what: "chance", that: "violation" } : { what: "time", until: "leader" },
    runs: 200,
    giveUpMs: 5000,
  });
}

async function viewOf({ experiment, settings }: Units): Promise<ExperimentView> {
  const json = writeExperiment(experiment);
  const { title, notes, source, measure, vary, runs, firstSeed, giveUp, from } = experiment;
  const [first] = settings;
  return {
    text: `${JSON.stringify(json, null, 2)}\n`,
    json,
    payload: await writePayload(json),
    title,
    notes,
    source,
    measure: { what: measure.what, title: measure.title, unit: measure.unit },
    factors: vary.map(({ title, set, labels }) => ({ title, set, labels })),
    settings: settings.map(({ label, values }) => ({ label, values })),
    runs,
    firstSeed,
    giveUp,
    from,
    same: sameOf(experiment, first!),
    happens: happensOf(experiment, first!),
    bugs: first!.recording.setup.bugs.map((bug) => bug.title),
  };
}
