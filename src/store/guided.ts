import { type Micros, microsPerMilli, microsPerSecond } from "../base/units.ts";
import type { Frame } from "../worker/protocol/frame.ts";
import type { MessageView } from "../worker/protocol/message.ts";
import type { ServerView } from "../worker/protocol/server.ts";
import { nearestStop } from "./speed.ts";

/** Seconds of wall time that a usual flight takes, by what is going on. */
const flightSeconds = { election: 0.75, first: 0.4, usual: 0.25, quiet: 0.06 } as const;
/** Where nothing is under way from which the usual flight could be told. */
const flightDefault: Micros = 12 * microsPerMilli;

const elects: ReadonlySet<MessageView["kind"]> = new Set(["RequestVote", "RequestVoteReply"]);

/**
 * How fast time passes where it is guided: slowly while servers are elected or the first entry of a term is replicated,
 * quickly while nothing is under way. A round stop of `speed`, so that it changes seldom.
 */
export function guidedSpeed(frame: Frame): number {
  const speed = flightOf(frame.messages) / (flightSeconds[stakesOf(frame)] * microsPerSecond);
  return nearestStop(speed);
}

function stakesOf(frame: Frame): keyof typeof flightSeconds {
  if (isElecting(frame)) return "election";
  if (frame.servers.some(replicatesFirst)) return "first";
  return frame.messages.length > 0 ? "usual" : "quiet";
}

/** Votes are on their way, or being written. A candidate that has all its answers, and only waits, decides nothing. */
const isElecting = ({ servers, messages }: Frame): boolean =>
  messages.some(({ kind }) => elects.has(kind)) ||
  (servers.some(stands) && servers.some(({ disk }) => disk.pending > 0));

const stands = ({ status, role }: ServerView): boolean =>
  status === "up" && (role === "candidate" || role === "preCandidate");

/** A leader whose term has no committed entry yet, and one on its way. */
function replicatesFirst(server: ServerView): boolean {
  if (server.status !== "up" || server.role !== "leader") return false;
  return server.tail.at(-1)?.term === server.term && !hasCommittedOwn(server);
}

/** False where its last committed entry is of an earlier term, or there is none. */
function hasCommittedOwn({ tail, lastIndex, commitIndex, term, baseTerm, base }: ServerView): boolean {
  if (commitIndex === base) return baseTerm === term;
  const committed = tail[tail.length - 1 - (lastIndex - commitIndex)];
  return committed === undefined || committed.term === term;
}

/** The middle one of those under way. */
function flightOf(messages: readonly MessageView[]): Micros {
  const flights = messages.map(({ sentAt, arrivesAt }) => arrivesAt - sentAt).sort((a, b) => a - b);
  return Math.max(1, flights[flights.length >> 1] ?? flightDefault);
}
