import type { ServerId } from "../base/units.ts";
import type { Frame } from "../worker/protocol/frame.ts";
import type { ServerView } from "../worker/protocol/server.ts";
import { leaderNow, presentVoters } from "./membership.ts";
import { nameOf } from "./server-names.ts";

/** How a cluster is, as who runs one would want to know it first. Of the group that is shown. */
export interface Health {
  readonly verdict: "healthy" | "at risk" | "no leader" | "no quorum";
  /** With its figures, in one sentence. */
  readonly sentence: string;
}

/** In one half of the configuration, or in the only one there is. */
interface Count {
  readonly some: number;
  readonly all: number;
  readonly needed: number;
}

export function healthOf(frame: Frame): Health {
  const leader = leaderNow(frame);
  const halves = halvesOf(leader ?? informed(frame.servers));
  const running = new Set(frame.servers.filter(({ status }) => status === "up").map(({ id }) => id));
  const runs = counted(halves, running);
  if (!suffices(runs)) return told("no quorum", `No quorum: ${votersText(runs)} run, and ${neededText(runs)}.`);
  const reached = (id: ServerId) => counted(halves, reachedBy(id, running, frame.cuts));
  const anyReaches = halves.flat().some((id) => running.has(id) && suffices(reached(id)));
  const own = leader === null ? null : reached(leader.id);
  if (leader !== null && own !== null && suffices(own)) return led(nameOf(leader.id), own);
  if (!anyReaches)
    return told(
      "no quorum",
      `No quorum: ${votersText(runs)} run, ${neededText(runs)}, and none of them reaches so many.`,
    );
  if (leader === null || own === null)
    return told("no leader", `No leader: ${votersText(runs)} run, and ${neededText(runs)}.`);
  return told("no leader", `Cut off: ${nameOf(leader.id)} leads with ${votersText(own)}, but ${neededText(own)}.`);
}

function led(name: string, counts: readonly Count[]): Health {
  const figures = `${name} leads with ${votersText(counts)}, and ${neededText(counts)}`;
  const spare = Math.min(...counts.map(({ some, needed }) => some - needed));
  if (spare > 0) return told("healthy", `Healthy: ${figures}.`);
  return told("at risk", `Quorum at risk: ${figures}. One more failure stops it.`);
}

const told = (verdict: Health["verdict"], sentence: string): Health => ({ verdict, sentence });

/** Who knows best who belongs to the cluster where nobody leads: the server that has committed most. */
const informed = (servers: readonly ServerView[]): ServerView =>
  servers.filter(({ voters }) => voters.length > 0).sort((a, b) => b.commitIndex - a.commitIndex)[0] ?? servers[0]!;

/** A server's `voters` are those of both halves. */
const halvesOf = ({ voters, outgoing, configuration }: ServerView): readonly (readonly ServerId[])[] =>
  outgoing.length > 0 ? [outgoing, presentVoters(configuration)] : [voters];

const counted = (halves: readonly (readonly ServerId[])[], among: ReadonlySet<ServerId>): readonly Count[] =>
  halves.map((voters) => ({
    some: voters.filter((id) => among.has(id)).length,
    all: voters.length,
    needed: Math.floor(voters.length / 2) + 1,
  }));
const suffices = (counts: readonly Count[]): boolean => counts.every(({ some, needed }) => some >= needed);

/** "leads with": running servers that it hears and that hear it, without anybody between; itself if it runs. */
function reachedBy(id: ServerId, running: ReadonlySet<ServerId>, cuts: Frame["cuts"]): ReadonlySet<ServerId> {
  const cut = new Set(cuts.flatMap(([from, to]) => (from === id ? [to] : to === id ? [from] : [])));
  return new Set([...running].filter((other) => other === id || !cut.has(other)));
}

/** "2 of 3 voters", in a joint configuration "2 of 3 old and 3 of 3 new voters". */
function votersText(counts: readonly Count[]): string {
  const [first, second] = counts.map(({ some, all }) => `${some} of ${all}`);
  return second === undefined ? `${first} voters` : `${first} old and ${second} new voters`;
}
function neededText(counts: readonly Count[]): string {
  const [first, second] = counts.map(({ needed }) => needed);
  return second === undefined ? `${first} must agree` : `${first} and ${second} must agree`;
}

/** Entries of the leader's log that the server has not acknowledged to it; null: nobody leads, or it is not sent any. */
export function lagOf(server: ServerView, frame: Frame): number | null {
  const leader = leaderNow(frame);
  const row = leader?.progress?.find((each) => each.server === server.id && each.server !== leader.id);
  return leader === null || row === undefined ? null : leader.lastIndex - row.match;
}

/** A few letters, and what they stand for. */
export type HealthFigure = readonly [text: string, about: string];

/** How far it is behind, and what its disk has before it; only where there is any of it. */
export function figuresOf(server: ServerView, frame: Frame): readonly HealthFigure[] {
  const lag = lagOf(server, frame) ?? 0;
  const { pending } = server.disk;
  const figures: HealthFigure[] = [];
  if (lag > 0) figures.push([`lag ${lag}`, "entries of the leader’s log that it has not acknowledged"]);
  if (pending > 0) figures.push([`disk ${pending}`, "writes that its disk has yet to finish"]);
  return figures;
}
