import { describe, expect, test } from "vitest";
import type { Frame } from "../worker/protocol/frame.ts";
import type { ServerView } from "../worker/protocol/server.ts";
import { actionOf, actionsFor } from "./actions/table.ts";
import { leaderNow, noChange, noHandover, noSnapshot, noVoterLess, standing, successor } from "./membership.ts";
import { emptyLab } from "./session/session.ts";

const plain = {
  ...{
    status: "up",
    role: "follower",
    term: 2,
    leader: 1,
    base: 0,
    lastApplied: 0,
    lastIndex: 0,
    disk: { lastIndex: 9, durable: 9 },
  },
  ...{ member: "voter", voters: [1, 2, 3], outgoing: [], learners: [], transferee: 0, progress: null },
};
const server = (id: number, over: object = {}): ServerView => ({ id, ...plain, ...over }) as unknown as ServerView;
const progress = (...matches: readonly [server: number, match: number][]) =>
  matches.map(([id, match]) => ({ server: id, match }));
const leading = { role: "leader", progress: progress([2, 4], [3, 7]) };
const cluster = (...servers: readonly ServerView[]): Frame => ({ servers, cuts: [], requests: [] }) as unknown as Frame;
const five = (over: object = {}): Frame =>
  cluster(
    server(1, { ...leading, learners: [4], ...over }),
    server(2),
    server(3),
    server(4, { member: "learner" }),
    server(5, { member: "none" }),
  );
const leaderless = cluster(server(1), server(2), server(4, { member: "learner" }));

describe("who is asked", () => {
  test("is the running leader of the newest term", () => {
    const old = server(3, { role: "leader", term: 1 });
    expect(leaderNow(cluster(old, server(1, leading)))?.id).toBe(1);
    expect(leaderNow(cluster(old, server(1, { ...leading, status: "paused" })))?.id).toBe(3);
    expect(leaderNow(leaderless)).toBeNull();
  });
  test("knows what everybody is; without one each server is what it believes", () => {
    const frame = five();
    expect(frame.servers.map((one) => standing(one, frame))).toEqual(["voter", "voter", "voter", "learner", "none"]);
    expect(leaderless.servers.map((one) => standing(one, leaderless))).toEqual(["voter", "voter", "learner"]);
  });
});

describe("what can be asked for", () => {
  test("D §4.1 a change: of a leader, while the configuration is not joint", () => {
    expect(noChange(five())).toBeNull();
    expect(noChange(leaderless)).toBe("no server leads now");
    expect(noChange(five({ outgoing: [1, 2, 3] }))).toContain("joint");
  });
  test("the last voter stays one", () => {
    const alone = five({ voters: [1] });
    expect(noVoterLess(alone.servers[0]!, alone)).toBe("no voter would be left");
    expect(noVoterLess(five().servers[1]!, five())).toBeNull();
  });
  test("D §3.10 leadership goes to a voter: from the leader to the running one with most of its log", () => {
    const [one, two, three, four, fifth] = five().servers;
    expect([one, two].map((asked) => successor(asked!, five()))).toEqual([3, 2]);
    expect([one, two, three].map((asked) => noHandover(asked!, five()))).toEqual([null, null, null]);
    expect(noHandover(four!, five())).toBe("a learner cannot lead");
    expect(noHandover(fifth!, five())).toBe("it is not a member");
    expect(noHandover(two!, five({ transferee: 2 }))).toBe("S1 is handing it over");
    expect(noHandover(server(1), leaderless)).toBe("no server leads now");
    const lonely = cluster(server(1, leading), server(2, { status: "down" }), server(3, { status: "down" }));
    expect(noHandover(lonely.servers[0]!, lonely)).toBe("no other voter is running");
  });
  test("§7 a snapshot: of what is applied, stored, and not in one yet", () => {
    expect(noSnapshot(server(1, { lastApplied: 5 }))).toBeNull();
    expect(noSnapshot(server(1))).toBe("it has applied nothing");
    expect(noSnapshot(server(1, { lastApplied: 5, base: 5 }))).toBe("it has applied nothing since its last one");
    expect(noSnapshot(server(1, { lastApplied: 12 }))).toBe("it has not yet stored what it has applied");
    expect(noSnapshot(server(1, { lastApplied: 5, status: "down" }))).toBe("it is down");
  });
});

describe("in menus", () => {
  const inMenu = (frame: Frame, id: number) => actionsFor({ kind: "server", id }, { ...emptyLab, frame });
  const added = ["forget", "add-voter", "add-learner", "promote", "demote", "remove", "leave-joint"];
  const offered = (frame: Frame, id: number) =>
    inMenu(frame, id)
      .map((item) => item.id)
      .filter((name) => added.includes(name));
  test("stands only what makes sense for that server", () => {
    expect(offered(five(), 1)).toEqual(["demote", "remove"]);
    expect(offered(five({ outgoing: [1, 2, 3] }), 1)).toEqual(["demote", "remove", "leave-joint"]);
    expect(offered(five(), 2)).toEqual(["forget", "demote", "remove"]);
    expect(offered(five(), 4)).toEqual(["forget", "promote", "remove"]);
    expect(offered(five(), 5)).toEqual(["forget", "add-voter", "add-learner"]);
  });
  test("leadership is named by who gives and who gets it", () => {
    const label = (frame: Frame, id: number) =>
      actionOf("hand-over", { kind: "server", id }, { ...emptyLab, frame })?.label;
    expect(label(five(), 1)).toBe("Hand leadership to S3");
    expect(label(five(), 2)).toBe("Let S2 lead instead of S1");
    expect(label(leaderless, 2)).toBe("Let S2 lead");
  });
});
