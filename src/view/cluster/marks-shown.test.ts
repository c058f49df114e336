import { expect, test } from "vitest";
import type { Frame } from "../../worker/protocol/frame.ts";
import { marksSeen, marksShown } from "./marks-shown.ts";

const follower = { status: "up", role: "follower", member: "voter", lease: null, electionDueAt: 1 };
const frame = (over: object): Frame =>
  ({ servers: [follower], messages: [], faults: [], groups: [[1]], group: 1, position: { at: 0 }, ...over }) as never;
const shown = (over: object) => marksShown(marksSeen(new Map(), frame(over), false));

test("the legend names what is on the stage, and nothing else", () => {
  expect(shown({})).toEqual(["term", "timer"]);
  const leader = { ...follower, role: "leader", electionDueAt: null };
  const beat = { kind: "AppendEntries", heartbeat: true, group: 1 };
  expect(shown({ servers: [leader], messages: [beat] })).toEqual(["term", "heartbeat", "leader"]);
  expect(shown({ messages: [{ ...beat, group: 2 }] })).not.toContain("heartbeat");
});

test("it has room for five", () => {
  const messages = ["AppendEntries", "RequestVote", "InstallSnapshot", "RequestVoteReply"].map((kind) => ({
    ...{ kind, heartbeat: false, group: 1 },
  }));
  expect(shown({ messages, groups: [[1], [2]] })).toEqual(["term", "entries", "vote", "snapshot", "reply"]);
});

test("while time runs, a mark that comes and goes stays explained for a second of the run", () => {
  const beat = { kind: "AppendEntries", heartbeat: true, group: 1 };
  const at = (millis: number, over: object = {}) => frame({ position: { at: 1000 * millis }, ...over });
  const seen = marksSeen(new Map(), at(0, { messages: [beat] }), true);
  expect(marksShown(marksSeen(seen, at(900), true))).toEqual(["term", "heartbeat", "timer"]);
  expect(marksShown(marksSeen(seen, at(1001), true))).toEqual(["term", "timer"]);
  expect(marksShown(marksSeen(seen, at(900), false))).toEqual(["term", "timer"]);
  const later = marksSeen(new Map(), at(5, { messages: [beat] }), true);
  expect(marksShown(marksSeen(later, at(4), true))).toEqual(["term", "timer"]);
});
