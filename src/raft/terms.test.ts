import { describe, expect, test } from "vitest";
import {
  answer,
  appendEntries,
  appended,
  entries,
  heartbeat,
  installSnapshot,
  propose,
  receive,
  requestVote,
  server,
  stateOf,
  take,
  vote,
} from "./fixtures.ts";
import type { RaftMessage } from "./types.ts";

const newer: readonly RaftMessage[] = [
  requestVote({ term: 5 }),
  vote({ term: 5, granted: false }),
  appendEntries({ term: 5 }),
  appended({ term: 5, success: false }),
];

describe("§5.1 terms", () => {
  for (const message of newer) {
    for (const role of ["follower", "candidate", "leader"] as const) {
      test(`§5.1 a ${role} that sees a higher term in ${message.type} takes it over as a follower`, () => {
        const made = server({ term: 2, role });
        const { kinds } = receive(made, message);
        expect(made).toMatchObject({ term: 5, role: "follower", votes: [], progress: [] });
        expect(kinds[0]).toBe("termAdopted");
      });
    }
  }

  test("§5.1 the vote of the old term does not count in the new one", () => {
    const made = server({ term: 2, votedFor: 3 });
    receive(made, appendEntries({ term: 5 }));
    expect(made).toMatchObject({ term: 5, votedFor: 0, leader: 2 });
  });

  test("§5.1 a term that was adopted is written, with no vote", () => {
    const { writes } = receive(server({ term: 2, votedFor: 3 }), appended({ term: 5, success: false }));
    expect(writes).toMatchObject([{ state: { term: 5, votedFor: 0 }, sync: true, entries: [] }]);
  });

  test("§5.1 a leader that steps down sets its election timer: it has none running", () => {
    const made = server({ term: 2, role: "leader" });
    const { timerReset, decisions } = receive(made, appended({ term: 3, success: false }), { now: 40 });
    expect(timerReset).toBe(true);
    expect(made).toMatchObject({ timerSince: 40, timeout: 17 });
    expect(decisions).toContainEqual({ kind: "timerReset", server: 1, cause: "change", timeout: 17 });
  });

  test("§5.1 RequestVote of an older term is refused, and the answer carries the newer term", () => {
    const made = server({ term: 4 });
    const out = receive(made, requestVote({ term: 3, lastLogIndex: 9, lastLogTerm: 3 }));
    expect(answer(out, "RequestVoteReply")).toMatchObject({ from: 1, to: 2, term: 4, granted: false });
    expect(made).toMatchObject({ term: 4, votedFor: 0 });
    expect(out.timerReset).toBe(false);
  });

  test("§5.1 AppendEntries of an older term is refused: nothing changes, the timer neither", () => {
    const made = server({ term: 4, log: [1, 4], leader: 3 });
    const before = stateOf(made);
    const out = receive(made, appendEntries({ term: 3, entries: entries(1, 3) }));
    expect(answer(out, "AppendEntriesReply")).toMatchObject({ term: 4, success: false, matchIndex: 0 });
    expect(stateOf(made)).toEqual(before);
    expect(out).toMatchObject({ timerReset: false, writes: [], kinds: ["appendRefusedOldLeader"] });
  });

  for (const request of [heartbeat({ term: 3 }), installSnapshot({ index: 2, at: 3 })]) {
    test(`§5.1 ${request.type} of an older term is refused too: its leader may send nothing else`, () => {
      const made = server({ term: 4, log: [1, 4], leader: 3 });
      const before = stateOf(made);
      const out = receive(made, request);
      expect(answer(out, "AppendEntriesReply")).toMatchObject({ term: 4, success: false, matchIndex: 0 });
      expect(stateOf(made)).toEqual(before);
      expect(out).toMatchObject({ timerReset: false, kinds: ["appendRefusedOldLeader"] });
    });
  }

  test("§5.1 answers of an older term are ignored", () => {
    const candidate = server({ term: 4, role: "candidate" });
    expect(receive(candidate, vote({ term: 3 })).kinds).toEqual(["messageIgnored"]);
    expect(candidate.votes[2]).toBeUndefined();
    const leader = server({ term: 4, log: [3, 4], role: "leader" });
    expect(receive(leader, appended({ term: 3, matchIndex: 2 })).kinds).toEqual(["messageIgnored"]);
    expect(leader.progress[2]).toMatchObject({ match: 0, next: 3 });
  });

  test("§5.1 answers are ignored by a server that no longer has the role in which it asked", () => {
    const leader = server({ term: 4, role: "leader" });
    expect(receive(leader, vote({ term: 4 })).decisions).toMatchObject([{ kind: "messageIgnored", reason: "role" }]);
    const follower = server({ term: 4 });
    expect(receive(follower, vote({ term: 4 })).kinds).toEqual(["messageIgnored"]);
    expect(receive(follower, appended({ term: 4 })).kinds).toEqual(["messageIgnored"]);
    expect(follower.role).toBe("follower");
  });

  test("§5.1 commands are refused by anybody but the leader, who is named", () => {
    const { kinds, decisions, refused, writes } = take(server({ leader: 3 }), propose(1));
    expect([kinds, refused, writes]).toEqual([["proposalRefused"], "not leader", []]);
    expect(decisions[0]).toMatchObject({ leader: 3 });
  });

  test("§5.1 two leaders of one term, which cannot be, leave each other's log alone", () => {
    const made = server({ term: 4, log: [4], role: "leader" });
    const out = receive(made, appendEntries({ term: 4, entries: entries(1, 4) }));
    expect(out).toMatchObject({ messages: [], writes: [], kinds: ["messageIgnored"] });
  });
});
