import type { Line, NamedSays, Post } from "../merge.ts";

/** What a line of etcd/raft, or of a library that is made after it, tells together with those before it. */

/** A line by itself: what follows from those before it is only known when all are read. */
export interface Read extends Line {
  /** Its next lines may tell more of the same receipt. */
  readonly opens: boolean;
}

/** What is remembered of a server while its lines are read. */
interface Writer {
  term: number | null;
  /** A receipt of which the next lines may tell more, and for how many lines. */
  open: Post | null;
  openFor: number;
  /** A line has told its members in full. */
  isConfigured: boolean;
}

export function inTurn(): (line: Read) => Line {
  const writers = new Map<string, Writer>();
  const writerOf = (file: number, server: string): Writer => {
    const key = `${file} ${server}`;
    const writer = writers.get(key) ?? { term: null, open: null, openFor: 0, isConfigured: false };
    if (!writers.has(key) && writers.size < 10_000) writers.set(key, writer);
    return writer;
  };
  return ({ opens, ...line }) => {
    const writer = writerOf(line.file, line.server);
    return { ...line, says: known(line.says, writer), receives: newReceipt(line.receives, opens, writer) };
  };
}

/** Server 0 is nobody. */
export const nobody = (name: string): string => (/^0+$/.test(name) ? "" : name);
/** What a line says, with what follows from the one before: a vote is of one term. */
function known(told: NamedSays, writer: Writer): NamedSays {
  const { term, vote, leader, status } = told;
  // A server that starts names its voters; since 3.4 it has told all members just before.
  const configuration = status === "up" && writer.isConfigured ? undefined : told.configuration;
  if (configuration && status !== "up") writer.isConfigured = true;
  const { configuration: _, ...rest } = told;
  const isNewTerm = typeof term === "number" && writer.term !== null && term !== writer.term;
  if (typeof term === "number") writer.term = term;
  return {
    ...(isNewTerm && vote === undefined ? { vote: null } : {}),
    ...(isNewTerm && leader === undefined ? { leader: null } : {}),
    ...rest,
    ...(typeof vote === "string" ? { vote: nobody(vote) } : {}),
    ...(typeof leader === "string" ? { leader: nobody(leader) } : {}),
    ...(configuration ? { configuration } : {}),
  };
}

/** The receipt that a line tells of, unless a line just before has told of it. */
function newReceipt(post: Post | null, opens: boolean, writer: Writer): Post | null {
  const { open, openFor } = writer;
  writer.openFor = openFor - 1;
  if (openFor <= 0) writer.open = null;
  if (post === null || post.from === post.to) return null;
  const isSame =
    openFor > 0 && open !== null && open.name === post.name && (post.from === "" || post.from === open.from);
  if (opens || !isSame) {
    writer.open = opens ? post : null;
    writer.openFor = opens ? 5 : 0;
  }
  return isSame ? null : post;
}
