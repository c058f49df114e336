import type { LogIndex } from "../base/units.ts";
import { advanceCommit } from "./commit.ts";
import {
  type Configuration,
  changed,
  configurationText,
  isJoint,
  isLearner,
  isMember,
  isVoter,
  type MembershipChange,
  membersOf,
} from "./configuration.ts";
import type { Step } from "./env.ts";
import { lastIndex } from "./log.ts";
import { newProgress } from "./progress.ts";
import { becomeFollower, forPeers } from "./roles.ts";
import { broadcastAppend, sendAppend } from "./sending.ts";
import { configurationAt } from "./server.ts";
import { abortTransfer } from "./transfer.ts";
import type { Entry } from "./types.ts";

/** The state machine has reached a change: where configurations count from then on, it takes effect. */
export function changeApplied(s: Step, change: MembershipChange): void {
  if (s.env.options.configurationFrom !== "apply") return;
  const after = changed(s.server.configuration, change);
  // An unchecked change may not fit: it then changes nothing, on every server alike.
  if (after.ok) switchConfiguration(s, after.value);
}

/** Uses a configuration from now on. A leader adds and drops followers, and may commit at once what a smaller quorum allows. */
export function switchConfiguration(s: Step, after: Configuration): void {
  const { server, env } = s;
  server.configuration = after;
  env.decide?.({
    kind: "configurationSwitched",
    server: server.id,
    text: configurationText(after),
    joint: isJoint(after),
  });
  if (server.role !== "leader") return;
  followMembers(s);
  if (!isMember(after, server.id) || isLearner(after, server.id)) return removed(s);
  if (advanceCommit(s)) broadcastAppend(s);
  else forPeers(s, (id) => sendAppend(s, id, false));
  if (server.transferee !== 0 && !isVoter(after, server.transferee)) abortTransfer(s);
}

function followMembers({ server }: Step): void {
  const members = membersOf(server.configuration);
  server.progress = server.progress.map((progress, id) => (members.includes(id) ? progress : undefined));
  for (const id of members) server.progress[id] ??= newProgress(0, Math.max(lastIndex(server.log), 1), true);
}

function removed(s: Step): void {
  const { server, env } = s;
  const stays = env.options.removedLeader === "stays";
  env.decide?.({ kind: "leaderRemoved", server: server.id, stays });
  if (!stays) becomeFollower(s, server.term, 0);
}

/** A follower takes over a configuration with the entry that brings it (D §4.1). */
export function takeAppendedChange(s: Step, { change }: Entry): void {
  if (change === null || s.env.options.configurationFrom !== "append") return;
  const after = changed(s.server.configuration, change);
  if (after.ok) switchConfiguration(s, after.value);
}

/** Entries from `first` on are gone, and with them the configurations that they brought (D §4.1). */
export function rollBackConfiguration(s: Step, first: LogIndex): void {
  const { server, env } = s;
  if (env.options.configurationFrom !== "append") return;
  const before = configurationAt({ configuration: server.baseConfiguration, log: server.log }, first - 1);
  if (configurationText(before) !== configurationText(server.configuration)) switchConfiguration(s, before);
}

/** A joint configuration that leaves itself does so once the change that made it is applied. */
export function shouldLeaveJoint({ server }: Step): boolean {
  return server.role === "leader" && server.configuration.autoLeave && server.lastApplied >= server.pendingChangeIndex;
}
