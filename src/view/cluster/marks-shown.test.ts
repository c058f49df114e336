import { expect, test } from "vitest";
import type { Frame } from "../../worker/protocol/frame.ts";
import { marksShown } from "./marks-shown.ts";

const follower = { status: "up", role: "follower", member: "voter", lease: null, electionDueAt: 1 };
const frame = (over: object): Frame =>
  ({ servers: [follower], messages: [], faults: [], groups: [[1]], group: 1, ...over }) as never;

test("the legend names what is on the stage, and nothing else", () => {
  expect(marksShown(frame({}))).toEqual(["term", "timer"]);
  const leader = { ...follower, role: "leader", electionDueAt: null };
  const beat = { kind: "AppendEntries", heartbeat: true, group: 1 };
  expect(marksShown(frame({ servers: [leader], messages: [beat] }))).toEqual(["term", "heartbeat", "leader"]);
  expect(marksShown(frame({ messages: [{ ...beat, group: 2 }] }))).not.toContain("heartbeat");
});

test("it has room for five", () => {
  const messages = ["AppendEntries", "RequestVote", "InstallSnapshot", "RequestVoteReply"].map((kind) => ({
    ...{ kind, heartbeat: false, group: 1 },
  }));
  expect(marksShown(frame({ messages, groups: [[1], [2]] }))).toEqual(["term", "entries", "vote", "snapshot", "reply"]);
});
