import { copiesOf } from "./commit.ts";
import { type Configuration, isJoint, isLearner, membersOf, votersOnly } from "./configuration.ts";
import type { CampaignProblem, DecisionOf } from "./decisions.ts";
import type { Env } from "./env.ts";
import { knownTerm, lastIndex } from "./log.ts";
import { type Progress, windowFull } from "./progress.ts";
import { quorumValue } from "./quorum.ts";
import { storedOn } from "./rules/commitment.ts";
import type { Server } from "./types.ts";

/** Something that may be expected of a server and does not happen, and why. */
export type Silence = DecisionOf<
  "notCommittedOldTerm" | "notCommittedHalf" | "notApplied" | "notSent" | "snapshotWithheld" | "neverCampaigns"
>;

type Asked = Pick<Env, "options" | "rules">;

/**
 * Everything about which a server keeps silent as it stands. It follows from its state alone: so nobody has to remember
 * what was told, and a run tells the same from wherever one begins to listen.
 */
export function silencesOf(server: Server, asked: Asked): readonly Silence[] {
  const silences: Silence[] = [];
  const add = (silence: Silence | null): void => void (silence !== null && silences.push(silence));
  const leads = server.role === "leader";
  add(leads ? notCommitted(server, asked) : neverCampaigns(server, asked));
  add(notApplied(server, asked));
  if (leads) eachNotSent(server, asked, add);
  return silences;
}

/** Tells what has begun since `before`, or has another reason now. */
export function tellSilences(before: readonly Silence[], server: Server, asked: Asked & Pick<Env, "decide">): void {
  const { decide } = asked;
  if (decide === null) return;
  const now = silencesOf(server, asked);
  if (now.length === 0) return;
  const told = before.map(reasonOf);
  for (const silence of now) if (!told.includes(reasonOf(silence))) decide(silence);
}

/** Equal for silences that need not be told twice. */
function reasonOf(silence: Silence): string {
  const { kind } = silence;
  switch (kind) {
    case "notCommittedOldTerm":
      return `${kind} ${silence.index}`;
    case "notCommittedHalf":
      return `${kind} ${silence.lacking}`;
    case "notApplied":
      return `${kind} ${silence.reason}`;
    case "notSent":
      return `${kind} ${silence.to} ${silence.reason}`;
    case "snapshotWithheld":
      return `${kind} ${silence.to}`;
    case "neverCampaigns":
      return `${kind} ${silence.reason}`;
  }
}

/** On enough servers, and not committed: of an older term (§5.4.2), or on a majority of one half only (§6). */
function notCommitted(server: Server, { rules }: Asked): Silence | null {
  const { id, term, log, commitIndex, configuration } = server;
  const index = rules.commitQuorum.ask(server);
  if (isJoint(configuration)) {
    const stored = (voters: Configuration["voters"]) => quorumValue(votersOnly(voters), (who) => storedOn(server, who));
    const [next, old] = [stored(configuration.voters), stored(configuration.outgoing)];
    const newest = Math.min(Math.max(next, old), lastIndex(log));
    if (newest > Math.max(commitIndex, index)) {
      const lacking = next < old ? "new" : "old";
      return { kind: "notCommittedHalf", server: id, index: newest, lacking, ...countedOf(server, newest) };
    }
  }
  if (index <= commitIndex || index > lastIndex(log) || rules.commitOwnTerm.ask(server, index)) return null;
  const entryTerm = knownTerm(log, index) ?? 0;
  return { kind: "notCommittedOldTerm", server: id, index, entryTerm, term, ...countedOf(server, index) };
}

/** A leader that did not wait for its own vote's write (etcd) counts what it brought from before as stored by itself. */
function countedOf(server: Server, index: number): Pick<DecisionOf<"notCommittedHalf">, "on" | "counts" | "writing"> {
  const copies = copiesOf(server, index);
  return index >= server.unstableFrom && copies.on.includes(server.id) ? { ...copies, writing: true } : copies;
}

/** Committed, and not applied although nothing before it is missing. */
function notApplied(server: Server, { options, rules }: Asked): Silence | null {
  const { id, log, applying, unstableFrom, incoming, role } = server;
  const last = Math.min(rules.appliesUpTo.ask(server), lastIndex(log));
  if (last <= applying) return null;
  const because = (reason: "disk" | "write" | "snapshot", first: number): Silence => {
    return { kind: "notApplied", server: id, first, last, reason, leads: role === "leader" };
  };
  if (incoming !== null) return because("snapshot", applying + 1);
  if (options.asyncDisk) return last < unstableFrom ? null : because("disk", Math.max(applying + 1, unstableFrom));
  return server.writes.length > 0 ? because("write", applying + 1) : null;
}

function eachNotSent(server: Server, asked: Asked, add: (silence: Silence | null) => void): void {
  for (const to of membersOf(server.configuration)) {
    const progress = server.progress[to];
    if (to !== server.id && progress !== undefined) add(withheldFrom(server, to, progress, asked));
  }
}

/** What one follower lacks and is not sent. */
function withheldFrom(server: Server, to: number, progress: Progress, { options }: Asked): Silence | null {
  const { id, log } = server;
  const { state, next, paused, outstanding, pendingSnapshot, active } = progress;
  const last = lastIndex(log);
  const because = (reason: "window" | "answer" | "snapshot", first: number, waitsFor: number): Silence | null =>
    first > last ? null : { kind: "notSent", server: id, to, first, last, reason, waitsFor };
  if (state === "snapshot") return because("snapshot", next, pendingSnapshot);
  if (state === "replicate") return windowFull(progress, options) ? because("window", next, next - 1) : null;
  if (paused) return because("answer", Math.max(next, outstanding + 1), outstanding);
  const isGone = knownTerm(log, next - 1) === null;
  return isGone && !active && options.flow === "window" ? { kind: "snapshotWithheld", server: id, to } : null;
}

/** Its timer may run out as often as it likes. */
function neverCampaigns(server: Server, { rules }: Asked): Silence | null {
  if (rules.mayCampaign.ask(server)) return null;
  return { kind: "neverCampaigns", server: server.id, reason: campaignProblem(server) };
}

/** What keeps a server from campaigning that does not lead. */
export const campaignProblem = ({ incoming, configuration, id }: Server): CampaignProblem =>
  incoming !== null ? "snapshot" : isLearner(configuration, id) ? "learner" : "not a voter";
