/** What can come of a moment, and in how many of all orders in which things may happen. */
export interface OutlookView {
  /** All orders of so many steps were looked at; fewer than asked for where there are too many states. */
  readonly steps: number;
  readonly orders: number;
  /** Of these nothing new has come. */
  readonly nothing: number;
  readonly states: number;
  /** The most frequent first. */
  readonly rows: readonly OutlookRowView[];
}
export interface OutlookRowView {
  /** "S2 leads term 4". */
  readonly text: string;
  readonly bad: boolean;
  readonly orders: number;
  /** A shortest way there: "S2 times out", "deliver RequestVote S2→S1". */
  readonly way: readonly string[];
}
