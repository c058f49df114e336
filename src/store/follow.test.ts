import { expect, test } from "vitest";
import type { Frame } from "../worker/protocol/frame.ts";
import type { MessageView } from "../worker/protocol/message.ts";
import { isOnTheWay } from "./follow.ts";

const entry = { index: 4, term: 2, request: 7, has: (server: number) => server === 1 };
const frame = {
  servers: [
    {
      id: 1,
      commitIndex: 4,
      progress: [
        { server: 2, match: 3 },
        { server: 3, match: 4 },
      ],
    },
    { id: 2, commitIndex: 3, progress: null },
    { id: 3, commitIndex: 4, progress: null },
  ],
} as unknown as Frame;
const message = (over: Partial<MessageView>): MessageView =>
  ({ kind: "AppendEntries", from: 1, to: 2, fields: [], entryTerms: [], entryCount: 0, ...over }) as MessageView;
const append = (previous: number, terms: readonly number[], commit = 0, to = 2): MessageView =>
  message({
    ...{ to, entryTerms: terms, entryCount: terms.length },
    fields: [
      ["prevLogIndex", String(previous)],
      ["leaderCommit", String(commit)],
    ],
  });
const reply = (match: number, from: number, term = 2): MessageView =>
  message({
    ...{ kind: "AppendEntriesReply", from, to: 1 },
    fields: [
      ["term", String(term)],
      ["matches up to", String(match)],
    ],
  });
const isLit = (each: MessageView): boolean => isOnTheWay(each, entry, frame);

test("what brings the entry: at its index, of its term", () => {
  expect(isLit(append(2, [2, 2]))).toBe(true);
  expect(isLit(append(3, [2]))).toBe(true);
  expect(isLit(append(3, [3]))).toBe(false);
  expect(isLit(append(4, [2]))).toBe(false);
});
test("what tells its receiver that it is committed, until it knows, and only if it verifies so far", () => {
  expect(isLit(append(4, [], 4))).toBe(true);
  expect(isLit(append(3, [], 4))).toBe(false);
  expect(isLit(append(4, [], 3))).toBe(false);
  expect(isLit(append(4, [], 4, 3))).toBe(false);
});
test("its acknowledgements, until the leader knows", () => {
  expect(isLit(reply(4, 2))).toBe(true);
  expect(isLit(reply(5, 2))).toBe(true);
  expect(isLit(reply(3, 2))).toBe(false);
  expect(isLit(reply(4, 3))).toBe(false);
  expect(isLit(reply(4, 2, 1))).toBe(false);
  expect(isLit({ ...reply(4, 1), to: 3 })).toBe(false);
});
test("the client's request and the answer, and no vote", () => {
  expect(isLit(message({ kind: "ClientRequest", fields: [["request", "7"]] }))).toBe(true);
  expect(isLit(message({ kind: "ClientReply", fields: [["request", "8"]] }))).toBe(false);
  expect(isLit(message({ kind: "RequestVote" }))).toBe(false);
});
