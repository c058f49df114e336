import { membershipChange, votersOnly } from "../configuration.ts";
import {
  answer,
  appendEntries,
  appended,
  entries,
  follows,
  heartbeat,
  heartbeatReply,
  installSnapshot,
  preVote,
  preVoted,
  production,
  propose,
  receive,
  requestVote,
  server,
  take,
  termsOf,
  ticks,
  vote,
} from "../fixtures.ts";
import { profiles, type RaftOptions } from "../options.ts";
import { newProgress } from "../progress.ts";
import { rulesWith } from "../rules/broken.ts";
import { type Rules, rules } from "../rules/index.ts";
import type { RaftMessage, Server } from "../types.ts";
import { type BugName, bugOf } from "./index.ts";

/**
 * What each bug changes, and nothing else: one story of one server, told under the rules as they are and under the
 * broken one. Each gives what is right, then what is wrong.
 */

type Story = readonly [story: (by: Rules) => unknown, right: unknown, wrong: unknown];

const asking: RaftOptions = { ...production, preVote: true };
const after = (made: Server, message: RaftMessage, by: Rules, options = ticks) => {
  const out = receive(made, message, { by, options });
  return { made, out, ...made };
};
const votesFor = (request: Parameters<typeof requestVote>[0], made: Server, by: Rules) =>
  after(made, requestVote(request), by).votedFor;
/** Does a leader of term 2 with that log, of so many servers, commit what S2 alone has stored beside it? */
const commits = (servers: number, log: readonly number[], by: Rules, options = ticks) => {
  const made = server({ term: 2, log, role: "leader", servers, options });
  return after(made, appended({ term: 2, matchIndex: log.length }), by, options).commitIndex;
};
/** What becomes of a candidate that these servers vote for. */
const elected = (servers: number, from: readonly number[], by: Rules) => {
  const made = server({ term: 2, role: "candidate", servers });
  for (const id of from) receive(made, vote({ term: 2, from: id }), { by });
  return made.role;
};
const joint = { ...votersOnly([1, 2, 3]), outgoing: [1, 4, 5] };
const jointCommit = (from: readonly number[], by: Rules) => {
  const made = server({ term: 2, log: [2], role: "leader", configuration: joint });
  for (const id of from) receive(made, appended({ term: 2, from: id, matchIndex: 1 }), { by });
  return made.commitIndex;
};
const jointVote = (from: readonly number[], by: Rules) => {
  const made = server({ term: 2, role: "candidate", configuration: joint });
  for (const id of from) receive(made, vote({ term: 2, from: id }), { by });
  return made.role;
};
const add = (id: number) => ({
  kind: "propose" as const,
  proposals: [{ command: null, change: membershipChange([{ type: "add", server: id }]) }],
});
const lead = (options = ticks, more = {}) =>
  server({ term: 2, log: [2, 2], commit: 2, role: "leader", servers: 3, options, ...more });
const reads: RaftOptions = { ...production, reads: "safe" };
const readKinds = (made: Server, by: Rules, options = reads) =>
  take(made, { kind: "readIndex", context: "a" }, { by, options }).kinds[0];
const learner = { ...votersOnly([2, 3]), learners: [1] };

const stories: Readonly<Record<BugName, Story>> = {
  "double-vote": [(by) => votesFor({ from: 3 }, server({ term: 1, votedFor: 2 }), by), 2, 3],
  "vote-reset-same-term": [
    (by) => after(server({ term: 2, votedFor: 1, role: "candidate" }), appendEntries({ term: 2 }), by).votedFor,
    1,
    0,
  ],
  "vote-not-persisted": [
    (by) => by.durableState.ask({ term: 2, votedFor: 3, commitIndex: 0 }, { term: 1, votedFor: 0, commitIndex: 0 }),
    { term: 2, votedFor: 3, commitIndex: 0 },
    { term: 2, votedFor: 0, commitIndex: 0 },
  ],
  "term-not-persisted": [
    (by) => by.durableState.ask({ term: 2, votedFor: 3, commitIndex: 1 }, { term: 1, votedFor: 0, commitIndex: 0 }),
    { term: 2, votedFor: 3, commitIndex: 1 },
    { term: 1, votedFor: 0, commitIndex: 1 },
  ],
  "no-log-check": [(by) => votesFor({}, server({ term: 1, log: [1] }), by), 0, 2],
  "log-length-only": [
    (by) => votesFor({ lastLogIndex: 2, lastLogTerm: 1, term: 3 }, server({ term: 2, log: [2] }), by),
    0,
    2,
  ],
  "log-term-only": [(by) => votesFor({ lastLogIndex: 1, lastLogTerm: 1 }, server({ term: 1, log: [1, 1] }), by), 0, 2],
  "log-compare-commit": [
    (by) => votesFor({ lastLogIndex: 1, lastLogTerm: 1 }, server({ term: 1, log: [1, 1], commit: 1 }), by),
    0,
    2,
  ],
  "vote-half": [(by) => elected(4, [1, 2], by), "candidate", "leader"],
  "stale-vote-resp": [
    (by) => {
      const made = server({ term: 2, role: "candidate", servers: 3, votedFor: 1 });
      for (const from of [2, 3]) receive(made, vote({ term: 1, from }), { by });
      return made.role;
    },
    "candidate",
    "leader",
  ],
  "prevote-records-vote": [
    (by) => after(server({ term: 1, options: asking }), preVote({ term: 2 }), by, asking).votedFor,
    0,
    2,
  ],
  "prevote-resp-as-vote": [
    (by) => {
      const made = server({ term: 2, role: "candidate", servers: 3, options: asking });
      for (const from of [2, 3]) receive(made, preVoted({ term: 2, from }), { by, options: asking });
      return made.role;
    },
    "candidate",
    "leader",
  ],
  "prevote-bumps-term": [
    (by) => after(server({ term: 1, options: asking }), preVote({ term: 5 }), by, asking).term,
    1,
    5,
  ],
  "prevote-no-lower-term-reply": [
    (by) => after(server({ term: 5, options: asking }), preVote({ term: 3 }), by, asking).out.messages.length,
    1,
    0,
  ],
  "prevote-grant-own-term": [
    (by) =>
      answer(after(server({ term: 1, options: asking }), preVote({ term: 5 }), by, asking).out, "PreVoteReply").term,
    5,
    1,
  ],
  "no-random-timeout": [
    (by) => [0, 0x8000_0000].map((random) => by.electionTimeout.ask(random, ticks)),
    [10, 15],
    [10, 10],
  ],
  "timer-reset-any": [(by) => after(server({ term: 2 }), requestVote({ term: 1 }), by).timerSince, 0, 5],
  "leader-ignores-higher-term": [
    (by) => after(lead(), appended({ term: 4, success: false }), by).role,
    "follower",
    "leader",
  ],
  "no-lease-check": [
    (by) => {
      const options = { ...production, checkQuorum: true };
      return after(server({ term: 1, leader: 3, options }), requestVote({ term: 2 }), by, options).votedFor;
    },
    0,
    2,
  ],
  "no-stale-leader-reply": [
    (by) => {
      const options = { ...production, checkQuorum: true };
      return after(server({ term: 3, options }), heartbeat({ term: 1 }), by, options).out.messages.length;
    },
    1,
    0,
  ],
  "commit-old-term": [(by) => commits(3, [1], by), 0, 1],
  "commit-minority": [
    (by) => {
      const made = server({ term: 2, log: [2], role: "leader", servers: 5 });
      return after(made, appended({ term: 2, matchIndex: 1 }), by).commitIndex;
    },
    0,
    1,
  ],
  "commit-half": [(by) => commits(4, [2], by), 0, 1],
  "no-prev-check": [(by) => accepts([1, 1], { term: 3, prevLogIndex: 2, prevLogTerm: 2 }, by), false, true],
  "prev-index-only": [(by) => accepts([1, 1], { term: 3, prevLogIndex: 2, prevLogTerm: 2 }, by), false, true],
  "always-truncate": [
    (by) => termsOf(after(server({ term: 1, log: [1, 1, 1] }), appendEntries({ entries: entries(1, 1) }), by).made),
    [1, 1, 1],
    [1],
  ],
  "never-truncate": [
    (by) =>
      termsOf(after(server({ term: 2, log: [1, 1] }), appendEntries({ term: 2, entries: entries(1, 2) }), by).made),
    [2],
    [1, 1],
  ],
  "commit-min-last-log": [
    (by) => after(server({ term: 1, log: [1, 1] }), appendEntries({ leaderCommit: 2 }), by).commitIndex,
    0,
    2,
  ],
  "ack-last-log": [
    (by) => answer(after(server({ term: 1, log: [1, 1] }), appendEntries(), by).out, "AppendEntriesReply").matchIndex,
    0,
    2,
  ],
  "heartbeat-full-commit": [
    (by) => {
      const out = take(lead(production), { kind: "heartbeatTimeout" }, { by, options: production });
      return out.messages.map((message) => message.type === "Heartbeat" && message.commit);
    },
    [0, 0],
    [2, 2],
  ],
  "match-is-last": [(by) => after(lead(), appended({ term: 2, matchIndex: 1 }), by).progress[2]?.match, 1, 2],
  "match-is-next": [
    (by) => {
      const made = lead(production);
      made.progress[2] = { ...follows(0, production), next: 3 };
      return after(made, appended({ term: 2, matchIndex: 1 }), by, production).progress[2]?.match;
    },
    1,
    2,
  ],
  "stale-append-resp": [(by) => after(lead(), appended({ term: 1, matchIndex: 2 }), by).progress[2]?.match, 0, 2],
  "stale-append-accepted": [
    (by) => termsOf(after(server({ term: 3 }), appendEntries({ term: 1, entries: entries(1, 1) }), by).made),
    [],
    [1],
  ],
  "apply-uncommitted": [
    (by) => take(server({ log: [1, 1] }), { kind: "heartbeatTimeout" }, { by }).ready.apply.length,
    0,
    2,
  ],
  "no-noop": [
    (by) => {
      const made = server({ term: 2, role: "candidate", servers: 3, options: production });
      for (const from of [1, 2]) receive(made, vote({ term: 2, from }), { by, options: production });
      return made.log.last;
    },
    1,
    0,
  ],
  "reject-ignored": [
    (by) => {
      const made = lead();
      made.progress[2] = newProgress(0, 3, true, 0);
      return after(made, appended({ term: 2, success: false, prevLogIndex: 2 }), by).progress[2]?.next;
    },
    2,
    3,
  ],
  "heartbeat-resp-no-unpause": [
    (by) => {
      const made = lead(production);
      made.progress[2] = { ...newProgress(0, 3, true, 0), paused: true };
      return after(made, heartbeatReply({ term: 2 }), by, production).out.messages.length;
    },
    1,
    0,
  ],
  "inflight-not-freed": [
    (by) => {
      const made = lead(production);
      made.progress[2] = { ...follows(0, production), next: 3, inflight: [{ index: 2, bytes: 1 }], inflightBytes: 1 };
      return after(made, appended({ term: 2, matchIndex: 2 }), by, production).progress[2]?.inflight.length;
    },
    0,
    1,
  ],
  "single-server-bug": [
    (by) => take(server({ term: 3, role: "leader", servers: 3 }), add(4), { by }).kinds[0],
    "changeRefused",
    "changeAppended",
  ],
  "no-joint": [
    (by) => {
      const made = lead();
      const change = membershipChange([4, 5].map((id) => ({ type: "add", server: id }) as const));
      take(made, { kind: "propose", proposals: [{ command: null, change }] }, { by });
      return made.configuration.outgoing;
    },
    [1, 2, 3],
    [],
  ],
  "joint-commit-new-only": [(by) => jointCommit([2], by), 0, 1],
  "joint-commit-old-only": [(by) => jointCommit([4], by), 0, 1],
  "joint-vote-new-only": [(by) => jointVote([1, 2], by), "candidate", "leader"],
  "joint-vote-old-only": [(by) => jointVote([1, 4], by), "candidate", "leader"],
  "conf-pending-ignored": [
    (by) => {
      const made = lead();
      take(made, add(4), { by });
      return take(made, add(5), { by }).kinds[0];
    },
    "changeRefused",
    "changeAppended",
  ],
  "new-leader-forgets-pending-conf": [
    (by) => {
      const made = server({ term: 2, log: [1], role: "candidate", servers: 3 });
      for (const from of [1, 2]) receive(made, vote({ term: 2, from }), { by });
      return made.pendingChangeIndex;
    },
    1,
    0,
  ],
  "campaign-unapplied-conf": [
    (by) => {
      const made = server({ log: [1], servers: 3, options: production });
      const change = membershipChange([{ type: "add", server: 4 }]);
      const entry = { index: 2, term: 1, command: null, change };
      receive(made, appendEntries({ prevLogIndex: 1, prevLogTerm: 1, entries: [entry], leaderCommit: 2 }), {
        options: production,
      });
      return take(made, { kind: "campaign" }, { by, options: production }).kinds.includes("electionStarted");
    },
    false,
    true,
  ],
  "count-learners": [
    (by) => {
      const configuration = { ...votersOnly([1, 2, 3, 5]), learners: [4] };
      const made = server({ term: 2, log: [2], role: "leader", configuration });
      for (const from of [2, 4]) receive(made, appended({ term: 2, from, matchIndex: 1 }), { by });
      return made.commitIndex;
    },
    0,
    1,
  ],
  "learner-campaigns": [
    (by) => take(server({ configuration: learner }), { kind: "electionTimeout" }, { by }).kinds[0],
    "campaignRefused",
    "electionStarted",
  ],
  "learner-never-votes": [(by) => votesFor({}, server({ term: 1, configuration: learner }), by), 2, 0],
  "removed-leader-proposes": [
    (by) => {
      const made = server({ term: 2, role: "leader", configuration: votersOnly([2, 3]), options: production });
      return take(made, propose(), { by, options: production }).refused;
    },
    "not a member",
    null,
  ],
  "auto-leave-forgotten": [
    (by) => {
      const made = server({
        term: 3,
        log: [2],
        commit: 1,
        role: "leader",
        configuration: { ...joint, autoLeave: true },
      });
      made.pendingChangeIndex = 1;
      return by.leavesJoint.ask(made);
    },
    true,
    false,
  ],
  "snapshot-accept-stale": [(by) => by.snapshotIsNews.ask(server({ log: [1, 1], commit: 2 }), 1), false, true],
  "snapshot-always-discards-log": [
    (by) =>
      termsOf(after(server({ log: [1, 1, 1], servers: 3 }), installSnapshot({ index: 2, at: 1 }), by).made).length,
    3,
    0,
  ],
  "snapshot-index-is-last": [(by) => by.snapshotUpTo.ask(server({ log: [1, 1, 1] }), 2), 2, 3],
  "snapshot-without-conf": [
    (by) => {
      const of = votersOnly([1, 2, 3, 4]);
      return after(server({ servers: 3 }), installSnapshot({ index: 2, at: 1, of }), by).configuration.voters;
    },
    [1, 2, 3, 4],
    [1, 2, 3],
  ],
  "compact-unapplied": [(by) => by.discardsUpTo.ask(server({ log: [1, 1, 1] }), 2), 2, 3],
  "snapshot-state-stuck": [
    (by) => {
      const made = lead(production);
      const progress = Object.assign(made.progress[2]!, { state: "snapshot", pendingSnapshot: 2, next: 3 });
      after(made, appended({ term: 2, matchIndex: 2 }), by, production);
      take(made, { kind: "snapshotSent", peer: 2, ok: true }, { by, options: production });
      return progress.state;
    },
    "replicate",
    "snapshot",
  ],
  "read-no-quorum": [(by) => readKinds(lead(reads), by), "readTaken", "readConfirmed"],
  "read-before-noop": [(by) => readKinds(lead(reads, { term: 3 }), by), "readWaitsForCommit", "readTaken"],
  "read-stale-ack": [
    (by) => {
      const made = lead(reads);
      readKinds(made, by);
      return after(made, heartbeatReply({ term: 2, round: 0 }), by, reads).out.ready.reads.length;
    },
    0,
    1,
  ],
  "read-follower-local": [
    (by) => readKinds(server({ term: 2, leader: 2, options: reads }), by),
    "readForwarded",
    "readConfirmed",
  ],
  "ack-before-sync": [(by) => by.promisesWait.ask(), true, false],
  "session-not-deduplicated": [(by) => by.sessionDeduplicates.ask(true), true, false],
  "session-not-in-snapshot": [(by) => by.snapshotCarriesSessions.ask(), true, false],
  "transfer-no-catchup": [
    (by) =>
      take(lead(production), { kind: "transfer", to: 2 }, { by, options: production }).kinds.includes("timeoutNowSent"),
    false,
    true,
  ],
  "transfer-accepts-proposals": [
    (by) => {
      const made = lead(production);
      take(made, { kind: "transfer", to: 2 }, { options: production });
      return take(made, propose(), { by, options: production }).refused;
    },
    "transfer in progress",
    null,
  ],
  "transfer-never-aborts": [
    (by) => {
      const made = lead(production);
      take(made, { kind: "transfer", to: 2 }, { options: production });
      take(made, { kind: "quorumTimeout" }, { by, now: 99, options: production });
      return made.transferee;
    },
    0,
    2,
  ],
  "transfer-uses-prevote": [(by) => by.asksFirst.ask({ ...profiles.paper, preVote: true }, true), false, true],
};

function accepts(log: readonly number[], fields: Partial<Parameters<typeof appendEntries>[0]>, by: Rules): boolean {
  return answer(after(server({ term: 3, log }), appendEntries(fields), by).out, "AppendEntriesReply").success;
}

/** What comes of a bug's story with its rule as it is, and with the bug; and what shall. */
export function toldOf(name: BugName) {
  const [story, right, wrong] = stories[name];
  return { came: { right: story(rules), wrong: story(rulesWith([bugOf(name)])) }, shall: { right, wrong } };
}
