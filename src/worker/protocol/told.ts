import type { Fact, Skipped, ToldCheck } from "../../exchange/in/told.ts";

/** A run that another program told of (`exchange/in`), as the page sees it. Nothing can be done in it. */

export type { Fact, ToldCheck };

/** What can be read: a text, or a file of which pieces are asked for. */
export interface ToldFile {
  /** "" for what was pasted. */
  readonly name: string;
  readonly content: string | BlobLike;
}
/** The parts of a Blob that are needed. */
export interface BlobLike {
  readonly size: number;
  slice(from: number, to: number): { arrayBuffer(): Promise<ArrayBuffer> };
}

/** What was read, and what was not. */
export interface ToldInfo {
  /** Which reading of its files it comes from. */
  readonly reading: number;
  /** The importer's name, and what the page calls the format. */
  readonly format: string;
  readonly title: string;
  /** At place i the server with id i + 1: as the source calls it, and in at most eight characters. */
  readonly servers: readonly { readonly name: string; readonly short: string }[];
  /** `offset`: milliseconds that are added to its times. */
  readonly files: readonly {
    readonly name: string;
    readonly bytes: number;
    readonly lines: number;
    readonly offset: number;
  }[];
  readonly events: number;
  readonly messages: number;
  /** The first 1,000 lines that were not understood; `lines - understood` says how many there are. */
  readonly skipped: readonly Skipped[];
  readonly lines: number;
  readonly understood: number;
  /** So many events at the end are left out, since there are too many. */
  readonly leftOut: number;
  /** What cannot be known from such a source, in sentences. */
  readonly unknown: readonly string[];
  /** What had to be supposed of its files, or put right in them, to read it: in sentences. */
  readonly supposed: readonly string[];
  readonly tells: readonly Fact[];
  readonly times: "clock" | "order";
  readonly topics: readonly string[];
  /** What the user may edit; null: this format has no patterns. */
  readonly patterns: string | null;
  /** It is small enough to come back after a reload. */
  readonly kept: boolean;
}
/** What can be read. */
export interface ToldFormat {
  readonly name: string;
  /** "etcd/raft log". */
  readonly title: string;
}
/** A server of which another program told. The values of `unknown` facts in its `ServerView` mean nothing. */
export interface ToldServerView {
  readonly unknown: readonly Fact[];
  /** "8e9e05c52164694d, leader of term 3, commit 4, its log is not told" */
  readonly words: string;
  /** What it is doing, or that nobody tells, in a sentence. */
  readonly does: string;
  /** At the end of its row in the table of logs. */
  readonly row: string;
}
