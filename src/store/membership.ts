import type { ServerId } from "../base/units.ts";
import type { Frame } from "../worker/protocol/frame.ts";
import type { ServerView } from "../worker/protocol/server.ts";

/** Whom an operator of the cluster would ask, and what he would be told. */

/** The running leader of the newest term; null where nobody leads. */
export function leaderNow({ servers }: Frame): ServerView | null {
  const leaders = servers.filter((server) => server.role === "leader" && server.status === "up");
  return leaders.sort((a, b) => b.term - a.term)[0] ?? null;
}

/** What a server is in the leader's configuration, or in its own where nobody leads. */
export function standing(server: ServerView, frame: Frame): ServerView["member"] {
  const leader = leaderNow(frame);
  if (leader === null) return server.member;
  if (leader.voters.includes(server.id)) return "voter";
  return leader.learners.includes(server.id) ? "learner" : "none";
}

const nobodyLeads = "no server leads now";

/** Why no change of membership can be asked for; null if one can. */
export function noChange(frame: Frame): string | null {
  const leader = leaderNow(frame);
  if (leader === null) return nobodyLeads;
  return leader.outgoing.length > 0 ? "the configuration is joint: it has to be left first" : null;
}

/** The same for a change after which the server does not vote any more. */
export function noVoterLess(server: ServerView, frame: Frame): string | null {
  const voters = leaderNow(frame)?.voters ?? [];
  return noChange(frame) ?? (voters.every((id) => id === server.id) ? "no voter would be left" : null);
}

/** Whom leadership goes to when `server` is asked about it: the server itself; for the leader the running voter that is known to have most of its log; 0: nobody. */
export function successor(server: ServerView, frame: Frame): ServerId {
  const leader = leaderNow(frame);
  if (leader?.id !== server.id) return server.id;
  const isUp = (id: ServerId): boolean => frame.servers.some((other) => other.id === id && other.status === "up");
  const others = (leader.progress ?? []).filter((row) => leader.voters.includes(row.server) && isUp(row.server));
  return others.sort((a, b) => b.match - a.match)[0]?.server ?? 0;
}

/** Why leadership cannot be handed to `successor(server)`; null if it can be tried. */
export function noHandover(server: ServerView, frame: Frame): string | null {
  const leader = leaderNow(frame);
  if (leader === null) return nobodyLeads;
  const to = successor(server, frame);
  if (to === 0) return "no other voter is running";
  if (leader.transferee === to) return `S${leader.id} is handing it over`;
  if (leader.learners.includes(to)) return "a learner cannot lead";
  return leader.voters.includes(to) ? null : "it is not a member";
}

/** Why a server cannot make a snapshot now; null if it can. */
export function noSnapshot({ status, lastApplied, base, disk }: ServerView): string | null {
  if (status !== "up") return `it is ${status}`;
  if (lastApplied <= base) return base === 0 ? "it has applied nothing" : "it has applied nothing since its last one";
  return lastApplied <= disk.durable ? null : "it has not yet stored what it has applied";
}

/** "3,4,5&1,2,3 learners 6" names the present voters first. */
export function presentVoters(configuration: string): readonly ServerId[] {
  const [list = ""] = configuration.split(/[& ]/, 1);
  return list === "" ? [] : list.split(",").map(Number);
}
