import { describe, expect, test } from "vitest";
import { appendEntries, appended, broken, entries, vote } from "../raft/fixtures.ts";
import { lastIndex } from "../raft/log.ts";
import type { VoteResult } from "../raft/quorum.ts";
import { type Rules, rules } from "../raft/rules/index.ts";
import type { Server } from "../raft/types.ts";
import { decided, elect, ms, put, request, setupOf } from "../world/fixtures.ts";
import { transmit } from "../world/network.ts";
import { stir, type Watched, watched } from "./fixtures.ts";

// A machine that is busy with other things may take its time.
/**
 * The test of the checkers: break one rule of the algorithm, and a property of Figure 3 falls. With the rule as it is,
 * the same story ends well.
 */

const always = () => true;
const never = () => false;
const halfElects = ({ votes, configuration }: Server): VoteResult =>
  votes.filter(Boolean).length >= configuration.voters.length >> 1 ? "won" : "pending";

describe("random faults find what a broken rule does", () => {
  const found: readonly (readonly [what: string, by: Rules, properties: readonly string[]])[] = [
    ["§5.2 votes for everybody who asks", broken({ oneVotePerTerm: always }), ["Election Safety"]],
    ["§5.4.1 votes whatever the logs are", broken({ logUpToDate: always }), ["Leader Completeness"]],
    [
      "§5.2 half of the servers elect",
      broken({ electionQuorum: halfElects }),
      ["Election Safety", "Leader Completeness"],
    ],
    [
      "§5.3 accepts entries after any entry, whatever its term",
      broken({ consistencyCheck: ({ log }, request) => request.prevLogIndex <= lastIndex(log) }),
      ["Log Matching"],
    ],
    ["§5.3 keeps entries in conflict", broken({ conflict: never }), ["Log Matching", "What is committed stays"]],
    [
      "§5.3 deletes without a conflict",
      broken({ conflict: ({ log }, entry) => entry.index <= lastIndex(log) }),
      ["What is committed stays"],
    ],
    [
      "§5.3 a follower commits what the leader has, not what it has verified",
      broken({ followerCommit: (leaderCommit) => leaderCommit }),
      ["What is committed stays"],
    ],
    [
      "§5.3 the leader commits what it has alone",
      broken({ commitQuorum: ({ unstableFrom }) => unstableFrom - 1 }),
      ["Leader Completeness"],
    ],
    ["§5.1 everybody takes commands", broken({ leaderAccepts: always }), ["Log Matching", "Leader Completeness"]],
  ];

  for (const [what, by, properties] of found) {
    test(what, () => {
      const seen = new Set<string>();
      for (let seed = 0; seed < 80 && seen.size < properties.length; seed++) {
        const servers = 3 + 2 * (seed % 2);
        const it = watched(setupOf({ seed, servers, link: { latencyMin: 1 * ms, loss: 20_000 } }), by);
        stir(it, seed, 4000 * ms);
        if (it.world.violation !== null) seen.add(it.world.violation.property);
      }
      expect([...seen].sort()).toEqual([...properties].sort());
    });
  }
});

/** A story told under the rules as they are, and under one broken rule. */
function told(story: (by: Rules) => Watched, by: Rules) {
  const good = story(rules).world;
  expect([good.violation, good.stopped]).toEqual([null, null]);
  return story(by).world.violation;
}

describe("stories that only go wrong with the rule broken", () => {
  test("§5.4.2 Figure 8: an entry of term 2 that term 4 has committed by counting is overwritten by term 5", () => {
    const story = (by: Rules) => {
      const it = watched(setupOf({ servers: 5, logs: [[1, 2], [1, 2], [1], [1], [1, 3]] }), by);
      it.act({ do: "crash", server: 5 });
      while (it.machine(1).raft.term < 3) it.act({ do: "timeout", server: 1 });
      it.act({ do: "cut", links: [[1, 4]] });
      elect(it, 1);
      it.until(it.world.now + 60 * ms);
      expect(lastIndex(it.machine(3).raft.log)).toBe(2);
      it.act({ do: "crash", server: 1 });
      it.act({ do: "restart", server: 5 });
      while (it.machine(5).raft.term < 4) it.act({ do: "timeout", server: 5 });
      elect(it, 5);
      it.until(it.world.now + 200 * ms);
      return it;
    };
    expect(told(story, broken({ commitOwnTerm: always }))).toMatchObject({
      property: "Leader Completeness",
      server: 5,
      detail: "S5 leads term 5 with another entry 2 (term 3) than the one that is committed",
    });
  });

  test("§5.4.1 comparing lengths only elects a leader without a committed entry", () => {
    const story = (by: Rules) => {
      const setup = setupOf({
        logs: [
          [1, 1, 1],
          [1, 2],
          [1, 2],
        ],
      });
      const servers = setup.servers.map((server) => ({ ...server, term: 2, commit: server.id === 2 ? 2 : 0 }));
      const it = watched({ ...setup, servers }, by);
      it.act({ do: "timeout", server: 1 });
      it.until(60 * ms);
      return it;
    };
    const lengthOnly = broken({ logUpToDate: ({ log }, candidate) => candidate.lastLogIndex >= lastIndex(log) });
    expect(told(story, lengthOnly)).toMatchObject({
      property: "Leader Completeness",
      detail: "S1 leads term 3 with another entry 2 (term 1) than the one that is committed",
    });
  });

  test("§5.1 votes of an old term that count elect a second leader", () => {
    const story = (by: Rules) => {
      const it = watched(setupOf({ servers: 5 }), by);
      it.act({ do: "partition", groups: [[1]] });
      it.act({ do: "timeout", server: 1 });
      elect(it, 4);
      for (const from of [2, 3]) transmit(it.world, vote({ from, term: 0 }), null);
      it.act({ do: "heal" });
      for (const from of [2, 3]) transmit(it.world, vote({ from, term: 0 }), null);
      it.until(it.world.now + 11 * ms);
      return it;
    };
    const stale = broken({ currentReply: ({ role }, _, asker) => role === asker });
    expect(told(story, stale)).toMatchObject({ property: "Election Safety" });
  });

  test("§5.1 an answer of an old term that counts commits what no majority has", () => {
    const story = (by: Rules) => {
      const it = elect(watched(setupOf({ servers: 5, logs: [[2], [2], [2], [2], [2]] }), by), 1);
      it.act({ do: "cut", links: [2, 4, 5].map((to) => [1, to] as const) });
      it.act(request(put("x", "1"), 1));
      transmit(it.world, appended({ from: 2, to: 1, term: 1, matchIndex: 2 }), null);
      it.until(it.world.now + 60 * ms);
      it.act({ do: "crash", server: 1 });
      it.act({ do: "timeout", server: 2 });
      it.until(it.world.now + 60 * ms);
      expect(it.machine(2).raft.role).toBe("leader");
      return it;
    };
    const stale = broken({ currentReply: ({ role }, _, asker) => role === asker });
    const late = broken({ currentReply: ({ role, term }, reply, asker) => role === asker && reply.term <= term });
    for (const by of [stale, late]) expect(told(story, by)?.property).toBe("Leader Completeness");
  });

  test("§5.1 a request of an old leader that is not refused deletes what is committed", () => {
    const story = (by: Rules) => {
      const it = elect(watched(setupOf(), by), 2);
      it.act({ do: "timeout", server: 3 });
      it.until(it.world.now + 60 * ms).act(request(put("x", "1"), 3));
      it.until(it.world.now + 200 * ms);
      transmit(it.world, appendEntries({ term: 1, entries: entries(1, 1) }), null);
      it.until(it.world.now + 11 * ms);
      return it;
    };
    expect(told(story, broken({ oldTerm: never }))).toMatchObject({
      property: "What is committed stays",
      detail: "S1 no longer has the entries up to 1 that it has committed",
    });
  });

  test("§5.3 a delayed, shorter request that truncates deletes what is committed", () => {
    const story = (by: Rules) => {
      const it = elect(watched(setupOf(), by), 2);
      for (const value of ["1", "2"]) {
        it.act(request(put("x", value), 2));
        it.until(it.world.now + 200 * ms);
      }
      const [first] = it.told.flatMap((each) =>
        each.kind === "sent" && each.payload.type === "AppendEntries" && each.payload.entries.length > 0
          ? [each.payload]
          : [],
      );
      transmit(it.world, { ...first!, to: 1 }, null);
      it.until(it.world.now + 11 * ms);
      return it;
    };
    const truncates = broken({ conflict: ({ log }, entry) => entry.index <= lastIndex(log) });
    expect(told(story, truncates)).toMatchObject({
      property: "What is committed stays",
      detail: expect.stringContaining("but only 1 entries"),
    });
  });
});

test("a violation stops the run where it is", () => {
  const it = watched(setupOf(), broken({ electionQuorum: () => "won" }));
  for (const server of [1, 2]) it.act({ do: "timeout", server });
  it.until(5000 * ms);
  expect(it.world.violation).toMatchObject({ property: "Election Safety", section: "§5.2, Figure 3" });
  expect(it.world.now).toBeLessThan(10 * ms);
  expect(decided(it, "electionWon")).toHaveLength(2);
});
