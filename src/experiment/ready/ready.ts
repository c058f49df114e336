/** An experiment that is ready to be run: a file, under a name. */
export interface ReadyExperiment {
  /** In links and on the command line: "figure-16". */
  readonly id: string;
  /** What `readExperiment` reads. */
  readonly experiment: {
    readonly title: string;
    /** Two sentences: what happens, and what is asked. */
    readonly notes: string;
    readonly source: string;
    readonly [field: string]: unknown;
  };
}

/** What every file begins with. */
export const file = { format: "driftwood-experiment", version: 1 } as const;
