import { describe, expect, test } from "vitest";
import type { MessageView } from "../../../worker/protocol/message.ts";
import type { ProgressView, ReadView, ServerView } from "../../../worker/protocol/server.ts";
import { clockWords } from "./clock-words.ts";
import {
  bookmarkAt,
  citation,
  configurationFacts,
  fateOf,
  leaderSentence,
  listed,
  progressState,
  readWaits,
  roundSentence,
  windowWords,
} from "./words.ts";

const server = (id: number, role: ServerView["role"], term: number, status: ServerView["status"] = "up") =>
  ({ id, role, term, status }) as ServerView;
const message = (over: Partial<MessageView>) => ({ to: 3, lost: null, dueAt: 1_642_000, ...over }) as MessageView;

describe("words", () => {
  test("lists", () => {
    expect([listed([]), listed(["S1"]), listed(["S1", "S2"]), listed(["S1", "S2", "S3"])]).toEqual([
      "",
      "S1",
      "S1 and S2",
      "S1, S2 and S3",
    ]);
  });
  test("who leads", () => {
    expect(leaderSentence([server(1, "follower", 1)])).toBe("No leader");
    expect(leaderSentence([server(1, "leader", 1, "down"), server(2, "leader", 2)])).toBe("S2 leads term 2");
    expect(leaderSentence([server(4, "leader", 3), server(1, "leader", 2)])).toBe(
      "Two leaders: S1 of term 2 and S4 of term 3",
    );
  });
  test("what becomes of a message", () => {
    expect(fateOf(message({}))).toBe("arrives at S3 at 1.642 s");
    expect(fateOf(message({ dueAt: null }))).toBe("waits until you deliver or drop it");
    expect(fateOf(message({ lost: "cut" }))).toBe("is lost at the cut at 1.642 s");
    expect(fateOf(message({ lost: "down", to: 0 }))).toBe("is lost: client is down");
  });
  test("the bookmark that was passed last", () => {
    expect([0, 5, 7, 99].map((now) => bookmarkAt([5, 7, 9], now))).toEqual([-1, 0, 1, 2]);
  });
});

describe("membership and progress", () => {
  const facts = (configuration: string, outgoing: number[] = [], learners: number[] = []) =>
    configurationFacts({ configuration, outgoing, learners } as unknown as ServerView);
  test("who votes, who learns, how many must agree", () => {
    expect(facts("1,2,3 learners 4", [], [4])).toEqual([
      ["voters", "S1, S2, S3"],
      ["quorum", "2 of 3"],
      ["learners", "S4"],
    ]);
    expect(facts("3,4,5,6&1,2,3", [1, 2, 3])).toEqual([
      ["old voters", "S1, S2, S3"],
      ["new voters", "S3, S4, S5, S6"],
      ["quorum", "2 of 3 old, 3 of 4 new"],
    ]);
    expect(facts("")).toEqual([
      ["voters", "none"],
      ["quorum", "none"],
    ]);
  });
  test("how a follower stands", () => {
    const row = {
      state: "replicate",
      pendingSnapshot: 0,
      snapshotPercent: null,
      outstanding: 0,
      inflight: 0,
    } as ProgressView;
    expect(progressState(row)).toBe("replicate");
    expect(progressState({ ...row, state: "snapshot", pendingSnapshot: 37 })).toBe("snapshot 37");
    const halfWay = { ...row, state: "snapshot", pendingSnapshot: 37, snapshotPercent: 50 } as const;
    expect(progressState(halfWay)).toBe("snapshot 37, 50 %");
    expect(windowWords(row)).toBe("–");
    expect(windowWords({ ...row, outstanding: 9, inflight: 1 })).toBe("up to 9");
    expect(windowWords({ ...row, outstanding: 9, inflight: 3 })).toBe("3, up to 9");
  });
});

test.each([
  ["§5.4.1", "paper §5.4.1"],
  ["Figure 13", "paper Figure 13"],
  ["D 9.6", "dissertation §9.6"],
  ["D 4.1, §6", "dissertation §4.1, paper §6"],
  ["etcd/raft", "etcd/raft"],
])("%s is cited as %s", (section, spelled) => {
  expect(citation(section)).toBe(spelled);
});

test("a clock that is off says by how much, and at what pace", () => {
  expect(clockWords({ ahead: -12_500, drift: -50_000 })).toBe("13 ms behind, 5 % slow");
  expect(clockWords({ ahead: 0, drift: 100_000 })).toBe("10 % fast");
});

describe("D §6.4 reads that wait", () => {
  const read = (over: Partial<ReadView>): ReadView => ({
    ...{ request: 9, from: 0, waitsFor: "quorum", index: 5, round: 3, confirmedBy: [1] },
    ...over,
  });
  const leader = (reads: readonly ReadView[], over: object = {}) =>
    ({
      role: "leader",
      term: 4,
      configuration: "1,2,3",
      outgoing: [],
      voters: [1, 2, 3],
      reads,
      ...over,
    }) as unknown as ServerView;
  test("each says for what", () => {
    const one = leader([]);
    expect(readWaits(one, read({ waitsFor: "ownCommit" }))).toBe("a commit in term 4");
    const follower = leader([], { role: "follower" });
    expect(readWaits(follower, read({ waitsFor: "ownCommit" }))).toBe("leadership, and a commit in its term");
    expect(readWaits(one, read({}))).toBe("1 of 2 confirmations");
    expect(readWaits(one, read({ waitsFor: "apply" }))).toBe("entry 5 applied");
    const joint = leader([], { configuration: "3,4,5&1,2,3", outgoing: [1, 2, 3] });
    expect(readWaits(joint, read({ confirmedBy: [1, 3] }))).toBe("2 of 2 old and 1 of 2 new confirmations");
  });
  test("the newest round: who has confirmed it, who has not", () => {
    expect(roundSentence(leader([read({}), read({ round: 4, confirmedBy: [1, 2] })]))).toBe(
      "Heartbeats carry round 4, confirmed by S1 and S2; not yet by S3.",
    );
    expect(roundSentence(leader([read({ waitsFor: "apply" })]))).toBeNull();
  });
});
