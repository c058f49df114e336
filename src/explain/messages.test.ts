import { expect, test } from "vitest";
import type { Payload, Request } from "../world/types.ts";
import { commandText, messageFields, messageSummary, requestSummary } from "./messages.ts";

interface Example {
  readonly message: Payload;
  readonly summary: string;
  readonly fields: Readonly<Record<string, string>>;
}
const put = { op: "put", key: "x", value: "1" } as const;
const entry = { index: 4, term: 3, command: { digest: 1, operation: put, request: 0 } };

/** One row per kind of message: a new kind does not compile until it has an example. */
const examples: { readonly [Type in Payload["type"]]: readonly Example[] } = {
  RequestVote: [
    {
      message: { type: "RequestVote", from: 1, to: 3, term: 4, lastLogIndex: 3, lastLogTerm: 2 },
      summary: "S1 to S3, RequestVote: elect S1 in term 4; its log ends at entry 3 of term 2",
      fields: { term: "4", candidateId: "S1", lastLogIndex: "3", lastLogTerm: "2" },
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
        entries: [entry, { index: 5, term: 4, command: null }],
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
      message: { type: "AppendEntriesReply", from: 3, to: 1, term: 4, success: true, prevLogIndex: 3, matchIndex: 5 },
      summary: "S3 to S1, success in term 4: the logs match up to entry 5",
      fields: { term: "4", success: "true", "answers prevLogIndex": "3", "matches up to": "5" },
    },
    {
      message: { type: "AppendEntriesReply", from: 3, to: 1, term: 4, success: false, prevLogIndex: 3, matchIndex: 0 },
      summary: "S3 to S1, refusal in term 4: nothing appended after entry 3",
      fields: { term: "4", success: "false", "answers prevLogIndex": "3", "matches up to": "unknown" },
    },
  ],
  ClientRequest: [
    {
      message: { type: "ClientRequest", from: 0, to: 1, request: 2, operation: { op: "delete", key: "x" } },
      summary: "The client to S1, request: delete x",
      fields: { request: "2", operation: "delete x" },
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
    operation: { op: "put", key: "y", value: "9" },
    askedAt: 0,
    server: 1,
    state: "asking",
    until: 0,
    retryAt: 0,
    value: null,
    redirects: 0,
  };
  expect(requestSummary(request)).toBe("put y=9 at S1: no answer yet");
  expect(requestSummary({ ...request, state: "unknown" })).toBe("put y=9 at S1: given up, outcome unknown");
  expect(requestSummary({ ...request, state: "done" })).toBe("put y=9 is done");
  const get = { op: "get", key: "y" } as const;
  expect(requestSummary({ ...request, operation: get, state: "done", value: "3" })).toBe("y is 3");
});

test("a command is its operation, a no-op is called so", () => {
  expect(commandText(entry.command)).toBe("put x=1");
  expect(commandText(null)).toBe("no-op");
});
