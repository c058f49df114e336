import { createStore } from "zustand/vanilla";
import type { Row } from "../../experiment/results.ts";
import type { ExperimentSource, ExperimentView, RunView } from "../../worker/protocol/experiment.ts";
import type { InputProblem } from "../../worker/protocol/requests.ts";
import { createPool, type ExperimenterLike, type Pool } from "./pool.ts";

type Rows = readonly (readonly Row[])[];

export interface ExperimentState {
  /** `done`: all runs are. */
  readonly status: "opening" | "ready" | "running" | "paused" | "done" | "failed";
  /** null: none was opened yet, or could not be. */
  readonly view: ExperimentView | null;
  /** What is wrong with what was to be opened last; the one before is still there. */
  readonly problem: InputProblem | null;
  /** Why it failed. */
  readonly words: string;
  /** By setting, in the order in which they came. Not to be changed; a new list each time that there are more. */
  readonly rows: Rows;
  /** Those of them that are in the table, and in the picture: both a moment behind while more come. */
  readonly listed: Rows;
  readonly drawn: Rows;
  readonly done: number;
  readonly of: number;
  readonly workers: number;
  /** Runs a second, of all threads; 0: not known yet. */
  readonly rate: number;
  /** The run that is looked at; `asked` is set while it is fetched. */
  readonly shown: RunView | null;
  readonly asked: { readonly setting: number; readonly seed: number } | null;
}

/**
 * What has come is told in parts, each in a frame of its own: what is known of some settings, that in the table, its
 * picture. Milliseconds between two of them at least; and in how many tellings every setting has its turn.
 */
const beat = 20;
const turns = 6;

const nothing: ExperimentState = {
  status: "opening",
  view: null,
  problem: null,
  words: "",
  rows: [],
  listed: [],
  drawn: [],
  done: 0,
  of: 0,
  workers: 1,
  rate: 0,
  shown: null,
  asked: null,
};

export interface ExperimentCommands {
  /** Shows an experiment, and does nothing yet. */
  open(source: ExperimentSource): Promise<void>;
  /** There is nothing to open, and why. */
  miss(message: string): void;
  /** What came of its runs at another time. */
  fill(rows: readonly Row[]): void;
  /** From the start, or on from where it was paused. */
  run(): void;
  pause(): void;
  /** Ends the runs; what came stays. */
  cancel(): void;
  /** Looks at one run. */
  show(setting: number, seed: number): Promise<void>;
  hide(): void;
  /** Ends everything, and forgets it. */
  close(): void;
}

interface World {
  readonly spawn: () => ExperimenterLike;
  /** How many threads there may be. */
  readonly threads: () => number;
  readonly now: () => number;
  /** Calls back as the first thing in a frame, no sooner than in so many milliseconds. What it returns takes that back. */
  readonly inFrame: (then: () => void, wait: number) => () => void;
}

/** One experiment at a time. Its runs go on while something else is on the page. */
export function createExperiment({ spawn, threads, now, inFrame }: World) {
  const store = createStore<ExperimentState>(() => nothing);
  let pool: Pool | null = null;
  /** The numbers of the runs that are still to be done. */
  let left: Iterator<number> | null = null;
  /** What nobody was told yet, by setting; those that wait longest come first. */
  const fresh = new Map<number, Row[]>();
  /** Takes back what is about to be told. */
  let untell: (() => void) | null = null;
  let spent = 0;
  let since = 0;
  /** Which experiment is open, counted: what comes of runs of another one counts no more. */
  let opened = 0;
  /** Runs were stopped for one that is being opened, and go on if it cannot be. */
  let interrupted = false;

  const state = (): ExperimentState => store.getState();

  function poolNow(): Pool {
    pool ??= createPool({ spawn, now }, Math.max(1, threads()), (reason) => {
      tellAll();
      end();
      store.setState({ status: "failed", words: reason, asked: null });
    });
    return pool;
  }
  function end(): void {
    pool?.end();
    pool = null;
    left = null;
    forget();
  }
  function forget(): void {
    untell?.();
    untell = null;
    fresh.clear();
  }

  function hear(more: readonly Row[]): void {
    for (const row of more) {
      const own = fresh.get(row[0]);
      if (own === undefined) fresh.set(row[0], [row]);
      else own.push(row);
    }
    if (untell === null) tell(0);
  }
  const parts = [
    () => tellRows(Math.ceil(state().rows.length / turns)),
    () => store.setState(({ rows }) => ({ listed: rows })),
    () => store.setState(({ rows }) => ({ drawn: rows })),
  ] as const;
  function tell(part: number): void {
    untell = inFrame(() => {
      untell = null;
      parts[part]!();
      if (part + 1 < parts.length) tell(part + 1);
      else if (fresh.size > 0) tell(0);
    }, beat);
  }
  /** Of so many settings. */
  function tellRows(most: number): void {
    const { rows: before, status } = state();
    const rows = before.slice();
    for (const [setting, more] of [...fresh].slice(0, most)) {
      fresh.delete(setting);
      rows[setting] = [...(rows[setting] ?? []), ...more];
    }
    const done = countIn(rows);
    const seconds = (spent + (status === "running" ? now() - since : 0)) / 1000;
    store.setState({ rows, done, rate: seconds > 0 ? done / seconds : 0 });
    if (status === "paused" && fresh.size === 0) store.setState({ status: resting() });
  }
  function tellAll(): void {
    tellRows(Number.POSITIVE_INFINITY);
    store.setState(allOf(state().rows));
    forget();
  }
  /** What it is while nothing runs. */
  function resting(): ExperimentState["status"] {
    const { view, done, of } = state();
    if (view === null) return "failed";
    return done === of ? "done" : left === null ? "ready" : "paused";
  }

  async function go(): Promise<void> {
    const { view } = state();
    if (view === null || left === null) return;
    since = now();
    store.setState({ status: "running" });
    const own = opened;
    if (!(await poolNow().run(view.text, left, (rows) => own === opened && hear(rows)))) return;
    tellAll();
    spent += now() - since;
    left = null;
    store.setState({ status: "done" });
  }

  const commands: ExperimentCommands = {
    async open(source) {
      if (state().status === "running") {
        interrupted = true;
        spent += now() - since;
      }
      store.setState({ status: "opening", problem: null, workers: poolNow().size });
      const found = await poolNow().open(source);
      // What is open already stays open, and keeps what came of it.
      if (!found.ok || found.view.payload === state().view?.payload) {
        tellAll();
        store.setState({ status: resting(), problem: found.ok ? null : found.problem });
        if (interrupted) void go();
        interrupted = false;
        return;
      }
      [interrupted, left] = [false, null];
      opened++;
      forget();
      const { view } = found;
      const of = view.runs * view.settings.length;
      store.setState({ ...nothing, ...allOf(noneIn(view)), status: "ready", view, of, workers: poolNow().size });
    },
    fill(known) {
      const { view, of } = state();
      if (view === null) return;
      const rows = view.settings.map((_, at) => known.filter(([setting]) => setting === at));
      const done = countIn(rows);
      store.setState({ ...allOf(rows), done, status: done === of ? "done" : "ready" });
    },
    run() {
      const { status, view } = state();
      if (view === null || status === "running" || status === "opening") return;
      if (status !== "paused") {
        forget();
        spent = 0;
        left = numbersUpTo(view.runs * view.settings.length);
        store.setState({ ...allOf(noneIn(view)), done: 0, rate: 0, shown: null, asked: null });
      }
      void go();
    },
    pause() {
      if (state().status !== "running") return;
      pool?.stop();
      spent += now() - since;
      store.setState({ status: "paused" });
    },
    cancel() {
      const { status, view } = state();
      if (view === null || (status !== "running" && status !== "paused")) return;
      tellAll();
      end();
      store.setState({ status: "ready", asked: null });
    },
    miss(message) {
      store.setState({ ...nothing, status: "failed", problem: { field: "", message } });
    },
    async show(setting, seed) {
      const { view } = state();
      if (view === null) return;
      store.setState({ asked: { setting, seed }, shown: null });
      const shown = await poolNow().show(view.text, setting, seed);
      const { asked } = state();
      if (asked?.setting === setting && asked.seed === seed) store.setState({ shown, asked: null });
    },
    hide: () => store.setState({ shown: null, asked: null }),
    close() {
      end();
      store.setState(nothing);
    },
  };
  return { store, commands };
}

const noneIn = ({ settings }: ExperimentView): Rows => settings.map(() => []);
const allOf = (rows: Rows): Pick<ExperimentState, "rows" | "listed" | "drawn"> => ({ rows, listed: rows, drawn: rows });
const countIn = (rows: Rows): number => rows.reduce((sum, own) => sum + own.length, 0);

function* numbersUpTo(count: number): Generator<number> {
  for (let n = 0; n < count; n++) yield n;
}
