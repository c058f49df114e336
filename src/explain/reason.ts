/** What the feed can be filtered by. */
export type FeedKind = "election" | "log" | "message" | "disk" | "client" | "fault" | "violation";
export type Values = readonly (readonly [name: string, value: string])[];

/** A rule in words, with the place where it is stated. */
export interface Reason {
  /** Section or figure of the extended paper ("§5.2"), of the dissertation ("D 9.6"), "etcd/raft"; "" if there is none. */
  readonly section: string;
  readonly text: string;
}
