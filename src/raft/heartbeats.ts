import type { ServerId } from "../base/units.ts";
import { type Step, send, timed } from "./env.ts";
import { termAt } from "./log.ts";
import type { Progress } from "./progress.ts";
import { currentRound } from "./reads.ts";
import { forPeers } from "./roles.ts";
import { sendAppend } from "./sending.ts";

/** To everybody, now: light ones, or empty AppendEntries, which double as the retry of what went unanswered. */
export function sendHeartbeats(s: Step): void {
  const { server, env } = s;
  if (server.role !== "leader") return;
  server.heartbeatSince = env.now;
  broadcastHeartbeat(s);
}

/** Without touching the timer: a read asks for a round at once (D §6.4). */
export function broadcastHeartbeat(s: Step): void {
  const { server, env } = s;
  const to: ServerId[] = [];
  forPeers(s, (id) => {
    const progress = server.progress[id];
    if (progress === undefined) return;
    // An empty AppendEntries carries no round: where reads wait for one, a light heartbeat goes in its place.
    const light = env.options.heartbeats === "light" || currentRound(server.reads) > 0;
    if (light) sendLight(s, id, progress);
    const again = env.options.heartbeats === "appendEntries" && sendsAgain(s, id, progress);
    if (again && !light) return;
    if (!light) sendEmpty(s, id, progress);
    to.push(id);
  });
  if (to.length > 0) env.decide?.({ kind: "heartbeatSent", server: server.id, to });
}

function sendLight(s: Step, to: ServerId, progress: Progress): void {
  const { server, env } = s;
  const commit = env.rules.heartbeatCommit.ask(server.commitIndex, progress);
  const round = currentRound(server.reads);
  send(s, timed({ type: "Heartbeat", from: server.id, to, term: server.term, commit, round }, env));
  progress.sentCommit = commit;
}

/** Sends again what has gone unanswered for too long, and what an empty request cannot bring about: a snapshot. */
function sendsAgain(s: Step, to: ServerId, progress: Progress): boolean {
  const { server, env } = s;
  if (progress.state === "snapshot") return false;
  const overdue = progress.outstanding > 0 && env.now - progress.sentAt >= env.options.retryAfter;
  if (!overdue && progress.next - 1 >= server.log.base) return false;
  progress.paused = false;
  return sendAppend(s, to, false, overdue);
}

function sendEmpty(s: Step, to: ServerId, progress: Progress): void {
  const { server, env } = s;
  const { id: from, term, commitIndex: leaderCommit, log } = server;
  const prevLogIndex = Math.max(progress.next - 1, log.base);
  const prevLogTerm = termAt(log, prevLogIndex);
  const empty = {
    type: "AppendEntries",
    from,
    to,
    term,
    prevLogIndex,
    prevLogTerm,
    entries: [],
    leaderCommit,
  } as const;
  send(s, timed(empty, env));
}
