/** To the search's own thread. `servers` 0: the smallest cluster that shows the bugs. No bugs: the correct algorithm. */
export type ToSearch =
  | { readonly kind: "start"; readonly bugs: readonly string[]; readonly servers: number; readonly seconds: number }
  | { readonly kind: "pause" }
  /** For so many seconds more. */
  | { readonly kind: "resume"; readonly seconds: number }
  /** Says what was covered. */
  | { readonly kind: "stop" };
export interface SearchProgress {
  readonly phase: "breadth" | "random" | "shrinking" | "found" | "exhausted";
  /** Distinct states, and stories that were told at random. */
  readonly states: number;
  readonly stories: number;
  /** Coarse steps of the longest stories that have all been told. */
  readonly depth: number;
  /** Acts of the shortest story so far, and of the first that was found; 0: none. */
  readonly actions: number;
  readonly shrunkFrom: number;
  /** Spent searching. */
  readonly milliseconds: number;
}
export type FromSearch =
  | { readonly kind: "progress"; readonly progress: SearchProgress }
  | {
      readonly kind: "found";
      readonly progress: SearchProgress;
      readonly property: string;
      readonly detail: string;
      /** The story, one sentence for each coarse step. */
      readonly steps: readonly string[];
      /** The text of a file: an ordinary recording. */
      readonly recording: string;
    }
  | { readonly kind: "nothing"; readonly progress: SearchProgress; readonly coverage: string };
