import { describe, expect, test } from "vitest";
import {
  answer,
  appendEntries,
  appended,
  command,
  entries,
  finishWrites,
  follows,
  heartbeat,
  heartbeatReply,
  production,
  propose,
  receive,
  sentAppends,
  server,
  take,
  termsOf,
  ticks,
} from "./fixtures.ts";
import type { RaftOptions } from "./options.ts";
import type { Server } from "./types.ts";

/** A leader of term 4 of three whose followers have everything. */
function leader(options: RaftOptions = production, log: readonly number[] = [4]): Server {
  const made = server({ term: 4, log, role: "leader", servers: 3, options });
  for (const id of [2, 3]) made.progress[id] = follows(log.length, options);
  return made;
}
const limited = (some: Partial<RaftOptions>) => ({ options: { ...production, ...some } });
const toS2 = (out: Parameters<typeof sentAppends>[0]) => sentAppends(out).filter((each) => each.startsWith("2:"));

describe("D 10.2.2 pipelining", () => {
  const window = limited({ maxInflightMessages: 2 });

  test("D 10.2.2 entries are sent ahead of the answers", () => {
    const made = leader();
    expect(toS2(take(made, propose(1), { options: production }))).toEqual(["2: 2–2 after 1/4"]);
    expect(toS2(take(made, propose(2), { options: production }))).toEqual(["2: 3–3 after 2/4"]);
    expect(made.progress[2]).toMatchObject({
      state: "replicate",
      match: 1,
      next: 4,
      inflight: [{ index: 2 }, { index: 3 }],
    });
  });

  test("D 10.2.2 up to a window of messages; an answer frees all up to its index", () => {
    const made = leader(window.options);
    for (const digest of [1, 2, 3]) take(made, propose(digest), window);
    expect(made.progress[2]).toMatchObject({ next: 4, paused: true });
    const out = receive(made, appended({ term: 4, matchIndex: 3 }), window);
    expect(toS2(out)).toEqual(["2: 4–4 after 3/4"]);
    expect(made.progress[2]).toMatchObject({ match: 3, next: 5, paused: false, inflight: [{ index: 4 }] });
  });

  test("or of bytes", () => {
    const bytes = limited({ maxInflightBytes: 4 });
    const made = leader(bytes.options);
    for (const digest of [1, 2, 3]) take(made, propose(digest, 2), bytes);
    expect(made.progress[2]).toMatchObject({ next: 4, paused: true, inflightBytes: 4 });
    expect(toS2(receive(made, appended({ term: 4, matchIndex: 2 }), bytes))).toEqual(["2: 4–4 after 3/4"]);
  });

  test("an old or doubled answer frees nothing and takes nothing back", () => {
    const made = leader(window.options);
    for (const digest of [1, 2]) take(made, propose(digest), window);
    receive(made, appended({ term: 4, matchIndex: 3 }), window);
    const out = receive(made, appended({ term: 4, matchIndex: 2 }), window);
    expect([out.messages, made.progress[2]]).toMatchObject([[], { match: 3, next: 4 }]);
  });

  test("while it is not known where the logs agree, one message is under way", () => {
    const made = server({ term: 4, log: [4], role: "leader", servers: 3, options: production });
    expect(toS2(take(made, propose(1), { options: production }))).toEqual(["2: 2–2 after 1/4"]);
    expect(toS2(take(made, propose(2), { options: production }))).toEqual([]);
    expect(made.progress[2]).toMatchObject({ state: "probe", paused: true, next: 2 });
    const out = receive(made, appended({ term: 4, matchIndex: 2 }), { options: production });
    expect([toS2(out), made.progress[2]!.state]).toEqual([["2: 3–3 after 2/4"], "replicate"]);
  });

  test("a refusal ends it: what follows is a probe after the match", () => {
    const made = leader();
    for (const digest of [1, 2]) take(made, propose(digest), { options: production });
    const refusal = appended({ term: 4, success: false, prevLogIndex: 2, hintIndex: 1, hintTerm: 4 });
    expect(toS2(receive(made, refusal, { options: production }))).toEqual(["2: 2–3 after 1/4"]);
    expect(made.progress[2]).toMatchObject({ state: "probe", next: 2, paused: true, inflight: [] });
  });

  test("so does a report that the follower cannot be reached", () => {
    const made = leader();
    take(made, propose(1), { options: production });
    take(made, { kind: "unreachable", peer: 2 }, { options: production });
    expect(made.progress[2]).toMatchObject({ state: "probe", next: 2, inflight: [] });
    const before = structuredClone(made);
    take(made, { kind: "unreachable", peer: 2 }, { options: production });
    take(made, { kind: "unreachable", peer: 9 }, { options: production });
    expect(made.progress).toEqual(before.progress);
  });

  test("everything under way is lost: the answer to a heartbeat brings an empty request, whose refusal starts over", () => {
    const made = leader(window.options);
    for (const digest of [1, 2]) take(made, propose(digest), window);
    expect(toS2(receive(made, heartbeatReply({ term: 4 }), window))).toEqual(["2: – after 3/4"]);
    expect(made.progress[2]).toMatchObject({ state: "replicate", paused: true });
    const refusal = appended({ term: 4, success: false, prevLogIndex: 3, hintIndex: 1, hintTerm: 4 });
    expect(toS2(receive(made, refusal, window))).toEqual(["2: 2–3 after 1/4"]);
  });

  test("a heartbeat's answer asks for nothing where nothing is missing", () => {
    const made = leader();
    expect(receive(made, heartbeatReply({ term: 4 }), { options: production }).messages).toEqual([]);
  });

  test("messages hold as much as their limit in bytes allows, and one entry at least", () => {
    const small = limited({ maxBytesPerMessage: 3 });
    const made = leader(small.options);
    const batch = [2, 1, 9, 1].map((bytes, i) => ({ command: command(i, bytes), change: null }));
    expect(toS2(take(made, { kind: "propose", proposals: batch }, small))).toEqual(["2: 2–3 after 1/4"]);
    expect(toS2(receive(made, appended({ term: 4, matchIndex: 3 }), small))).toEqual([
      "2: 4–4 after 3/4",
      "2: 5–5 after 4/4",
    ]);
  });

  test("§5.3 in the paper's flow one request with entries is under way", () => {
    const made = leader(ticks);
    take(made, propose(1));
    expect(toS2(take(made, propose(2)))).toEqual([]);
  });
});

describe("§5.3 finding where the logs agree", () => {
  const refusalOf = (log: readonly number[], prevLogIndex: number, prevLogTerm: number, options: RaftOptions) => {
    const made = server({ log, term: 9, options });
    const out = receive(made, appendEntries({ term: 9, prevLogIndex, prevLogTerm }), { options });
    const { success, hintIndex, hintTerm } = answer(out, "AppendEntriesReply");
    return success ? "accepted" : `${hintIndex}/${hintTerm}`;
  };
  const byTerm = { ...ticks, backtracking: "byTerm" } as const;

  test("etcd: the follower names its last entry whose term is not above the probe's", () => {
    const hint = (log: readonly number[], index: number, term: number) => refusalOf(log, index, term, production);
    expect(hint([1, 1, 1, 4], 10, 6)).toBe("4/4");
    expect(hint([1, 3, 3, 4, 4, 5, 5, 5, 6], 8, 3)).toBe("3/3");
    expect(hint([1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3], 10, 6)).toBe("10/3");
    expect(hint([5, 5], 2, 3)).toBe("0/0");
    expect(hint([], 3, 1)).toBe("0/0");
  });

  test("§5.3 by term: the follower names the conflicting term and its first entry, or where its log ends", () => {
    const hint = (log: readonly number[], index: number, term: number) => refusalOf(log, index, term, byTerm);
    expect(hint([1, 1, 4, 4, 4], 5, 6)).toBe("3/4");
    expect(hint([2, 2], 2, 6)).toBe("1/2");
    expect(hint([1, 1, 4], 10, 6)).toBe("4/0");
  });

  test("the paper: it names nothing", () => {
    expect([refusalOf([1, 1, 4], 10, 6, ticks), refusalOf([1, 1, 4], 3, 6, ticks)]).toEqual(["0/0", "0/0"]);
  });

  /** nextIndex of S2 after a refusal of its newest probe. */
  const nextAfter = (log: readonly number[], hintIndex: number, hintTerm: number, options: RaftOptions) => {
    const made = server({ term: 9, log, role: "leader", servers: 3, options });
    receive(made, appended({ term: 9, success: false, prevLogIndex: log.length, hintIndex, hintTerm }), { options });
    return made.progress[2]!.next;
  };

  test("etcd: the leader skips its own entries with a term above the hint's", () => {
    const next = (hintIndex: number, hintTerm: number) =>
      nextAfter([1, 3, 3, 3, 5, 5, 5], hintIndex, hintTerm, production);
    expect([next(6, 2), next(4, 3), next(5, 4), next(0, 0), next(6, 5)]).toEqual([2, 5, 5, 1, 7]);
  });

  test("§5.3 by term: it tries after its own last entry of that term, or else before the follower's first", () => {
    const next = (hintIndex: number, hintTerm: number) => nextAfter([1, 3, 3, 3, 5, 5, 5], hintIndex, hintTerm, byTerm);
    expect([next(3, 3), next(2, 2), next(5, 4), next(4, 0), next(1, 1)]).toEqual([5, 2, 5, 4, 2]);
  });

  test("nothing is tried that is known to match, or beyond what was refused", () => {
    const made = server({ term: 9, log: [1, 3, 3], role: "leader", servers: 3, options: production });
    Object.assign(made.progress[2]!, { match: 2, next: 4 });
    receive(made, appended({ term: 9, success: false, prevLogIndex: 3, hintIndex: 1, hintTerm: 1 }), {
      options: production,
    });
    expect(made.progress[2]!.next).toBe(3);
  });

  for (const options of [production, byTerm, ticks]) {
    test(`${options.backtracking}: Figure 7's followers are all repaired`, () => {
      const logs = [
        [1, 1, 1, 4, 4, 5, 5, 6, 6],
        [1, 1, 1, 4],
        [1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 6],
        [1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 7, 7],
        [1, 1, 1, 4, 4, 4, 4],
        [1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3],
      ];
      const rounds = logs.map((log) => repair(log, options));
      const most = { byHint: 4, byTerm: 5, byOne: 11 }[options.backtracking];
      expect(Math.max(...rounds)).toBeLessThanOrEqual(most);
    });
  }

  /** Lets the leader of Figure 7 repair that follower; how many of its requests it takes. */
  function repair(log: readonly number[], options: RaftOptions): number {
    const lead = server({ term: 8, log: [1, 1, 1, 4, 4, 5, 5, 6, 6, 6], role: "leader", servers: 2, options });
    const follower = server({ id: 2, servers: 2, term: 8, log, options });
    let line = take(lead, propose(1), { options }).messages;
    let requests = 0;
    while (line.length > 0 && requests < 20) {
      requests++;
      const [reply] = receive(follower, line[0]!, { options }).messages;
      finishWrites(follower, { options });
      line = receive(lead, reply!, { options }).messages.filter(({ type }) => type === "AppendEntries");
    }
    expect(termsOf(follower)).toEqual(termsOf(lead));
    return requests;
  }
});

describe("etcd: light heartbeats", () => {
  const how = { options: production };

  test("carry the smaller of the commit index and what the follower holds, and no entries", () => {
    const made = leader(production, [4, 4, 4]);
    made.commitIndex = 3;
    made.progress[3]!.match = 2;
    const { messages } = take(made, { kind: "heartbeatTimeout" }, how);
    expect(messages).toEqual([
      heartbeat({ from: 1, to: 2, term: 4, commit: 3 }),
      heartbeat({ from: 1, to: 3, term: 4, commit: 2 }),
    ]);
  });

  test("a follower commits what they say, and answers", () => {
    const made = server({ term: 4, log: [4, 4], options: production });
    const out = receive(made, heartbeat({ term: 4, commit: 2 }), how);
    expect([made.commitIndex, made.leader]).toEqual([2, 2]);
    expect(out.messages).toEqual([heartbeatReply({ from: 1, to: 2, term: 4 })]);
    receive(made, heartbeat({ term: 4, commit: 1 }), how);
    expect(made.commitIndex).toBe(2);
  });

  test("a commit index is sent at once to who has the entries, and again to nobody", () => {
    const made = leader(production);
    take(made, propose(1), how);
    finishWrites(made, how);
    const out = receive(made, appended({ term: 4, matchIndex: 2 }), how);
    expect(sentAppends(out)).toEqual(["2: – after 2/4", "3: – after 2/4"]);
    expect(receive(made, appended({ term: 4, from: 3, matchIndex: 2 }), how).messages).toEqual([]);
  });
});

describe("etcd: what begins below the commit index", () => {
  test("is answered with it, and touches nothing", () => {
    const made = server({ log: [1, 1, 1], term: 4, commit: 2, options: production });
    const out = receive(made, appendEntries({ term: 4, prevLogIndex: 1, prevLogTerm: 9, entries: entries(2, 4) }), {
      options: production,
    });
    expect(answer(out, "AppendEntriesReply")).toMatchObject({ success: true, matchIndex: 2 });
    expect(termsOf(made)).toEqual([1, 1, 1]);
  });
});

describe("proposals", () => {
  test("etcd: a follower passes them on, without a term; without a leader it refuses", () => {
    const made = server({ term: 4, leader: 3, options: production });
    const out = take(made, propose(7), { options: production });
    expect(out.refused).toBeNull();
    expect(out.messages).toMatchObject([
      { type: "Propose", from: 1, to: 3, term: 0, proposals: [{ command: command(7) }] },
    ]);
    expect(take(server({ term: 4, options: production }), propose(7), { options: production }).refused).toBe(
      "no leader",
    );
    const off = limited({ forwardProposals: false });
    expect(take(server({ term: 4, leader: 3 }), propose(7), off).refused).toBe("not leader");
  });

  test("etcd: what was passed on is appended by the leader of the day, whatever the term", () => {
    const made = leader();
    const proposals = [{ command: command(7), change: null }];
    const out = receive(made, { type: "Propose", from: 2, to: 1, term: 0, proposals }, { options: production });
    expect([out.refused, made.log.last]).toEqual([null, 2]);
  });

  test("a leader holds back what is too much uncommitted; the first and empty ones are always taken", () => {
    const bytes = limited({ maxUncommittedBytes: 3 });
    const made = leader(bytes.options);
    expect(take(made, propose(1, 9), bytes).refused).toBeNull();
    expect(take(made, propose(2, 1), bytes).refused).toBe("too much uncommitted");
    expect(take(made, { kind: "propose", proposals: [{ command: null, change: null }] }, bytes).refused).toBeNull();
    expect([made.log.last, made.uncommittedBytes]).toEqual([3, 9]);
  });

  test("what is applied makes room again", () => {
    const bytes = limited({ maxUncommittedBytes: 3 });
    const made = leader(bytes.options);
    take(made, propose(1, 3), bytes);
    finishWrites(made, bytes);
    receive(made, appended({ term: 4, matchIndex: 2 }), bytes);
    take(made, { kind: "applied", entries: [{ index: 2, term: 4, command: command(1, 3), change: null }] }, bytes);
    expect([made.uncommittedBytes, take(made, propose(2, 3), bytes).refused]).toEqual([0, null]);
  });

  test("several at once become consecutive entries in one request, or none of them", () => {
    const made = leader();
    const proposals = [1, 2, 3].map((digest) => ({ command: command(digest), change: null }));
    expect(toS2(take(made, { kind: "propose", proposals }, { options: production }))).toEqual(["2: 2–4 after 1/4"]);
    const bytes = limited({ maxUncommittedBytes: 2 });
    const full = leader(bytes.options);
    take(full, propose(1), bytes);
    expect(take(full, { kind: "propose", proposals }, bytes).refused).toBe("too much uncommitted");
    expect(full.log.last).toBe(2);
  });
});
