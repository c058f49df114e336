import { expect, test } from "vitest";
import { membershipChange, votersOnly } from "../raft/configuration.ts";
import type { Request } from "../world/state/clients.ts";
import type { Payload } from "../world/state/messages.ts";
import { isHeartbeat, messageFields, messageSummary, proposalText, requestSummary } from "./messages.ts";

interface Example {
  readonly message: Payload;
  readonly summary: string;
  readonly fields: Readonly<Record<string, string>>;
}
const put = { op: "put", key: "x", value: "1" } as const;
const command = { digest: 1, bytes: 2, operation: put, request: 0 };
const entry = { index: 4, term: 3, command, change: null };
const removal = membershipChange([{ type: "remove", server: 2 }]);
const configuration = { ...votersOnly([1, 2]), outgoing: [1, 2, 3], learners: [4] };
const answer = {
  type: "AppendEntriesReply",
  from: 3,
  to: 1,
  term: 4,
  prevLogIndex: 0,
  matchIndex: 0,
  hintIndex: 0,
  hintTerm: 0,
} as const;

/** One row per kind of message: a new kind does not compile until it has an example. */
const examples: { readonly [Type in Payload["type"]]: readonly Example[] } = {
  RequestVote: [
    {
      message: { type: "RequestVote", from: 1, to: 3, term: 4, lastLogIndex: 3, lastLogTerm: 2, transfer: false },
      summary: "S1 to S3, RequestVote: elect S1 in term 4; its log ends at entry 3 of term 2",
      fields: { term: "4", candidateId: "S1", lastLogIndex: "3", lastLogTerm: "2" },
    },
    {
      message: { type: "RequestVote", from: 1, to: 3, term: 4, lastLogIndex: 3, lastLogTerm: 2, transfer: true },
      summary: "S1 to S3, RequestVote: elect S1 in term 4, as its leader wishes; its log ends at entry 3 of term 2",
      fields: {
        term: "4",
        candidateId: "S1",
        lastLogIndex: "3",
        lastLogTerm: "2",
        "leadership transfer": "true",
      },
    },
  ],
  PreVote: [
    {
      message: { type: "PreVote", from: 1, to: 3, term: 4, lastLogIndex: 0, lastLogTerm: 0 },
      summary: "S1 to S3, PreVote: would you elect S1 in term 4? Its log ends at the start of the log",
      fields: { term: "4", candidateId: "S1", lastLogIndex: "0", lastLogTerm: "0" },
    },
  ],
  PreVoteReply: [
    {
      message: { type: "PreVoteReply", from: 3, to: 1, term: 4, granted: true },
      summary: "S3 to S1, pre-vote granted in term 4",
      fields: { term: "4", voteGranted: "true" },
    },
  ],
  RequestVoteReply: [
    {
      message: { type: "RequestVoteReply", from: 3, to: 1, term: 4, granted: false },
      summary: "S3 to S1, vote refused in term 4",
      fields: { term: "4", voteGranted: "false" },
    },
  ],
  AppendEntries: [
    {
      message: {
        type: "AppendEntries",
        from: 1,
        to: 3,
        term: 4,
        prevLogIndex: 3,
        prevLogTerm: 2,
        entries: [entry, { index: 5, term: 4, command: null, change: null }],
        leaderCommit: 2,
      },
      summary: "S1 to S3, AppendEntries: entries 4–5 after entry 3 of term 2",
      fields: {
        term: "4",
        leaderId: "S1",
        prevLogIndex: "3",
        prevLogTerm: "2",
        "entries[]": "4: put x=1 (term 3), 5: no-op (term 4)",
        leaderCommit: "2",
      },
    },
  ],
  AppendEntriesReply: [
    {
      message: { ...answer, success: true, matchIndex: 5 },
      summary: "S3 to S1, success in term 4: the logs match up to entry 5",
      fields: { term: "4", success: "true", "matches up to": "5" },
    },
    {
      message: { ...answer, success: false, prevLogIndex: 3 },
      summary: "S3 to S1, refusal in term 4: nothing appended after entry 3",
      fields: { term: "4", success: "false", "answers prevLogIndex": "3" },
    },
    {
      message: { ...answer, success: false, prevLogIndex: 7, hintIndex: 3, hintTerm: 2 },
      summary: "S3 to S1, refusal in term 4: nothing appended after entry 7",
      fields: { term: "4", success: "false", "answers prevLogIndex": "7", hint: "entry 3 of term 2" },
    },
  ],
  Heartbeat: [
    {
      message: { type: "Heartbeat", from: 1, to: 3, term: 4, commit: 5, round: 2 },
      summary: "S1 to S3, Heartbeat of term 4: committed up to 5",
      fields: { term: "4", leaderId: "S1", commit: "5", round: "2" },
    },
  ],
  HeartbeatReply: [
    {
      message: { type: "HeartbeatReply", from: 3, to: 1, term: 4, round: 0 },
      summary: "S3 to S1, heartbeat heard in term 4",
      fields: { term: "4", round: "no read waits" },
    },
    {
      message: { type: "HeartbeatReply", from: 3, to: 1, term: 4, round: 2 },
      summary: "S3 to S1, heartbeat heard in term 4, read round 2",
      fields: { term: "4", round: "2" },
    },
  ],
  InstallSnapshot: [
    {
      message: {
        type: "InstallSnapshot",
        from: 1,
        to: 3,
        term: 4,
        snapshot: { index: 9, term: 3, configuration, hash: 1 },
      },
      summary: "S1 to S3, InstallSnapshot: the state up to entry 9 of term 3",
      fields: {
        term: "4",
        leaderId: "S1",
        lastIncludedIndex: "9",
        lastIncludedTerm: "3",
        lastConfig: "S1, S2 with S1, S2, S3, learners S4",
      },
    },
  ],
  TimeoutNow: [
    {
      message: { type: "TimeoutNow", from: 1, to: 3, term: 4 },
      summary: "S1 to S3, TimeoutNow: S3 shall start an election at once, to lead after term 4",
      fields: { term: "4", leaderId: "S1" },
    },
  ],
  TransferLeader: [
    {
      message: { type: "TransferLeader", from: 3, to: 1, term: 4 },
      summary: "S3 to S1, TransferLeader: hand leadership to S3",
      fields: { term: "4", target: "S3" },
    },
  ],
  Propose: [
    {
      message: { type: "Propose", from: 3, to: 1, term: 0, proposals: [entry, { command: null, change: removal }] },
      summary: "S3 to S1, Propose: put x=1, remove S2",
      fields: { "entries[]": "put x=1, remove S2" },
    },
  ],
  ReadIndex: [
    {
      message: { type: "ReadIndex", from: 3, to: 1, term: 0, context: "r1" },
      summary: "S3 to S1, ReadIndex: which index must read r1 wait for?",
      fields: { read: "r1" },
    },
  ],
  ReadIndexReply: [
    {
      message: { type: "ReadIndexReply", from: 1, to: 3, term: 4, context: "r1", index: 6 },
      summary: "S1 to S3, read r1 may be answered from index 6 on",
      fields: { term: "4", read: "r1", readIndex: "6" },
    },
  ],
  ClientRequest: [
    {
      message: {
        type: "ClientRequest",
        from: 0,
        to: 1,
        request: 2,
        client: 1,
        operation: { op: "delete", key: "x" },
        tag: null,
        read: null,
      },
      summary: "The client to S1, request: delete x",
      fields: { request: "2", operation: "delete x" },
    },
    {
      message: {
        type: "ClientRequest",
        from: 0,
        to: 1,
        request: 3,
        client: 2,
        operation: { op: "increment", key: "n", by: 2 },
        tag: { session: 4, sequence: 7, low: 6 },
        read: null,
      },
      summary: "The client to S1, request: increment n by 2",
      fields: {
        request: "3",
        operation: "increment n by 2",
        session: "4",
        sequenceNum: "7",
        "waits for no answer below": "6",
      },
    },
    {
      message: {
        type: "ClientRequest",
        from: 0,
        to: 1,
        request: 4,
        client: 1,
        operation: { op: "get", key: "x" },
        tag: null,
        read: "stale",
      },
      summary: "The client to S1, request: get x",
      fields: { request: "4", operation: "get x", read: "from any server, at once" },
    },
  ],
  ClientReply: [
    {
      message: { type: "ClientReply", from: 1, to: 0, request: 2, outcome: { kind: "done", value: "7", index: 4 } },
      summary: "S1 to the client, answer: done with entry 4",
      fields: { request: "2", value: "7", index: "4" },
    },
    {
      message: { type: "ClientReply", from: 1, to: 0, request: 2, outcome: { kind: "redirect", leader: 3 } },
      summary: "S1 to the client, answer: not the leader, ask S3",
      fields: { request: "2", leader: "S3" },
    },
    {
      message: { type: "ClientReply", from: 1, to: 0, request: 2, outcome: { kind: "refused", why: "no session" } },
      summary: "S1 to the client, answer: not executed: no session",
      fields: { request: "2", refused: "no session" },
    },
  ],
};

test.each(Object.values(examples).flat())("$summary", ({ message, summary, fields }) => {
  expect(messageSummary(message)).toBe(summary);
  expect(Object.fromEntries(messageFields(message))).toEqual(fields);
  expect(Object.keys(Object.fromEntries(messageFields(message)))).toEqual(Object.keys(fields));
});

test("a request says where it stands", () => {
  const request: Request = {
    number: 1,
    client: 1,
    group: 1,
    operation: { op: "put", key: "y", value: "9" },
    read: null,
    load: 0,
    askedAt: 0,
    server: 1,
    state: "asking",
    until: 0,
    retryAt: 0,
    value: null,
    tries: 1,
    redirects: 0,
    session: 0,
    sequence: 0,
  };
  expect(requestSummary(request)).toBe("put y=9 at S1: no answer yet");
  expect(requestSummary({ ...request, state: "unknown" })).toBe("put y=9 at S1: given up, outcome unknown");
  expect(requestSummary({ ...request, state: "failed" })).toBe("put y=9 at S1: not executed");
  expect(requestSummary({ ...request, tries: 0 })).toBe("put y=9: waits for a session");
  expect(requestSummary({ ...request, state: "done" })).toBe("put y=9 is done");
  const get = { op: "get", key: "y" } as const;
  expect(requestSummary({ ...request, operation: get, state: "done", value: "3" })).toBe("y is 3");
});

test("an entry is its command or its change, a no-op is called so", () => {
  expect(proposalText(entry)).toBe("put x=1");
  expect(proposalText({ command: null, change: null })).toBe("no-op");
  expect(proposalText({ command: null, change: removal })).toBe("remove S2");
  expect(proposalText({ command: null, change: membershipChange([]) })).toBe("leave the joint configuration");
  const swap = membershipChange([
    { type: "add", server: 4 },
    { type: "learner", server: 1 },
  ]);
  expect(proposalText({ command: null, change: swap })).toBe("add S4 and make S1 a learner");
});

test("heartbeats are empty AppendEntries, and the message that etcd/raft has for them", () => {
  const types = Object.values(examples).flatMap((rows) => rows.map(({ message }) => message));
  expect(new Set(types.filter(isHeartbeat).map(({ type }) => type))).toEqual(new Set(["Heartbeat"]));
  const append = { type: "AppendEntries", from: 1, to: 3, term: 4, prevLogIndex: 0, prevLogTerm: 0 } as const;
  expect(isHeartbeat({ ...append, entries: [], leaderCommit: 0 })).toBe(true);
});
