import type { ServerId } from "../../../base/units.ts";
import { oldAndNew } from "../../../scenario/names.ts";
import { presentVoters } from "../../../store/membership.ts";
import type { ReadView, ServerView } from "../../../worker/protocol/server.ts";

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
  counted(
    server,
    (server.votes ?? []).filter(({ granted }) => granted).map((vote) => vote.server),
  );

const counted = (server: Configured, agreeing: readonly ServerId[]): readonly Tally[] =>
  halvesOf(server).map((one) => ({ ...one, granted: agreeing.filter((id) => one.voters.includes(id)).length }));

/** Who confirms that the leader still leads, for one of its reads, in each half (D §6.4). */
export const readTalliesOf = (server: Configured, read: ReadView): readonly Tally[] =>
  counted(server, read.confirmedBy);

/** What is counted at a server right now, voter by voter. */
interface Count {
  /** What is counted, in words, the fullest first. */
  readonly words: readonly string[];
  readonly tallies: readonly Tally[];
  /** Undefined: not answered. */
  readonly answerOf: (voter: ServerId) => boolean | undefined;
}

/**
 * A candidate's votes, or what confirms a leader's oldest read; null where nothing is counted. `asked`: somebody is to find
 * out how many votes are needed.
 */
export function countOf(server: ServerView, asked = false): Count | null {
  const { votes, role, status } = server;
  if (status !== "up") return null;
  if (votes !== null) {
    const answerOf = (voter: ServerId) => votes.find((vote) => vote.server === voter)?.granted;
    const tallies = talliesOf(server);
    const voted = asked && role === "candidate" && tallies.length === 1 ? grantedWords(tallies[0]!) : null;
    return { words: voted ?? votedWords(role === "preCandidate", tallies), tallies, answerOf };
  }
  const read = server.reads.find(({ waitsFor }) => waitsFor === "quorum");
  if (read === undefined || server.transferee !== 0) return null;
  const answerOf = (voter: ServerId) => read.confirmedBy.includes(voter) || undefined;
  const tallies = readTalliesOf(server, read);
  const heard = heardWords(tallies);
  const answers = tallies.length > 1 ? `answers ${heard}` : `${heard} answers`;
  const least = tallies.length > 1 ? [heard, figures(tallies)] : [heard];
  const words = [`read round ${read.round}: ${answers}`, `read: ${answers}`, ...least];
  return { words, tallies, answerOf };
}

function grantedWords({ granted }: Tally): readonly string[] {
  const votes = voteWords(granted);
  return [`candidate, ${votes}`, votes];
}

export const voteWords = (count: number): string => (count === 1 ? "1 vote" : `${count} votes`);

function votedWords(asksFirst: boolean, tallies: readonly Tally[]): readonly string[] {
  const heard = heardWords(tallies);
  if (tallies.length > 1)
    return [`${asksFirst ? "asks first, yes" : "candidate, votes"} ${heard}`, heard, figures(tallies)];
  if (asksFirst) return [`asks first, ${heard} say yes`, `asks first, ${heard}`, heard];
  return [`candidate, ${heard} votes`, `${heard} votes`, heard];
}

/** "1 of 3", of those that are needed; "2 of 2 old, 1 of 2 new" in a joint configuration. */
export const heardWords = (tallies: readonly Tally[], between?: string): string =>
  oldAndNew(
    tallies.map(({ granted, quorum }) => `${granted} of ${quorum}`),
    between,
  );

/** "2/2 and 1/2": where there is no room to say which half is the old one, which comes first. */
const figures = (tallies: readonly Tally[]): string =>
  tallies.map(({ granted, quorum }) => `${granted}/${quorum}`).join(" and ");

/** It stands beside the cluster: it follows nobody's configuration and does nothing. */
export const standsBy = ({ member, role, status }: Pick<ServerView, "member" | "role" | "status">): boolean =>
  member === "none" && role === "follower" && status !== "down";

/** What a server is doing, where the cluster's changes and its reads say more than its role; `fits` tells whether a text has room. */
export function doingWords(server: ServerView, fits: (text: string) => boolean): string {
  if (server.status !== "up") return server.doing;
  if (server.role === "leader") return leaderWords(server, fits) ?? readWords(server) ?? server.doing;
  if (standsBy(server)) return "not a member";
  if (server.doing !== "follower") return server.doing;
  return readWords(server) ?? (server.member === "learner" ? "learner" : server.doing);
}

function leaderWords(server: ServerView, fits: (text: string) => boolean): string | null {
  if (server.transferee !== 0) return `hands over to S${server.transferee}`;
  if (!isJoint(server)) return null;
  const words = jointWords(server);
  return fits(words) ? words : "leader, joint";
}

/** What its oldest read waits for. */
function readWords({ reads, role, term }: ServerView): string | null {
  const oldest = reads[0];
  if (oldest === undefined) return null;
  if (oldest.waitsFor === "ownCommit") return role === "leader" ? `read waits for term ${term}` : "read waits";
  return oldest.waitsFor === "apply" ? `read waits for ${oldest.index}` : `read waits, round ${oldest.round}`;
}
