import type { Row } from "../../experiment/results.ts";
import type {
  ExperimentSource,
  ExperimentView,
  FromExperiment,
  RunView,
  ToExperiment,
} from "../../worker/protocol/experiment.ts";
import type { InputProblem } from "../../worker/protocol/requests.ts";

/** The parts of a Worker that are needed: a test brings its own. */
export interface ExperimenterLike {
  postMessage(message: ToExperiment): void;
  terminate(): void;
  onmessage: ((event: { readonly data: FromExperiment }) => void) | null;
  onerror: ((event: { readonly message?: string; preventDefault?(): void }) => void) | null;
}

type Opened =
  | { readonly ok: true; readonly view: ExperimentView }
  | { readonly ok: false; readonly problem: InputProblem };

/** Threads that do the runs of one experiment, the first of which also answers questions about it. */
export interface Pool {
  readonly size: number;
  /** What the source is; the runs of another one that are under way count no more. */
  open(source: ExperimentSource): Promise<Opened>;
  /** Has runs of the experiment with that text done, by their numbers, until there are none (true) or somebody says stop. */
  run(text: string, units: Iterator<number>, heard: (rows: readonly Row[]) => void): Promise<boolean>;
  /** What is under way is still done, and heard. */
  stop(): void;
  show(text: string, setting: number, seed: number): Promise<RunView>;
  end(): void;
}

/**
 * How many runs a thread takes at a time: so many that its answers come some five to ten times a second, since each of
 * them costs the page time. And how many such lots it has before it.
 */
const lot = { least: 1, first: 4, most: 32, within: 200 } as const;
const ahead = 2;

class Line {
  private readonly waiting = new Map<number, (message: FromExperiment) => void>();
  private asked = 0;

  constructor(
    private readonly thread: ExperimenterLike,
    failed: (reason: string) => void,
  ) {
    thread.onmessage = ({ data }) => {
      this.waiting.get(data.id)?.(data);
      this.waiting.delete(data.id);
    };
    thread.onerror = (event) => {
      event.preventDefault?.();
      failed(event.message ?? "a thread could not be loaded");
    };
  }

  ask<Ask extends ToExperiment>(message: Omit<Ask, "id">): Promise<FromExperiment> {
    const id = ++this.asked;
    const answer = new Promise<FromExperiment>((resolve) => this.waiting.set(id, resolve));
    this.thread.postMessage({ ...message, id } as Ask);
    return answer;
  }

  end(): void {
    this.thread.terminate();
  }
}

interface World {
  readonly spawn: () => ExperimenterLike;
  readonly now: () => number;
}

/** `failed`: a thread has died, and the pool with it. */
export function createPool({ spawn, now }: World, size: number, failed: (reason: string) => void): Pool {
  const lines: Line[] = [];
  const lineAt = (at: number): Line => (lines[at] ??= new Line(spawn(), failed));
  let wanted = 0;
  /** The text of what each thread has open. */
  const current = new Map<number, string>();

  /** The thread, once it has that open. */
  async function lineWith(text: string, at: number): Promise<Line> {
    const line = lineAt(at);
    if (current.get(at) !== text) {
      current.set(at, text);
      await line.ask<Extract<ToExperiment, { kind: "open" }>>({ kind: "open", source: { from: "text", text } });
    }
    return line;
  }

  interface Order {
    readonly text: string;
    readonly own: number;
    readonly units: Iterator<number>;
    readonly heard: (rows: readonly Row[]) => void;
  }
  async function work(at: number, { text, own, units, heard }: Order): Promise<void> {
    const line = await lineWith(text, at);
    const busy = async (): Promise<void> => {
      for (let most: number = lot.first; own === wanted; ) {
        const mine = taken(units, most);
        if (mine.length === 0) return;
        const asked = now();
        const done = await line.ask<Extract<ToExperiment, { kind: "run" }>>({ kind: "run", units: mine });
        if (done.kind === "ran") heard(done.rows);
        most = now() - asked < lot.within ? Math.min(lot.most, most * 2) : Math.max(lot.least, most / 2);
      }
    };
    await Promise.all(Array.from({ length: ahead }, busy));
  }

  return {
    size,
    async open(source) {
      wanted++;
      current.clear();
      const opened = await lineAt(0).ask<Extract<ToExperiment, { kind: "open" }>>({ kind: "open", source });
      if (opened.kind === "problem") return { ok: false, problem: opened.problem };
      if (opened.kind !== "opened") throw new Error(`expected what was opened, found ${opened.kind}`);
      current.set(0, opened.view.text);
      return { ok: true, view: opened.view };
    },
    async run(text, units, heard) {
      const own = ++wanted;
      await Promise.all(Array.from({ length: size }, (_, at) => work(at, { text, own, units, heard })));
      return own === wanted;
    },
    stop() {
      wanted++;
    },
    async show(text, setting, seed) {
      const line = await lineWith(text, 0);
      const shown = await line.ask<Extract<ToExperiment, { kind: "show" }>>({ kind: "show", setting, seed });
      if (shown.kind !== "shown") throw new Error(`expected a run, found ${shown.kind}`);
      return shown.run;
    },
    end() {
      wanted++;
      for (const line of lines) line?.end();
      lines.length = 0;
      current.clear();
    },
  };
}

function taken(units: Iterator<number>, most: number): number[] {
  const mine: number[] = [];
  while (mine.length < most) {
    const next = units.next();
    if (next.done) break;
    mine.push(next.value);
  }
  return mine;
}
