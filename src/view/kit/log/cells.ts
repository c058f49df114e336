import type { LogIndex, Term } from "../../../base/units.ts";
import { nameOf } from "../../../store/server-names.ts";
import type { LogCell, ProgressView, ServerView } from "../../../worker/protocol/server.ts";

/** How one entry stands in one server's log. */
export interface CellState {
  readonly term: Term;
  readonly text: string;
  readonly committed: boolean;
  readonly applied: boolean;
  readonly durable: boolean;
  /** Nobody tells its term. */
  readonly untold: boolean;
  /** Nobody tells how far its server's log is committed: it may be. */
  readonly commitUntold: boolean;
}

const tailFrom = (server: ServerView): LogIndex => server.lastIndex - server.tail.length + 1;

/** Another program told of the run, and not of how far this server's log is committed. */
export const isCommitUntold = ({ told }: ServerView): boolean => told?.unknown.includes("commit") === true;

/** The entry at `index` as far as the page has been told; null where it has not, or where there is none. */
export function entryAt(server: ServerView, index: LogIndex): LogCell | null {
  if (index < 1 || index > server.lastIndex) return null;
  const asked = server.cells[index - server.cellsFrom];
  return asked ?? server.tail[index - tailFrom(server)] ?? null;
}

/**
 * A server that is down has what its disk holds and knows nothing else: not what is committed, and nothing that was
 * still to be written.
 */
export function asItStands(server: ServerView): ServerView {
  if (server.status !== "down" || server.told !== undefined) return server;
  const lost = Math.max(0, server.lastIndex - server.disk.lastIndex);
  const tail = server.tail.slice(0, Math.max(0, server.tail.length - lost));
  return { ...server, lastIndex: server.lastIndex - lost, tail, commitIndex: 0, lastApplied: 0 };
}

const isDurable = (server: ServerView, index: LogIndex): boolean => index <= server.disk.durable;

export function cellState(server: ServerView, index: LogIndex): CellState | null {
  const entry = entryAt(server, index);
  if (entry === null) return null;
  return {
    term: entry.term,
    text: entry.text,
    committed: index <= server.commitIndex,
    applied: index <= server.lastApplied,
    durable: isDurable(server, index),
    untold: entry.untold === true,
    commitUntold: index > Math.max(server.commitIndex, server.lastApplied) && isCommitUntold(server),
  };
}

/** The leader whose view of its followers is drawn: the selected one, else the live one of the highest term. */
export function viewingLeader(servers: readonly ServerView[], selected: number): ServerView | null {
  const leaders = servers.filter(
    (server) => server.role === "leader" && server.status !== "down" && server.progress !== null,
  );
  const chosen = leaders.find((server) => server.id === selected);
  return (
    chosen ??
    leaders.reduce<ServerView | null>(
      (best, server) => (best === null || server.term > best.term ? server : best),
      null,
    )
  );
}

export function progressOf(leader: ServerView | null, follower: number): ProgressView | null {
  return leader?.progress?.find((progress) => progress.server === follower) ?? null;
}

/** How many entries no log holds any more. A server without any entry has nothing that a fold could hide. */
export function foldedBy(servers: readonly ServerView[]): LogIndex {
  const bases = servers.filter((server) => server.lastIndex > 0).map((server) => server.base);
  return bases.length === 0 ? 0 : Math.min(...bases);
}

/** "1–37" */
export const snapshotRange = (base: LogIndex): string => (base === 1 ? "1" : `1–${base}`);

/** What the leader's progress says of a follower, where that is not the usual: up to date, nothing under way. */
export function progressWords(progress: ProgressView | null): string | null {
  if (progress === null) return null;
  // One that sends one message at a time stays in this state also where the logs are known to agree.
  if (progress.state === "probe") return progress.next > progress.match + 1 ? "probing" : null;
  if (progress.state === "snapshot") {
    const way = progress.snapshotPercent === null ? "" : `, ${progress.snapshotPercent} % of the way`;
    return `gets a snapshot up to ${progress.pendingSnapshot}${way}`;
  }
  return progress.inflight === 0 ? null : `${progress.inflight} under way`;
}

/** "x=1": what an entry does, without the word for what most of them do; empty where `letters` are too few for it. */
export function commandIn(text: string, letters: number): string {
  const short = text.replace(/^put /, "");
  return short.length <= letters ? short : "";
}

/** ", term 3", or that nobody tells it. */
const termWords = ({ term, untold }: CellState): string => (untold ? ", term not told" : ` of term ${term}`);

/** "S3, entry 4 of term 3, put x=7: not committed here, on its way to disk". */
export function describeCell(server: ServerView, index: LogIndex): string {
  if (index <= server.base) return describeSnapshot(server);
  const state = cellState(server, index);
  if (state === null)
    return index > server.lastIndex
      ? `${nameOf(server.id)} has no entry ${index}`
      : `${nameOf(server.id)}, entry ${index}`;
  const commit = state.applied
    ? "committed and applied"
    : state.committed
      ? "committed, not applied yet"
      : state.commitUntold
        ? "commit not told"
        : "not known to be committed";
  if (server.told !== undefined)
    return `${nameOf(server.id)}, entry ${index}${termWords(state)}${state.text === "" ? "" : `, ${state.text}`}: ${commit}`;
  const disk = state.durable ? "on disk" : "not on disk yet";
  return `S${server.id}, entry ${index} of term ${state.term}, ${state.text}: ${commit}, ${disk}`;
}

const describeSnapshot = ({ id, base, baseTerm }: ServerView): string =>
  base === 1
    ? `${nameOf(id)}: a snapshot stands for entry 1, of term ${baseTerm}`
    : `${nameOf(id)}: a snapshot stands for entries 1–${base}, the last of them of term ${baseTerm}`;
