import type { ServerId } from "../../base/units.ts";
import type { ServerView } from "../../worker/protocol.ts";

/** Voters of whom a majority must agree. A joint configuration has two such halves (§6), any other has one. */
interface Half {
  readonly voters: readonly ServerId[];
  readonly quorum: number;
}

type Configured = Pick<ServerView, "configuration" | "outgoing">;

/** The halves of the configuration that a server uses: the present one or, while it is joint, the old one and the new one. */
export function halvesOf({ configuration, outgoing }: Configured): readonly Half[] {
  const present = half(presentVoters(configuration));
  return outgoing.length === 0 ? [present] : [half(outgoing), present];
}

const half = (voters: readonly ServerId[]): Half => ({ voters, quorum: Math.floor(voters.length / 2) + 1 });

/** "3,4,5&1,2,3 learners 6" names the present voters first. */
function presentVoters(configuration: string): readonly ServerId[] {
  const [list = ""] = configuration.split(/[& ]/, 1);
  return list === "" ? [] : list.split(",").map(Number);
}

export const isJoint = ({ outgoing }: Configured): boolean => outgoing.length > 0;

/** "joint: 1,2,3 and 3,4,5" */
export const jointWords = (server: Configured): string =>
  `joint: ${halvesOf(server)
    .map(({ voters }) => voters.join(","))
    .join(" and ")}`;

interface Tally extends Half {
  readonly granted: number;
}
/** A candidate's votes, counted in each half. */
export const talliesOf = (server: Configured & Pick<ServerView, "votes">): readonly Tally[] =>
  halvesOf(server).map((one) => ({ ...one, granted: grantedBy(server.votes ?? [], one.voters) }));

const grantedBy = (votes: NonNullable<ServerView["votes"]>, voters: readonly ServerId[]): number =>
  votes.filter(({ server, granted }) => granted && voters.includes(server)).length;

/** It stands beside the cluster: it follows nobody's configuration and does nothing. */
export const standsBy = ({ member, role, status }: Pick<ServerView, "member" | "role" | "status">): boolean =>
  member === "none" && role === "follower" && status !== "down";

/** What a server is doing, where the cluster's changes say more than its role; `fits` tells whether a text has room. */
export function doingWords(server: ServerView, fits: (text: string) => boolean): string {
  if (server.status !== "up") return server.doing;
  if (server.role === "leader") return leaderWords(server, fits) ?? server.doing;
  if (standsBy(server)) return "not a member";
  return server.member === "learner" && server.doing === "follower" ? "learner" : server.doing;
}

function leaderWords(server: ServerView, fits: (text: string) => boolean): string | null {
  if (server.transferee !== 0) return `hands over to S${server.transferee}`;
  if (!isJoint(server)) return null;
  const words = jointWords(server);
  return fits(words) ? words : "leader, joint";
}
