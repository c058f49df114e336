import { describe, expect, test } from "vitest";
import { type BugName, bugOf } from "./bugs/index.ts";
import { votersOnly } from "./configuration.ts";
import type { DecisionKind } from "./decisions.ts";
import {
  appendEntries,
  appended,
  entries,
  heartbeat,
  preVote,
  preVoted,
  production,
  receive,
  requestVote,
  server,
  type Taken,
  take,
  ticks,
  vote,
} from "./fixtures.ts";
import type { RaftOptions } from "./options.ts";
import { rulesWith } from "./rules/broken.ts";
import { type RuleName, type Rules, rules } from "./rules/index.ts";

/** What one server decides under those rules. */
type Story = (by: Rules) => Pick<Taken, "decisions">;

const asking: RaftOptions = { ...production, preVote: true };
const joint = { ...votersOnly([1, 2, 3]), outgoing: [1, 4, 5] };
const voter = (request: Parameters<typeof requestVote>[0]): Story => {
  return (by) => receive(server({ term: 2, log: [1, 2] }), requestVote(request), { by });
};
const candidate = (servers: number): Story => {
  return (by) => receive(server({ term: 2, role: "candidate", servers }), vote({ term: 2 }), { by });
};
const halves: Story = (by) =>
  receive(server({ term: 2, role: "candidate", configuration: joint }), vote({ term: 2 }), { by });
const stored =
  (more: Parameters<typeof server>[0], log: readonly number[] = [2]): Story =>
  (by) => {
    const made = server({ term: 2, log, role: "leader", ...more });
    const answers = [2, 3].map((from) => receive(made, appended({ term: 2, from, matchIndex: log.length }), { by }));
    return { decisions: answers.flatMap(({ decisions }) => decisions) };
  };
const follower = (fields: Parameters<typeof appendEntries>[0], log: readonly number[]): Story => {
  return (by) => receive(server({ term: 2, log }), appendEntries({ term: 2, ...fields }), { by });
};

/** For each mistake in voting and in committing: a decision that rests on the rule that it replaces. */
const stories: { readonly [Name in BugName]?: readonly [DecisionKind, RuleName, Story] } = {
  "double-vote": ["voteGranted", "oneVotePerTerm", voter({ term: 3, lastLogTerm: 2, lastLogIndex: 2 })],
  "vote-reset-same-term": ["voteGranted", "newTermClearsVote", voter({ term: 3, lastLogTerm: 2, lastLogIndex: 2 })],
  "no-lease-check": ["voteGranted", "leaderLease", voter({ term: 3, lastLogTerm: 2, lastLogIndex: 2 })],
  "no-log-check": ["voteGranted", "logUpToDate", voter({ term: 3 })],
  "log-length-only": ["voteGranted", "logUpToDate", voter({ term: 3, lastLogTerm: 1, lastLogIndex: 2 })],
  "log-term-only": ["voteGranted", "logUpToDate", voter({ term: 3, lastLogTerm: 2, lastLogIndex: 1 })],
  "log-compare-commit": ["voteGranted", "logUpToDate", voter({ term: 3 })],
  "learner-never-votes": ["voteGranted", "oneVotePerTerm", voter({ term: 3, lastLogTerm: 2, lastLogIndex: 2 })],
  "vote-half": ["voteCounted", "electionQuorum", candidate(4)],
  "joint-vote-new-only": ["voteCounted", "electionQuorum", halves],
  "joint-vote-old-only": ["voteCounted", "electionQuorum", halves],
  "stale-vote-resp": ["voteCounted", "currentReply", candidate(3)],
  "prevote-resp-as-vote": ["voteCounted", "currentReply", candidate(3)],
  "prevote-records-vote": [
    "voteGranted",
    "recordsVote",
    (by) => receive(server({ term: 1, options: asking }), preVote({ term: 2 }), { by, options: asking }),
  ],
  "prevote-grant-own-term": [
    "voteGranted",
    "voteReplyTerm",
    (by) => receive(server({ term: 1, options: asking }), preVote({ term: 2 }), { by, options: asking }),
  ],
  "prevote-bumps-term": [
    "termAdopted",
    "termStaysOpen",
    (by) => receive(server({ term: 1, options: asking }), preVote({ term: 3 }), { by, options: asking }),
  ],
  "prevote-no-lower-term-reply": [
    "messageIgnored",
    "answersOldTerm",
    (by) => receive(server({ term: 3, options: asking }), preVote({ term: 2 }), { by, options: asking }),
  ],
  "no-stale-leader-reply": [
    "messageIgnored",
    "unlocksHigherTerm",
    (by) => receive(server({ term: 3, options: asking }), heartbeat({ term: 2 }), { by, options: asking }),
  ],
  "leader-ignores-higher-term": [
    "messageIgnored",
    "newerTerm",
    (by) => receive(server({ term: 2, role: "leader" }), preVoted({ term: 3, granted: false }), { by }),
  ],
  "vote-not-persisted": ["wroteFirst", "durableState", voter({ term: 3, lastLogTerm: 2, lastLogIndex: 2 })],
  "term-not-persisted": ["wroteFirst", "durableState", voter({ term: 3, lastLogTerm: 2, lastLogIndex: 2 })],
  "no-random-timeout": [
    "timerReset",
    "electionTimeout",
    (by) => take(server({ term: 1 }), { kind: "electionTimeout" }, { by }),
  ],
  "timer-reset-any": [
    "timerReset",
    "timerStands",
    (by) => receive(server({ term: 1, options: ticks }), vote({ term: 1 }), { by }),
  ],
  "commit-old-term": ["committed", "commitOwnTerm", stored({}, [1])],
  "commit-minority": ["committed", "commitQuorum", stored({ servers: 3 })],
  "commit-half": ["committed", "commitQuorum", stored({ servers: 4 })],
  "count-learners": ["committed", "commitQuorum", stored({ configuration: { ...votersOnly([1, 2]), learners: [3] } })],
  "joint-commit-new-only": ["committed", "commitQuorum", stored({ configuration: joint })],
  "joint-commit-old-only": [
    "committed",
    "commitQuorum",
    stored({ configuration: { ...votersOnly([1, 4, 5]), outgoing: [1, 2, 3] } }),
  ],
  "commit-min-last-log": [
    "followerCommitted",
    "followerCommit",
    follower({ prevLogIndex: 1, prevLogTerm: 2, leaderCommit: 2 }, [2, 2]),
  ],
  "match-is-last": ["matchAdvanced", "matchAfterSuccess", stored({ servers: 3 })],
  "match-is-next": ["matchAdvanced", "matchAfterSuccess", stored({ servers: 3 })],
  "no-prev-check": [
    "appendAccepted",
    "consistencyCheck",
    follower({ prevLogIndex: 1, prevLogTerm: 1, entries: entries(2, 2) }, [2]),
  ],
};

describe("a record says which of the rules that were asked a bug had replaced", () => {
  for (const [name, [kind, rule, story]] of Object.entries(stories) as [BugName, (typeof stories)[BugName] & {}][]) {
    test(name, () => {
      const bug = bugOf(name);
      const decided = story(rulesWith([bug])).decisions.filter((each) => each.kind === kind);
      expect(decided[0]?.replacedRules).toEqual([{ rule, bug: name, changed: bug.changed }]);
    });
  }

  test("and says nothing where all are Raft's own", () => {
    for (const [, , story] of Object.values(stories))
      for (const decision of story(rules).decisions) expect(decision).not.toHaveProperty("replacedRules");
  });
});

describe("§6 a record has the count of each half of a joint configuration", () => {
  const both = [
    { voters: [1, 2, 3], agree: [1, 2], quorum: 2 },
    { voters: [1, 4, 5], agree: [1], quorum: 2 },
  ];

  test("§6 votes and pre-votes", () => {
    for (const [role, reply] of [
      ["candidate", vote({ term: 2 })],
      ["preCandidate", preVoted({ term: 3 })],
    ] as const) {
      const made = server({ term: 2, role, configuration: joint, options: asking });
      made.votes[1] = true;
      const [counted] = receive(made, reply, { options: asking }).decisions;
      expect(counted).toMatchObject({ kind: "voteCounted", counts: both });
      expect(made.role).toBe(role);
    }
  });

  test("§6 copies of an entry", () => {
    const made = server({ term: 2, log: [2], role: "leader", configuration: joint });
    receive(made, appended({ term: 2, matchIndex: 1 }));
    const { decisions } = receive(made, appended({ term: 2, from: 4, matchIndex: 1 }));
    expect(decisions.find(({ kind }) => kind === "committed")).toMatchObject({
      on: [1, 2, 4],
      counts: [both[0], { voters: [1, 4, 5], agree: [1, 4], quorum: 2 }],
    });
  });

  test("D 6.2 who has been heard", () => {
    const options = { ...production, checkQuorum: true };
    const made = server({ term: 2, role: "leader", configuration: joint, options });
    made.progress[2]!.active = true;
    const { decisions } = take(made, { kind: "quorumTimeout" }, { options, now: 10 });
    expect(decisions[0]).toMatchObject({ kind: "quorumLost", counts: both });
  });
});
