import type { LogIndex } from "../base/units.ts";
import { advanceCommit, leaveIfRemoved } from "./commit.ts";
import {
  type Configuration,
  changed,
  configurationText,
  isJoint,
  isVoter,
  type MembershipChange,
  membersOf,
} from "./configuration.ts";
import type { Entry } from "./entry.ts";
import type { Step } from "./env.ts";
import { lastIndex } from "./log.ts";
import { newProgress } from "./progress.ts";
import { forPeers } from "./roles.ts";
import { broadcastAppend, sendAppend } from "./sending.ts";
import { configurationAt } from "./server.ts";
import { abortTransfer } from "./transfer.ts";

/** The state machine has reached a change: where configurations count from then on, it takes effect. */
export function changeApplied(s: Step, change: MembershipChange): void {
  if (s.env.options.configurationFrom !== "apply") return;
  const after = changed(s.server.configuration, change);
  // An unchecked change may not fit: it then changes nothing, on every server alike.
  if (after.ok) switchConfiguration(s, after.value, 0);
}

/** Uses a configuration from now on; `index`: of the entry that brought it, where that may still be uncommitted. A leader adds and drops followers, and may commit at once what a smaller quorum allows. */
export function switchConfiguration(s: Step, after: Configuration, index: LogIndex): void {
  const { server, env } = s;
  const before = server.configuration;
  server.configuration = after;
  server.configurationIndex = index;
  if (env.decide !== null && configurationText(before) !== configurationText(after))
    env.decide({ kind: "configurationSwitched", server: server.id, ...described(after) });
  if (server.role !== "leader") return;
  followMembers(s);
  if (leaveIfRemoved(s)) return;
  if (advanceCommit(s)) broadcastAppend(s);
  else forPeers(s, (id) => sendAppend(s, id, false));
  if (server.transferee !== 0 && !isVoter(after, server.transferee)) abortTransfer(s, "no voter");
}

function followMembers({ server, env }: Step): void {
  const members = membersOf(server.configuration);
  server.progress = server.progress.map((progress, id) => (members.includes(id) ? progress : undefined));
  for (const id of members) server.progress[id] ??= newProgress(0, Math.max(lastIndex(server.log), 1), true, env.now);
}

/** A configuration counts from the moment when its entry is in the log (D §4.1). */
export function takeAppendedChange(s: Step, { change, index }: Pick<Entry, "change" | "index">): void {
  if (change === null || s.env.options.configurationFrom !== "append") return;
  const after = changed(s.server.configuration, change);
  if (after.ok) switchConfiguration(s, after.value, index);
}

/** Entries from `first` on are gone, and with them the configurations that they brought (D §4.1). */
export function rollBackConfiguration(s: Step, first: LogIndex): void {
  const { server, env } = s;
  if (env.options.configurationFrom !== "append") return;
  if (server.configurationIndex < first) return;
  const gone = server.configurationIndex;
  const before = configurationAt({ configuration: server.baseConfiguration, log: server.log }, first - 1);
  server.configuration = before.configuration;
  server.configurationIndex = before.configurationIndex;
  env.decide?.({ kind: "configurationRolledBack", server: server.id, gone, ...described(before.configuration) });
}

const described = (configuration: Configuration) => ({
  text: configurationText(configuration),
  joint: isJoint(configuration),
});
