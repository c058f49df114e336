import type { LogIndex, ServerId } from "../base/units.ts";
import { allVoters } from "./configuration.ts";
import type { Step } from "./env.ts";
import { lastIndex, termAt } from "./log.ts";
import { type Count, countsOf } from "./quorum.ts";
import { becomeFollower, commitTo } from "./roles.ts";
import { storedOn } from "./rules/commitment.ts";
import type { Server } from "./types.ts";

/** True if the commit index rose. */
export function advanceCommit(s: Step): boolean {
  const { server, env } = s;
  const index = env.rules.commitQuorum.ask(server);
  if (index <= server.commitIndex || index > lastIndex(server.log)) return false;
  const { id, term, log } = server;
  const entryTerm = termAt(log, index);
  if (!env.rules.commitOwnTerm.ask(server, index)) return false;
  const from = server.commitIndex + 1;
  commitTo(s, index);
  env.decide?.({ kind: "committed", server: id, index, from, entryTerm, term, ...copiesOf(server, index) });
  if (env.options.configurationFrom === "append") leaveIfRemoved(s);
  return true;
}

/** Who is known to store an entry, and how many of each half that is. */
export const copiesOf = (server: Server, index: LogIndex): { on: readonly ServerId[]; counts: readonly Count[] } => ({
  on: allVoters(server.configuration).filter((id) => storedOn(server, id) >= index),
  counts: countsOf(server.configuration, (id) => storedOn(server, id) >= index),
});

/**
 * A leader that its configuration leaves out (or makes a learner) leads on until that configuration is committed,
 * without counting itself; then it steps down, or stays if so wanted (D §4.2.2). True if it leads without being a voter.
 */
export function leaveIfRemoved(s: Step): boolean {
  const { server, env } = s;
  const { configuration, configurationIndex, id } = server;
  if (configuration.voters.includes(id) || configuration.outgoing.includes(id)) return false;
  if (server.role !== "leader" || configurationIndex > server.commitIndex) return false;
  const stays = env.options.removedLeader === "stays";
  env.decide?.({ kind: "leaderRemoved", server: id, stays });
  if (!stays) becomeFollower(s, server.term, 0);
  return true;
}
