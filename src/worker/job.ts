import type { Progress, Work } from "../history/work.ts";

/** The thread's time, as a job sees it: a test brings its own. */
export interface Pace {
  /** In milliseconds. */
  now(): number;
  /** Lets the thread read its mail and say that it is alive. */
  breathe(): Promise<void>;
}
const wallTime: Pace = {
  now: () => performance.now(),
  breathe: () => new Promise((resolve) => setTimeout(resolve, 0)),
};

/** Milliseconds between two breaths, so that neither a frame nor a word of life has to wait for long. */
export const sliceMillis = 25;
/** Milliseconds after which a job begins to tell how far it is, and between two times that it does. */
const tellAfter = 250;
const tellEvery = 100;

/** Thrown through a job that was told to stop, and caught where the request is answered. */
export class Cancelled extends Error {}

/** `silent`: the thread may say nothing for so many milliseconds now, and is well all the same. */
type Told = Progress & { readonly silent?: number };

/**
 * What one request asks for, however long it takes: done in slices, between which it tells how far it is and may be
 * told to stop.
 */
export class Job {
  private breathed: number;
  private told: number;
  private cancelled = false;

  constructor(
    private readonly tell: (progress: Told) => void = () => {},
    private readonly pace: Pace = wallTime,
  ) {
    this.breathed = pace.now();
    this.told = this.breathed + tellAfter - tellEvery;
  }

  /** It stops at its next breath; one that needs none is done all the same. */
  cancel(): void {
    this.cancelled = true;
  }

  /** Throws `Cancelled` where the job was told to stop. */
  async run<Outcome>(work: Work<Outcome>): Promise<Outcome> {
    for (;;) {
      const step = work.next();
      if (step.done) return step.value;
      if (this.isDue()) await this.pass(step.value);
    }
  }

  /** Between two pieces of work that cannot be had as `Work`, for it waits for others: as between two of its steps. */
  async pass(progress: Progress): Promise<void> {
    if (!this.isDue()) return;
    this.report(progress);
    await this.breathe();
  }

  /** Before work that cannot be done in slices, and may take as long as that. */
  async beforeSilence(millis: number): Promise<void> {
    this.tell({ done: 1, of: 1, silent: millis });
    await this.breathe();
  }

  private isDue(): boolean {
    return this.pace.now() - this.breathed >= sliceMillis;
  }

  private async breathe(): Promise<void> {
    await this.pace.breathe();
    if (this.cancelled) throw new Cancelled("cancelled");
    this.breathed = this.pace.now();
  }

  private report(progress: Progress): void {
    const now = this.pace.now();
    if (now - this.told < tellEvery) return;
    this.told = now;
    this.tell(progress);
  }
}
