import type { ServerId } from "../base/units.ts";
import { type Step, sendAfterWrite } from "./env.ts";
import { hearLeader } from "./follower.ts";
import { lastIndex, logAfter } from "./log.ts";
import { switchConfiguration } from "./membership.ts";
import { becomeProbe } from "./progress.ts";
import { commitTo } from "./roles.ts";
import type { InstallSnapshot } from "./types.ts";

/** The transport tells how sending went. Either way the follower is probed, but only once it has answered something. */
export function snapshotReported(s: Step, follower: ServerId, ok: boolean): void {
  const { server, env } = s;
  const progress = server.progress[follower];
  if (progress?.state !== "snapshot" || !env.rules.snapshotReportCounts.ask()) return;
  env.decide?.({ kind: "snapshotReported", server: server.id, follower, ok });
  if (!ok) progress.pendingSnapshot = 0;
  becomeProbe(progress);
  progress.paused = true;
}

/** Figure 13. */
export function answerSnapshot(s: Step, message: InstallSnapshot): void {
  const { server } = s;
  if (!hearLeader(s, message)) return;
  const matchIndex = install(s, message) ? lastIndex(server.log) : server.commitIndex;
  const rest = { success: true, prevLogIndex: 0, matchIndex, hintIndex: 0, hintTerm: 0 } as const;
  sendAfterWrite(s, { type: "AppendEntriesReply", from: server.id, to: message.from, term: server.term, ...rest });
}

/** True if the snapshot replaced the log. */
function install(s: Step, { from, snapshot }: InstallSnapshot): boolean {
  const { server, env } = s;
  const { index, term, hash } = snapshot;
  const { id, commitIndex } = server;
  const old = !env.rules.snapshotIsNews.ask(server, index);
  if (old || !env.rules.snapshotIncludesServer.ask(server, snapshot, env.options)) {
    env.decide?.({
      kind: "snapshotIgnored",
      server: id,
      from,
      index,
      commitIndex,
      reason: old ? "old" : "not a member",
    });
    return false;
  }
  if (env.rules.snapshotKeepsLog.ask(server, index, term)) {
    commitTo(s, index);
    env.decide?.({ kind: "snapshotOnlyCommitted", server: id, from, index });
    return false;
  }
  const configuration = env.rules.snapshotConfiguration.ask(server, snapshot);
  server.log = logAfter(index, term, hash);
  server.baseConfiguration = configuration;
  server.unstableFrom = index + 1;
  server.handedFrom = index + 1;
  server.incoming = { snapshot: { ...snapshot, configuration }, handed: false };
  server.commitIndex = index;
  env.decide?.({ kind: "snapshotInstalled", server: id, from, index, term });
  switchConfiguration(s, configuration, 0);
  return true;
}
