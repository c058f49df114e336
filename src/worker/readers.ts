import type { History } from "../history/history.ts";
import { readGameName } from "../scenario/game-name.ts";
import { readLessonName } from "../scenario/lesson-name.ts";
import type { Recording } from "../scenario/recording.ts";
import type { Diagrams } from "./diagram.ts";
import type { Explaining } from "./explaining.ts";
import type { Scorer } from "./game.ts";
import type { MetricsReader } from "./metrics.ts";
import { part } from "./part.ts";
import type { Sheets } from "./sheet.ts";
import type { Ticks } from "./ticks.ts";

/** Those who read a run for what the page asks of it. Each is fetched when it is asked first, and keeps what it has found out of the run. */
export class Readers {
  private sheetReader: Sheets | null = null;
  private diagramReader: Diagrams | null = null;
  private metricsReader: MetricsReader | null = null;
  private explainer: Explaining | null = null;
  private judge: Ticks | null = null;
  private keeper: Scorer | null = null;

  /** The run's branches are others. */
  forget(): void {
    this.sheetReader = this.diagramReader = this.metricsReader = this.explainer = this.keeper = null;
  }

  async sheets(run: History): Promise<Sheets> {
    const { Sheets } = await part(() => import("./sheet.ts"));
    if (this.sheetReader?.history !== run) this.sheetReader = new Sheets(run);
    return this.sheetReader;
  }

  async diagrams(run: History): Promise<Diagrams> {
    const { Diagrams } = await part(() => import("./diagram.ts"));
    if (this.diagramReader?.history !== run) this.diagramReader = new Diagrams(run);
    return this.diagramReader;
  }

  async metrics(run: History): Promise<MetricsReader> {
    const { MetricsReader } = await part(() => import("./metrics.ts"));
    if (this.metricsReader?.history !== run) this.metricsReader = new MetricsReader(run);
    return this.metricsReader;
  }

  /** Null: the run belongs to no step of a lesson. What it has judged it keeps, also where branches are renamed. */
  async ticks(run: History, preset: string): Promise<Ticks | null> {
    if (this.judge?.history === run) return this.judge;
    const name = readLessonName(preset);
    if (name === null) return null;
    const [{ Ticks }, { judgedIn }] = await part(() =>
      Promise.all([import("./ticks.ts"), import("../lesson/runs.ts")]),
    );
    const judged = judgedIn(name);
    this.judge = judged && new Ticks(run, judged.begins, judged.conditions);
    return this.judge;
  }

  /** Null: it is no run of the game. */
  async scorer(run: History, recording: Recording): Promise<Scorer | null> {
    if (readGameName(recording.preset) === null) return null;
    const { Scorer, openingOf } = await part(() => import("./game.ts"));
    if (this.keeper?.history !== run) this.keeper = new Scorer(run, openingOf(recording));
    return this.keeper;
  }

  async explaining(run: History): Promise<Explaining> {
    const { Explaining } = await part(() => import("./explaining.ts"));
    if (this.explainer?.history !== run) this.explainer = new Explaining(run);
    return this.explainer;
  }
}
