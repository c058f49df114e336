import { describe, expect, test } from "vitest";
import { configurationText, votersOnly } from "./configuration.ts";
import {
  answer,
  appendEntries,
  appended,
  durable,
  entries,
  finishWrites,
  follows,
  heartbeatReply,
  installSnapshot,
  production,
  receive,
  sentAppends,
  server,
  stateOf,
  take,
  termsOf,
} from "./fixtures.ts";
import { compact, firstIndex, lastIndex, prefixHash } from "./log.ts";
import { newProgress } from "./progress.ts";
import { rules } from "./rules/index.ts";
import { createServer } from "./server.ts";
import { silencesOf } from "./silences.ts";
import type { Server } from "./types.ts";

const how = { options: production };

describe("Figure 13: the receiver", () => {
  test("Figure 13 7, 8: the whole log is thrown away where it does not hold the snapshot's last entry", () => {
    for (const log of [[1, 1], [1, 1, 1, 1, 2, 2], []]) {
      const made = server({ log, term: 4, servers: 3, options: production });
      const out = receive(made, installSnapshot({ index: 5, at: 3, term: 4, of: votersOnly([1, 2, 3, 4]) }), how);
      expect([termsOf(made), firstIndex(made.log), lastIndex(made.log)]).toEqual([[], 6, 5]);
      expect([made.commitIndex, configurationText(made.configuration)]).toEqual([5, "1,2,3,4"]);
      expect(answer(out, "AppendEntriesReply")).toMatchObject({ success: true, matchIndex: 5 });
      expect(out.writes).toMatchObject([{ snapshot: { index: 5, term: 3 }, sync: true, entries: [] }]);
      expect(out.decisions).toContainEqual({ kind: "wroteFirst", server: 1, write: 1, what: "snapshot" });
    }
  });

  test("Figure 13 6: entries after it are kept where the log holds its last entry; it only tells what is committed", () => {
    const made = server({ log: [1, 1, 2, 2], servers: 3, options: production });
    const out = receive(made, installSnapshot({ index: 3, at: 2 }), how);
    expect([termsOf(made), made.commitIndex, made.log.base]).toEqual([[1, 1, 2, 2], 3, 0]);
    expect(answer(out, "AppendEntriesReply")).toMatchObject({ matchIndex: 3 });
  });

  test("§7 one that covers no more than what is committed is ignored, and answered with the commit index", () => {
    const made = server({ log: [1, 1, 1], commit: 2, term: 2, servers: 3, options: production });
    const before = stateOf(made);
    const out = receive(made, installSnapshot({ index: 2, at: 1, term: 2 }), how);
    expect(answer(out, "AppendEntriesReply")).toMatchObject({ success: true, matchIndex: 2 });
    expect({ ...stateOf(made), leader: 0, timerSince: 0, leaderHeardAt: 0 }).toEqual(before);
  });

  test("one that does not contain the receiver is refused, and nothing is acknowledged that it has not", () => {
    const made = server({ log: [1], term: 2, servers: 3, options: production });
    const out = receive(made, installSnapshot({ index: 5, at: 2, of: votersOnly([2, 3]) }), how);
    expect(answer(out, "AppendEntriesReply")).toMatchObject({ matchIndex: 0 });
    expect(out.decisions).toContainEqual(expect.objectContaining({ kind: "snapshotIgnored", reason: "not a member" }));
    expect(termsOf(made)).toEqual([1]);
  });

  test("one of an older term says nothing", () => {
    const made = server({ term: 4, servers: 3, options: production });
    expect(receive(made, installSnapshot({ index: 5, at: 2 }), how)).toMatchObject({ messages: [], writes: [] });
    expect(made.commitIndex).toBe(0);
  });

  test("a learner may come back as voter, a voter as learner", () => {
    const configuration = { ...votersOnly([2, 3]), learners: [1] };
    const made = server({ configuration, options: production });
    receive(made, installSnapshot({ index: 5, at: 2, of: votersOnly([1, 2, 3]) }), how);
    expect(configurationText(made.configuration)).toBe("1,2,3");
    finishWrites(made, how);
    receive(made, installSnapshot({ index: 9, at: 2, of: configuration }), how);
    expect(configurationText(made.configuration)).toBe("2,3 learners 1");
  });

  test("until it is stored, the server does not campaign and applies nothing; then it counts as applied", () => {
    const made = server({ term: 2, servers: 3, options: production });
    receive(made, installSnapshot({ index: 5, at: 2 }), how);
    expect([made.lastApplied, take(made, { kind: "campaign" }, how).kinds]).toEqual([0, ["campaignRefused"]]);
    finishWrites(made, how);
    expect([made.lastApplied, made.applying, durable(made), made.incoming]).toEqual([5, 5, 5, null]);
    take(made, { kind: "campaign" }, how);
    expect(made.role).toBe("candidate");
  });

  test("entries continue after it", () => {
    const made = server({ term: 2, servers: 3, options: production });
    receive(made, installSnapshot({ index: 5, at: 2 }), how);
    finishWrites(made, how);
    const out = receive(
      made,
      appendEntries({ term: 2, prevLogIndex: 5, prevLogTerm: 2, entries: entries(6, 2, 2) }),
      how,
    );
    expect(answer(out, "AppendEntriesReply")).toMatchObject({ success: true, matchIndex: 7 });
    const wrong = appendEntries({ term: 2, prevLogIndex: 5, prevLogTerm: 1 });
    expect(
      answer(receive(made, wrong, { options: { ...production, belowCommit: "checked" } }), "AppendEntriesReply")
        .success,
    ).toBe(false);
  });

  test("what begins before the log is answered with the commit index: it is all there", () => {
    const made = server({ log: [1, 1, 1], commit: 3, servers: 3 });
    compact(made.log, 2);
    const out = receive(made, appendEntries({ term: 1, prevLogIndex: 1, prevLogTerm: 1, entries: entries(2, 1) }));
    expect(answer(out, "AppendEntriesReply")).toMatchObject({ success: true, matchIndex: 3 });
  });
});

describe("§7: the leader", () => {
  /** A leader of term 4 of three servers with entries 1 to 3 compacted, entry 4 in its log, all committed and applied. */
  function compacted(match = 0): Server {
    const made = server({ term: 4, log: [1, 1, 4, 4], commit: 4, role: "leader", servers: 3, options: production });
    compact(made.log, 3);
    made.progress[2] = newProgress(match, match + 1, true, 0);
    made.progress[3] = follows(4, production);
    return made;
  }
  const refused = appended({ term: 4, success: false, prevLogIndex: 0 });

  test("§7 sends a snapshot to who needs what is gone, and nothing more until that is answered", () => {
    const made = compacted();
    const out = receive(made, heartbeatReply({ term: 4 }), how);
    expect(out.messages).toMatchObject([{ type: "InstallSnapshot", to: 2, term: 4, snapshot: { index: 4, term: 4 } }]);
    expect(made.progress[2]).toMatchObject({ state: "snapshot", match: 0, next: 5, pendingSnapshot: 4 });
    expect(receive(made, heartbeatReply({ term: 4 }), how).messages).toEqual([]);
    expect(receive(made, refused, how).messages).toEqual([]);
  });

  test("§7 the snapshot is of the state machine as applied, with its configuration", () => {
    const made = compacted();
    const [message] = receive(made, heartbeatReply({ term: 4 }), how).messages;
    expect(message).toMatchObject({
      snapshot: { configuration: votersOnly([1, 2, 3]), hash: prefixHash(made.log, 4) },
    });
  });

  test("or the one that the caller has at hand", () => {
    const old = { index: 3, term: 4, configuration: votersOnly([1, 2, 3]), hash: 7 };
    const made = compacted();
    const { messages } = receive(made, heartbeatReply({ term: 4 }), { ...how, snapshot: () => old });
    expect([messages, made.progress[2]]).toMatchObject([[{ snapshot: old }], { pendingSnapshot: 3, next: 4 }]);
  });

  test("the acknowledgement starts replication behind it", () => {
    const made = compacted();
    receive(made, heartbeatReply({ term: 4 }), how);
    take(made, { kind: "propose", proposals: [{ command: null, change: null }] }, how);
    const out = receive(made, appended({ term: 4, matchIndex: 4 }), how);
    expect(sentAppends(out)).toEqual(["2: 5–5 after 4/4"]);
    expect(made.progress[2]).toMatchObject({ state: "replicate", match: 4, pendingSnapshot: 0 });
  });

  test("etcd: any acknowledgement that reaches the log does, even below the snapshot", () => {
    const made = compacted();
    receive(made, heartbeatReply({ term: 4 }), how);
    receive(made, appended({ term: 4, matchIndex: 2 }), how);
    expect(made.progress[2]).toMatchObject({ state: "snapshot", match: 2 });
    receive(made, appended({ term: 4, matchIndex: 3 }), how);
    expect(made.progress[2]).toMatchObject({ state: "replicate", match: 3 });
  });

  test("D 5: elsewhere only the snapshot's own index does", () => {
    const options = { ...production, flow: "oneAtATime" as const };
    const made = compacted();
    receive(made, heartbeatReply({ term: 4 }), { options });
    receive(made, appended({ term: 4, matchIndex: 3 }), { options });
    expect(made.progress[2]!.state).toBe("snapshot");
    receive(made, appended({ term: 4, matchIndex: 4 }), { options });
    expect(made.progress[2]!.state).toBe("probe");
  });

  test("a report of failure: probe from the match, once the follower answers something", () => {
    const made = compacted();
    receive(made, heartbeatReply({ term: 4 }), how);
    take(made, { kind: "snapshotSent", peer: 2, ok: false }, how);
    expect(made.progress[2]).toMatchObject({ state: "probe", next: 1, paused: true, pendingSnapshot: 0 });
    expect(receive(made, heartbeatReply({ term: 4 }), how).messages).toMatchObject([{ type: "InstallSnapshot" }]);
  });

  test("a report of success: probe behind the snapshot, once the follower answers something", () => {
    const made = compacted();
    receive(made, heartbeatReply({ term: 4 }), how);
    take(made, { kind: "snapshotSent", peer: 2, ok: true }, how);
    expect(made.progress[2]).toMatchObject({ state: "probe", next: 5, paused: true });
    expect(sentAppends(receive(made, heartbeatReply({ term: 4 }), how))).toEqual(["2: – after 4/4"]);
  });

  test("a report about who waits for no snapshot changes nothing", () => {
    const made = compacted();
    const before = structuredClone(made.progress);
    for (const peer of [1, 3, 9]) take(made, { kind: "snapshotSent", peer, ok: false }, how);
    expect(made.progress).toEqual(before);
  });

  test("etcd: who has not been heard from lately gets none", () => {
    const made = compacted();
    made.progress[2]!.active = false;
    const out = take(made, { kind: "propose", proposals: [{ command: null, change: null }] }, how);
    expect(out.messages.filter(({ to }) => to === 2)).toEqual([]);
    expect(silencesOf(made, { ...how, rules })).toContainEqual({ kind: "snapshotWithheld", server: 1, to: 2 });
  });
});

test("§7 a restart begins at the snapshot, and what follows it is applied again", () => {
  const before = server({ log: [1, 1, 2, 2], commit: 4, servers: 3, options: production });
  compact(before.log, 2);
  const stored = { term: 5, votedFor: 0, log: before.log, commitIndex: 3, configuration: votersOnly([1, 2, 3]) };
  const made = createServer(1, stored, production, { now: 0, timeout: 15, drawn: 1 });
  expect(made).toMatchObject({ commitIndex: 3, lastApplied: 2, applying: 2, unstableFrom: 5, term: 5 });
  const forgetful = createServer(1, { ...stored, commitIndex: 0 }, production, { now: 0, timeout: 15, drawn: 1 });
  expect([forgetful.commitIndex, forgetful.lastApplied]).toEqual([2, 2]);
});
