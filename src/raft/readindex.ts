import type { ServerId } from "../base/units.ts";
import { type Step, send } from "./env.ts";
import { broadcastHeartbeat } from "./heartbeats.ts";
import { leaseEnd } from "./lease.ts";
import { countsOf } from "./quorum.ts";
import { type AskedRead, ackRound, currentRound, type PendingRead, takeConfirmed } from "./reads.ts";
import type { Server } from "./types.ts";

/** A linearizable read (D §6.4). */
export function readIndex(s: Step, read: AskedRead): void {
  const { server, env } = s;
  if (server.role !== "leader") return (env.rules.readNeedsLeader.ask() ? passOn : answerAlone)(s, read);
  if (env.rules.readAlone.ask(server, env.options)) return answerAlone(s, read);
  if (env.rules.readNeedsOwnCommit.ask(server)) return takeUp(s, read);
  env.decide?.({ kind: "readWaitsForCommit", server: server.id, context: read.context });
  server.reads.early.push(read);
}

function answerAlone(s: Step, { from, context }: AskedRead): void {
  const { server, env } = s;
  const index = server.commitIndex;
  const votes = server.configuration.voters.includes(server.id);
  const by = server.role !== "leader" ? "itself" : votes ? "alone" : "only voter";
  env.decide?.({ kind: "readConfirmed", server: server.id, context, index, by, counts: [] });
  answer(s, { from, context, index });
}

function passOn(s: Step, { from, ...read }: AskedRead): void {
  const { context } = read;
  const { server, env } = s;
  const { id, leader: to, role } = server;
  if (role !== "follower" || to === 0) {
    env.decide?.({ kind: "readDropped", server: id, context });
    return;
  }
  env.decide?.({ kind: "readForwarded", server: id, context, to });
  send(s, { type: "ReadIndex", from: from || id, to, term: 0, ...read });
}

function takeUp(s: Step, { from, context, by }: AskedRead): void {
  const { server, env } = s;
  const { reads, commitIndex: index, id } = server;
  if ((by ?? env.options.reads) === "lease" && env.rules.leaseHolds.ask(server, env.now, env.options)) {
    env.decide?.({ kind: "readByLease", server: id, context, index, ends: leaseEnd(env.options) });
    return answer(s, { from, context, index });
  }
  reads.unconfirmed.push({ from, context, index });
  const round = currentRound(reads);
  env.decide?.({ kind: "readTaken", server: id, context, index, round });
  ackRound(reads, id, round);
  broadcastHeartbeat(s);
}

function answer(s: Step, { from, context, index }: PendingRead): void {
  const { server } = s;
  if (from === 0 || from === server.id) server.answeredReads.push({ context, index });
  else send(s, { type: "ReadIndexReply", from: server.id, to: from, term: server.term, context, index });
}

/** A follower has answered a round: reads that a quorum has confirmed by now are answered. */
export function ackReads(s: Step, from: ServerId, round: number): void {
  const { server, env } = s;
  const confirmed = env.rules.roundConfirmed.ask(server.reads, round);
  if (confirmed === 0) return;
  ackRound(server.reads, from, confirmed);
  for (const read of takeConfirmed(server.reads, server.configuration)) {
    const { context, index } = read;
    env.decide?.({ kind: "readConfirmed", server: server.id, context, index, by: "round", ...answered(server) });
    answer(s, read);
  }
}

/** Who has answered the newest round that is confirmed. */
const answered = ({ reads, configuration }: Server) => ({
  counts: countsOf(configuration, (id) => (reads.acks[id] ?? 0) >= reads.confirmed),
});

/** An entry of the leader's own term is committed: reads that waited for that are taken up. */
export function releaseEarlyReads(s: Step): void {
  const { server, env } = s;
  if (server.reads.early.length === 0 || !env.rules.readNeedsOwnCommit.ask(server)) return;
  const { early } = server.reads;
  server.reads.early = [];
  // Where the commit index is kept, a lone voter's reads never wait: these were asked in an earlier reign of this
  // server, among others, and etcd/raft has them wait for those.
  const alone = !env.options.persistCommit && env.rules.readAlone.ask(server, env.options);
  for (const read of early) (alone ? answerAlone : takeUp)(s, read);
}
