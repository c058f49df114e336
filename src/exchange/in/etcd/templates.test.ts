import { describe, expect, test } from "vitest";
import type { Post } from "../merge.ts";
import { matchIn } from "./match.ts";
import { type Template, templates } from "./templates.ts";

/** A line of every template, and what it tells: "term=5 vote=2; sends MsgVote 2>3 t5; receives …". */
const examples: readonly (readonly [line: string, tells: string])[] = [
  ["1 became follower at term 5", "role=follower term=5 leader=null"],
  ["1 became pre-candidate at term 5", "role=preCandidate term=5 leader="],
  ["8211f1d0f64f3269 became candidate at term 5", "role=candidate term=5 vote=8211f1d0f64f3269 leader="],
  ["1 became leader at term 5", "role=leader term=5 leader=1 last=null lastTerm=null"],
  ["1 is starting a new election at term 5", "term=5"],
  ["1 ignoring MsgHup because already leader", ""],
  ["1 is unpromotable and can not campaign; ignoring MsgHup", ""],
  ["1 is unpromotable; campaign() should have been called", ""],
  ["1 cannot campaign at term 5 since there are still 2 pending configuration changes to apply", "term=5"],
  [
    "2 [logterm: 4, index: 17] sent MsgVote request to 3 at term 5",
    "term=5 last=17 lastTerm=4; sends MsgVote 2>3 t5 logTerm=4 index=17",
  ],
  ["2 received MsgVoteResp from 3 at term 5", "term=5; receives MsgVoteResp 3>2 t5 yes"],
  ["2 received MsgPreVoteResp rejection from 3 at term 5", "term=5; receives MsgPreVoteResp 3>2 no"],
  [
    "3 [logterm: 4, index: 16, vote: 0] cast MsgVote for 2 [logterm: 4, index: 17] at term 5",
    "term=5 vote=2 last=16 lastTerm=4; sends MsgVoteResp 3>2 t5 yes; receives MsgVote 2>3 t5 logTerm=4 index=17",
  ],
  [
    "3 [logterm: 4, index: 18, vote: 0] rejected MsgVote from 2 [logterm: 4, index: 17] at term 5",
    "term=5 vote=0 last=18 lastTerm=4; sends MsgVoteResp 3>2 t5 no; receives MsgVote 2>3 t5 logTerm=4 index=17",
  ],
  [
    "3 [logterm: 4, index: 18, vote: 1] ignored MsgPreVote from 2 [logterm: 4, index: 17] at term 5: lease is not expired (remaining ticks: 3)",
    "term=5 vote=1 last=18 lastTerm=4; receives MsgPreVote 2>3 logTerm=4 index=17",
  ],
  [
    "2 [logterm: 4, index: 17] sent vote request to 3 at term 5",
    "term=5 last=17 lastTerm=4; sends MsgVote 2>3 t5 logTerm=4 index=17",
  ],
  [
    "3 [logterm: 4, index: 16, vote: 0] voted for 2 [logterm: 4, index: 17] at term 5",
    "term=5 vote=2 last=16 lastTerm=4; sends MsgVoteResp 3>2 t5 yes; receives MsgVote 2>3 t5 logTerm=4 index=17",
  ],
  [
    "3 [logterm: 4, index: 18, vote: 0] rejected vote from 2 [logterm: 4, index: 17] at term 5",
    "term=5 vote=0 last=18 lastTerm=4; sends MsgVoteResp 3>2 t5 no; receives MsgVote 2>3 t5 logTerm=4 index=17",
  ],
  ["2 received vote from 3 at term 5", "term=5; receives MsgVoteResp 3>2 t5 yes"],
  ["2 received vote rejection from 3 at term 5", "term=5; receives MsgVoteResp 3>2 t5 no"],
  ["2 [q:3] has received 2 votes and 0 vote rejections", ""],
  ["2 has received 2 MsgVoteResp votes and 0 vote rejections", ""],
  ["2 [quorum:2] has received 2 MsgVoteResp votes and 0 vote rejections", ""],
  [
    "3 [term: 4] received a MsgVote message with higher term from 2 [term: 5]",
    "term=4; receives MsgVote 2>3 t5; opens",
  ],
  [
    "3 [term: 5] ignored a MsgHeartbeat message with lower term from 2 [term: 4]",
    "term=5; receives MsgHeartbeat 2>3 t4",
  ],
  ["3 [term: 5] ignored entry appends from a MsgStorageAppendResp message with lower term [term: 4]", "term=5"],
  ["1 stepped down to follower since quorum is not active", ""],
  ["raft.node: 1 elected leader 2 at term 5", "term=5 leader=2"],
  ["raft.node: 1 changed leader from 2 to 3 at term 5", "term=5 leader=3"],
  ["raft.node: 1 lost leader 2 at term 5", "term=5 leader="],
  ["1 forgetting leader 2 at term 5", "term=5 leader="],
  ["ignoring MsgForgetLeader due to ReadOnlyLeaseBased", ""],
  ["error occurred during election: raft: cannot step raft local message", ""],
  ["1 [term 5] starts to transfer leadership to 2", "term=5"],
  ["1 [term 5] abort previous transferring leadership to 2", "term=5"],
  ["1 [term 5] transfer leadership to 2 is in progress, ignores request to same node 2", "term=5"],
  ["1 [term 5] transfer leadership to 2 is in progress; dropping proposal", "term=5"],
  ["1 sends MsgTimeoutNow to 2 immediately as 2 already has up-to-date log", "; sends MsgTimeoutNow 1>2"],
  ["1 sent MsgTimeoutNow to 2 after received MsgAppResp", "; sends MsgTimeoutNow 1>2"],
  [
    "2 [term 5] received MsgTimeoutNow from 1 and starts an election to get leadership.",
    "term=5; receives MsgTimeoutNow 1>2",
  ],
  ["2 [term 5 state StateCandidate] ignored MsgTimeoutNow from 1", "term=5; receives MsgTimeoutNow 1>2"],
  ["2 received MsgTimeoutNow from 1 but is not promotable", "; receives MsgTimeoutNow 1>2"],
  ["4 is learner. Ignored transferring leadership", ""],
  ["1 is already leader. Ignored transferring leadership to self", ""],
  ["2 no leader at term 5; dropping leader transfer msg", "term=5 leader="],
  [
    "newRaft 1 [peers: [1,2,3], term: 5, commit: 16, applied: 12, lastindex: 17, lastterm: 4]",
    'status=up role=follower term=5 vote=null leader= commit=16 applied=12 last=17 lastTerm=4 configuration={"voters":["1","2","3"],"outgoing":[],"learners":[]}',
  ],
  ["error occurred during starting a new node: not enough", ""],
  ["1 A tick missed to fire. Node blocks too long!", ""],
  [
    "1 received MsgAppResp(rejected, hint: (index 9, term 3)) from 2 for index 17",
    "; receives MsgAppResp 2>1 no index=17",
  ],
  [
    "1 received MsgAppResp(MsgApp was rejected, lastindex: 9) from 2 for index 17",
    "; receives MsgAppResp 2>1 no index=17",
  ],
  [
    "2 [logterm: 0, index: 17] rejected MsgApp [logterm: 4, index: 17] from 1",
    "; sends MsgAppResp 2>1 no index=17; receives MsgApp 1>2 logTerm=4 index=17",
  ],
  ["1 decreased progress of 2 to [StateProbe match=0 next=10]", ""],
  ["1 paused sending replication messages to 2 [StateProbe match=0 next=10 paused]", ""],
  ["1 no progress available for 7", ""],
  ["1 failed to send message to 2 because it is unreachable [StateProbe match=0 next=10]", ""],
  ["found conflict at index 17 [existing term: 4, conflicting term: 5]", ""],
  ["replace the unstable entries from index 17", ""],
  ["truncate the unstable entries before index 17", ""],
  ["entry at index 17 missing from unstable log; ignoring", ""],
  ["entry at index 17 matched unstable snapshot; ignoring", ""],
  ["entry at (index,term)=(17,4) mismatched with entry at (17,5) in unstable log; ignoring", ""],
  ["error occurred during checking sending heartbeat: stopped", ""],
  [
    "1 [firstindex: 10, commit: 60] sent snapshot[index: 55, term: 4] to 3 [StateSnapshot match=0 next=56 paused pendingSnap=55]",
    "commit=60; sends MsgSnap 1>3 index=55 term=4",
  ],
  [
    "3 [commit: 55, lastindex: 55, lastterm: 4] restored snapshot [index: 55, term: 4]",
    "commit=55 last=55 lastTerm=4 base=55 baseTerm=4; receives MsgSnap >3 index=55 term=4; opens",
  ],
  [
    "3 [commit: 55] restored snapshot [index: 55, term: 4]",
    "commit=55 base=55 baseTerm=4; receives MsgSnap >3 index=55 term=4",
  ],
  ["3 [commit: 60] ignored snapshot [index: 55, term: 4]", "commit=60; receives MsgSnap >3 index=55 term=4"],
  [
    "3 [commit: 50, lastindex: 58, lastterm: 4] fast-forwarded commit to snapshot [index: 55, term: 4]",
    "commit=55 last=58 lastTerm=4; receives MsgSnap >3 index=55 term=4; opens",
  ],
  [
    "3 [commit: 5, lastindex: 6, lastterm: 1] starts to restore snapshot [index: 55, term: 4]",
    "commit=5 last=6 lastTerm=1",
  ],
  [
    "log [committed=5, applied=5, applying=5, unstable.offset=7, unstable.offsetInProgress=7, len(unstable.Entries)=0] starts to restore snapshot [index: 55, term: 4]",
    "",
  ],
  ["1 attempted to restore snapshot as leader; should never happen", ""],
  ["1 attempted to restore snapshot but it is not in the ConfState voters:2; should never happen", ""],
  ["ignore sending snapshot to 3 since it is not recently active", ""],
  ["1 failed to send snapshot to 3 because snapshot is temporarily unavailable", ""],
  ["1 snapshot succeeded, resumed sending replication messages to 3 [StateProbe match=0 next=56]", ""],
  ["1 snapshot failed, resumed sending replication messages to 3 [StateProbe match=0 next=1]", ""],
  ["1 snapshot aborted, resumed sending replication messages to 3 [StateProbe match=0 next=1]", ""],
  [
    "1 recovered from needing snapshot, resumed sending replication messages to 3 [StateReplicate match=57 next=58]",
    "",
  ],
  [
    "1 switched to configuration voters=(1 2 3)&&(1 2) learners=(4) autoleave",
    'configuration={"voters":["1","2","3"],"outgoing":["1","2"],"learners":["4"]}',
  ],
  ["initiating automatic transition out of joint configuration voters=(1 2)&&(1)", ""],
  ["not initiating automatic transition out of joint configuration voters=(1 2)&&(1): dropped", ""],
  [
    "1 ignoring conf change transition:ConfChangeTransitionAuto at config voters=(1): possible unapplied conf change",
    "",
  ],
  ["2 no leader at term 5; dropping proposal", "term=5 leader="],
  ["2 not forwarding to leader 1 at term 5; dropping proposal", "term=5 leader=1"],
  ["2 no leader at term 5; dropping index reading msg", "term=5 leader="],
  ["1 appending new entries to log would exceed uncommitted entry size limit; dropping proposal", ""],
  ["1 invalid format of MsgReadIndexResp from 2, entries count: 0", ""],
  ["pending MsgReadIndex should be released only after first commit in current term", ""],
  ["1 stepped empty MsgProp", ""],
  ["1 state.commit 9 is out of range [2, 5]", ""],
  ["tocommit(11) is out of range [lastIndex(10)]. Was the raft log corrupted, truncated, or lost?", ""],
  ["applied(3) is out of range [prevApplied(4), committed(5)]", ""],
  ["entry 4 conflict with committed entry [committed(5)]", ""],
  ["missing log entry [last: 3, append at: 5]", ""],
  ["empty entry was dropped", ""],
  ["term should be set when sending MsgVote", ""],
  ["term should not be set when sending MsgProp (was 5)", ""],
  ["message should not be self-addressed when sending MsgApp", ""],
];

const postText = ({ name, from, to, term, yes, fields }: Post): string =>
  [
    ...[name, `${from}>${to}`, ...(term === null ? [] : [`t${term}`]), ...(yes === null ? [] : [yes ? "yes" : "no"])],
    ...fields.map((field) => field.join("=")),
  ].join(" ");

function tellingOf(line: string): string {
  const match = matchIn(line);
  if (match === null) return "no template";
  const { says = {}, sends = [], receives, opens } = match.template.tells?.(match.values) ?? {};
  const values = Object.entries(says).map(
    ([name, value]) => `${name}=${typeof value === "object" ? JSON.stringify(value) : value}`,
  );
  return [
    values.join(" "),
    ...sends.map((post) => `sends ${postText(post)}`),
    ...(receives === undefined ? [] : [`receives ${postText(receives)}`]),
    ...(opens ? ["opens"] : []),
  ].join("; ");
}

describe("the lines of etcd/raft", () => {
  test.each(examples)("%s", (line, tells) => {
    expect(tellingOf(line)).toBe(tells);
    expect(tellingOf(`raft2024/05/01 10:00:00 INFO: ${line}`)).toBe(tells);
  });

  test("each template has a line here, and none takes another's", () => {
    const found = examples.map(([line]) => matchIn(line)?.template);
    expect(found).not.toContain(undefined);
    const seen = new Set<Template | undefined>(found);
    expect(templates.filter((template) => !seen.has(template)).map(({ pattern }) => pattern)).toEqual([]);
    expect(seen.size).toBe(examples.length);
  });

  test.each([
    "became follower at term 5",
    "x became follower at term y",
    "1 became follower at term 5x",
    "etcd starts",
  ])("no line of it: %s", (line) => expect(matchIn(line)).toBeNull());
});
