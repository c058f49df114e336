import { describe, expect, test } from "vitest";
import type { ServerView } from "../../../worker/protocol/server.ts";
import { countOf, doingWords, halvesOf, jointWords, talliesOf } from "./membership.ts";

const plain = {
  status: "up",
  role: "follower",
  doing: "follower",
  member: "voter",
  transferee: 0,
  votes: null,
  reads: [],
};
const server = (over: object = {}): ServerView =>
  ({ ...plain, configuration: "1,2,3", outgoing: [], ...over }) as unknown as ServerView;
const joint = { configuration: "3,4,5&1,2,3 learners 6", outgoing: [1, 2, 3] };

describe("a configuration", () => {
  test("has one half, or two while it is joint (§6): the old one first", () => {
    expect(halvesOf(server())).toEqual([{ voters: [1, 2, 3], quorum: 2 }]);
    expect(halvesOf(server({ configuration: "1,2,3,4 learners 5" }))).toEqual([{ voters: [1, 2, 3, 4], quorum: 3 }]);
    expect(halvesOf(server(joint)).map((half) => half.voters)).toEqual([
      [1, 2, 3],
      [3, 4, 5],
    ]);
    expect(halvesOf(server({ configuration: "" }))).toEqual([{ voters: [], quorum: 1 }]);
    expect(jointWords(server(joint))).toBe("joint: 1,2,3 and 3,4,5");
  });
  test("counts votes by half", () => {
    const votes = [
      { server: 3, granted: true },
      { server: 4, granted: true },
      { server: 1, granted: false },
    ];
    expect(talliesOf(server({ ...joint, votes })).map(({ granted, quorum }) => [granted, quorum])).toEqual([
      [1, 2],
      [2, 2],
    ]);
  });
});

describe("what a server is doing", () => {
  const said = (over: object, room = 99) => doingWords(server(over), (text) => text.length <= room);
  test("names what it is in the cluster", () => {
    expect(said({})).toBe("follower");
    expect(said({ member: "learner" })).toBe("learner");
    expect(said({ member: "learner", doing: "writing entry 4" })).toBe("writing entry 4");
    expect(said({ member: "none" })).toBe("not a member");
    expect(said({ member: "none", status: "down", doing: "down" })).toBe("down");
  });
  test("on a leader, a transfer and a joint configuration", () => {
    const leader = { role: "leader", doing: "leader of term 3" };
    expect(said(leader)).toBe("leader of term 3");
    expect(said({ ...leader, ...joint })).toBe("joint: 1,2,3 and 3,4,5");
    expect(said({ ...leader, ...joint }, 12)).toBe("leader, joint");
    expect(said({ ...leader, ...joint, transferee: 3 })).toBe("hands over to S3");
  });
  test("D §6.4 on a leader and on a follower, what a read waits for", () => {
    const leader = { role: "leader", doing: "leader of term 3", term: 3 };
    expect(said({ ...leader, reads: [read("ownCommit")] })).toBe("read waits for term 3");
    expect(said({ ...leader, reads: [read("quorum")] })).toBe("read waits, round 4");
    expect(said({ reads: [read("apply")] })).toBe("read waits for 7");
    expect(said({ reads: [read("apply")], doing: "writing entry 8" })).toBe("writing entry 8");
  });
});

const read = (waitsFor: string) => ({ request: 1, from: 0, waitsFor, index: 7, round: 4, confirmedBy: [1, 3] });

describe("what is counted", () => {
  const counted = (over: object) => countOf(server(over));
  test("§5.2 a candidate's votes, refusals included", () => {
    const votes = [
      { server: 1, granted: true },
      { server: 2, granted: false },
    ];
    const count = counted({ role: "candidate", votes });
    expect(count).toMatchObject({
      words: ["candidate, 1 of 2 votes", "1 of 2 votes", "1 of 2"],
      tallies: [{ granted: 1, quorum: 2 }],
    });
    expect(countOf(server({ role: "candidate", votes }), true)?.words).toEqual(["candidate, 1 vote", "1 vote"]);
    expect(counted({ role: "preCandidate", votes })?.words[0]).toBe("asks first, 1 of 2 say yes");
    expect([1, 2, 3].map((id) => count?.answerOf(id))).toEqual([true, false, undefined]);
  });
  test("D §6.4 confirmations of a leader's oldest read, in both halves of a joint configuration", () => {
    const leader = { role: "leader", reads: [read("apply"), read("quorum")] };
    expect(counted(leader)).toMatchObject({ tallies: [{ granted: 2, quorum: 2 }] });
    expect(counted(leader)?.words[0]).toBe("read round 4: 2 of 2 answers");
    expect(counted({ ...leader, ...joint })?.words[0]).toBe("read round 4: answers 2 of 2 old, 1 of 2 new");
    expect(counted(leader)?.answerOf(2)).toBeUndefined();
  });
  test("nothing on a follower, nor on a server that is down", () => {
    expect(counted({})).toBeNull();
    expect(counted({ reads: [read("quorum")], status: "down" })).toBeNull();
  });
});
