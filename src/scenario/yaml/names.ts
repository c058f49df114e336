import type { OptionRow } from "../option-kinds.ts";
import { type OptionName, optionNames, optionRows } from "../option-rows.ts";

/** The names of a configuration in YAML, and what a recording's file has for each. */

export type Shape =
  /** As the file has it. */
  | { readonly is: "plain" }
  /** "150ms". */
  | { readonly is: "time" }
  /** "150ms-300ms"; what one time alone says. */
  | { readonly is: "span"; readonly single: "exactly" | "up to twice" }
  /** A whole number, or none for no limit. */
  | { readonly is: "limit"; readonly what: string }
  /** Here in snake_case. */
  | { readonly is: "word"; readonly words: readonly string[] }
  | { readonly is: "section"; readonly names: Names }
  /** A number of servers, or a list of sections. */
  | { readonly is: "servers"; readonly names: Names };

export interface Row {
  /** Where the file has it, beside the other names of this section or deeper: ["options", "preVote"]. */
  readonly to: readonly string[];
  readonly shape: Shape;
}
export type Names = Readonly<Record<string, Row>>;

export const snake = (word: string): string => word.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Where the name is not the option's own. */
const known: { readonly [Name in OptionName]?: string } = {
  electionTimeoutMs: "election_timeout",
  heartbeatMs: "heartbeat_interval",
  retryMs: "retry_after",
  snapshotAfter: "snapshot_interval",
};
export const nameOfOption = (name: OptionName): string => known[name] ?? snake(name);

function shapeOf({ kind }: OptionRow): Shape {
  switch (kind.is) {
    case "range":
      return { is: "span", single: "up to twice" };
    case "time":
      return { is: "time" };
    case "limit":
      return { is: "limit", what: kind.unit };
    case "choice":
      return { is: "word", words: kind.words.map(([word]) => word) };
    case "flag":
      return { is: "plain" };
  }
}

const plain = (...to: readonly string[]): Row => ({ to, shape: { is: "plain" } });
const time = (to: string): Row => ({ to: [to], shape: { is: "time" } });
const span = (to: string): Row => ({ to: [to], shape: { is: "span", single: "exactly" } });
const section = (to: readonly string[], names: Names): Row => ({ to, shape: { is: "section", names } });

const optionsOf = (within: readonly string[]): Names =>
  Object.fromEntries(
    optionNames.map((name) => [nameOfOption(name), { to: [...within, name], shape: shapeOf(optionRows[name]) }]),
  );

const serverNames: Names = {
  id: plain("id"),
  member: plain("member"),
  term: plain("term"),
  voted_for: plain("votedFor"),
  log: plain("log"),
  commit: plain("commit"),
  ...optionsOf(["options"]),
};

/** What a configuration may have, in the order in which it is written. */
export const configurationNames: Names = {
  title: plain("title"),
  notes: plain("notes"),
  seed: plain("seed"),
  profile: plain("profile"),
  ...optionsOf(["options"]),
  /** The same, for those who keep them together. */
  raft: section([], optionsOf(["options"])),
  bugs: plain("bugs"),
  servers: { to: ["servers"], shape: { is: "servers", names: serverNames } },
  groups: plain("groups"),
  network: section(["network"], {
    mode: plain("mode"),
    latency: span("latencyMs"),
    loss: plain("loss"),
    duplicate: plain("duplicate"),
    bandwidth: { to: ["bandwidth"], shape: { is: "limit", what: "bytes a second" } },
  }),
  disk: section(["disk"], { write: span("writeMs") }),
  clients: section(["clients"], {
    sessions: plain("sessions"),
    repeat: time("repeatMs"),
    give_up: time("giveUpMs"),
    sessions_most: plain("sessionsMost"),
  }),
};

/** What others call it, without the letters' case and what stands between them. */
export const alsoCalled: Readonly<Record<string, string>> = {
  electiontimeoutms: "election_timeout",
  heartbeattimeout: "heartbeat_interval",
  heartbeatms: "heartbeat_interval",
  heartbeat: "heartbeat_interval",
  snapshotafter: "snapshot_interval",
  snapshotthreshold: "snapshot_interval",
  snapshotcount: "snapshot_interval",
  retryms: "retry_after",
  nodes: "servers",
  peers: "servers",
  clustersize: "servers",
  maxsizepermsg: "max_bytes_per_message",
  maxinflightmsgs: "max_inflight_messages",
};
